"""Resistance, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.web.context import number
from app.voting.models import Question
from app.voting.views.words.base import MethodWords, Table, titles


def _sentence(_question: Question) -> str:
    return _(
        "Say for each how much you mind it, from 0 (not at all) to 10 (you cannot accept it). What "
        "meets the least resistance is chosen, if it meets less than leaving all as it is."
    )


def _chosen(question: Question, content: dict[str, Any]) -> list[str]:
    given = content["resistance"]
    if not given:
        return [_("Blank vote")]
    return [
        _("%(option)s: %(number)s of 10", option=f"\u2068{title}\u2069", number=number(given[key]))
        for key, title in titles(question).items()
        if key in given
    ]


def _in_order(table: Table) -> list[str]:
    return [str(option) for rank in table["order"] for option in rank]


def _options(question: Question, table: Table) -> list[dict[str, Any]]:
    """Least resistance first; the columns of each small picture are of a hundred."""
    known, details = titles(question), table["details"]
    winners = {str(option) for option in table["winners"]}
    found = []
    for option in _in_order(table):
        row = details["histogram"][option]
        highest = max(row) or 1
        found.append(
            {
                "label": known[option],
                "winner": option in winners,
                "passive": option == str(details["passive"]),
                "mean": details["mean"][option],
                "acceptance": float(details["acceptance"][option] or 0) / 100,
                "strong": details["strong"][option],
                "columns": [
                    {"value": value, "count": count, "height": 100 * count // highest}
                    for value, count in enumerate(row)
                ],
            }
        )
    return found


def _rows(question: Question, table: Table) -> list[list[str]]:
    known, details = titles(question), table["details"]
    names = ("mean", "acceptance", "strong", "spread")
    return [
        [known[option], *(str(details[name][option]) for name in names)]
        for option in _in_order(table)
    ]


WORDS = MethodWords(
    name=_l("Least resistance"),
    sentence=_sentence,
    chosen=_chosen,
    labels=titles,
    picture=lambda question, table: {"options": _options(question, table)},
    columns=["option", "mean", "acceptance", "strong", "spread"],
    rows=_rows,
)
