"""A ranking, in words."""

from itertools import chain, combinations
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.web.context import number
from app.voting.models import Question
from app.voting.views.words.base import MethodWords, Table, apart, titles


def _sentence(question: Question) -> str:
    how = _(
        "Give ranks: 1 is the best. Equal ranks are allowed. What you do not rank comes last, "
        "together. Each option is compared with each other one. The winner must also beat "
        "“%(status_quo)s” directly, otherwise that stays.",
        status_quo=apart(titles(question)[str(question.parameters["status_quo"])]),
    )
    if question.parameters.get("forced"):
        then = _("If several are equal in the end, a lot decides.")
    else:
        then = _("If several are equal in the end, all of them are named.")
    return f"{how} {then}"


def _chosen(question: Question, content: dict[str, Any]) -> list[str]:
    known, left = titles(question), titles(question)
    lines = []
    for place, rank in enumerate(content["ranking"], 1):
        names = [known[str(option)] for option in rank if str(option) in known]
        lines.append(f"{number(place)}. {_joined(names)}")
        for option in rank:
            left.pop(str(option), None)
    if not lines:
        return [_("Blank vote")]
    if left:
        lines.append(_("not ranked, so last: %(options)s", options=_joined(list(left.values()))))
    return lines


def _joined(names: list[str]) -> str:
    return " = ".join(apart(name) for name in names)


def _picture(question: Question, table: Table) -> dict[str, Any]:
    """`order`: ranks with titles; `matches`: the winner against each other one, the closest first;
    `pairs`: all the others. Of each pair the stronger one stands first."""
    known, details = titles(question), table["details"]
    winners = [str(option) for option in table["winners"]]
    quo = str(details["status_quo"])
    order = [[str(option) for option in rank] for rank in table["order"]]
    first = winners[0] if winners else ""
    pairs = [_pair(known, table, *two) for two in combinations(chain.from_iterable(order), 2)]
    return {
        "order": [
            [
                {"title": known[option], "winner": option in winners, "status_quo": option == quo}
                for option in rank
            ]
            for rank in order
        ],
        "several": len(winners) > 1,
        "by_lot": details["by_lot"],
        "stays": winners == [quo],
        "matches": sorted(
            (pair for pair in pairs if first in pair["ids"]),
            key=lambda pair: pair["votes"] - pair["against"],
        ),
        "pairs": [pair for pair in pairs if first not in pair["ids"]],
    }


def _pair(known: dict[str, str], table: Table, one: str, other: str) -> dict[str, Any]:
    votes, against = table["pairwise"][one][other], table["pairwise"][other][one]
    if votes < against:
        one, other, votes, against = other, one, against, votes
    return {
        "ids": (one, other),
        "one": known[one],
        "other": known[other],
        "votes": votes,
        "against": against,
        "share": votes / (votes + against) if votes + against else 0.5,
    }


def _rows(question: Question, table: Table) -> list[list[str]]:
    known = titles(question)
    return [
        [known[one], known[other], str(votes)]
        for one, row in table["pairwise"].items()
        for other, votes in row.items()
    ]


WORDS = MethodWords(
    name=_l("Ranking"),
    sentence=_sentence,
    chosen=_chosen,
    labels=titles,
    picture=_picture,
    columns=["option", "before", "votes"],
    rows=_rows,
)
