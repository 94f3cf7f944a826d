"""Equal shares, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.web.context import number
from app.voting.models import Question
from app.voting.views.words import approval
from app.voting.views.words.base import MethodWords, Table, apart, titles


def _money(question: Question, amount: int) -> str:
    return f"{number(amount)} {question.settings.get('measured_in', '')}".strip()


def _sentence(question: Question) -> str:
    how = _(
        "Tick as many as you like. There are %(budget)s. Every vote has the same share of it and "
        "pays with it for what it has ticked, together with others who ticked the same.",
        budget=_money(question, question.parameters["budget"]),
    )
    if question.parameters.get("fill"):
        then = _("What is left then goes to what has the most votes and still fits.")
    else:
        then = _("What is left then stays unspent.")
    return f"{how} {then}"


def _picture(question: Question, table: Table) -> dict[str, Any]:
    """A row for each option, those that are paid for first, and who got something."""
    known, details = titles(question), table["details"]
    costs, ballots = question.parameters["costs"], details["ballots"]
    winners = [str(option) for option in table["winners"]]
    greedy = [str(option) for option in details["greedy"]["winners"]]
    others = sorted((o for o in known if o not in winners), key=lambda o: -details["votes"][o])
    return {
        "rows": [
            {
                "label": f"{apart(known[option])} · {_money(question, costs[option])}",
                "count": details["votes"][option],
                "share": details["votes"][option] / ballots if ballots else 0.0,
                "winner": option in winners,
            }
            for option in [*winners, *others]
        ],
        "budget": _money(question, details["budget"]),
        "cost": _money(question, details["cost"]),
        "left": _money(question, details["budget"] - details["cost"]),
        "filled": [known[str(option)] for option in details["filled"]],
        "served": ballots - details["without"],
        "without": details["without"],
        "ballots": ballots,
        "share": details["without"] / ballots if ballots else 0.0,
        "greedy": [known[option] for option in greedy],
        "greedy_cost": _money(question, details["greedy"]["cost"]),
        "greedy_without": details["greedy"]["without"],
        "same": set(greedy) == set(winners),
    }


def _rows(question: Question, table: Table) -> list[list[str]]:
    known, details = titles(question), table["details"]
    winners = {str(option) for option in table["winners"]}
    greedy = {str(option) for option in details["greedy"]["winners"]}
    return [
        [
            title,
            str(question.parameters["costs"][option]),
            str(details["votes"][option]),
            str(int(option in winners)),
            str(int(option in greedy)),
        ]
        for option, title in known.items()
    ]


WORDS = MethodWords(
    name=_l("Equal shares"),
    sentence=_sentence,
    chosen=approval.WORDS.chosen,
    labels=titles,
    picture=_picture,
    columns=["option", "cost", "votes", "chosen", "by_votes_alone"],
    rows=_rows,
)
