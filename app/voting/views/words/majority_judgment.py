"""Grades, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.web.context import percent
from app.voting.forms.majority_judgment import GRADES
from app.voting.models import Question
from app.voting.views.words.base import MethodWords, Table, titles


def _sentence(_question: Question) -> str:
    return _(
        "Give each a grade in words. What counts is the middle grade: at least half of the voters "
        "find it that good or better. The best middle grade is chosen; where two are equal, those "
        "around the middle decide."
    )


def _chosen(question: Question, content: dict[str, Any]) -> list[str]:
    grades = content["grades"]
    if not grades:
        return [_("Blank vote")]
    return [
        f"\u2068{title}\u2069: {GRADES[grades[option]] if option in grades else _('No opinion')}"
        for option, title in titles(question).items()
    ]


def _in_order(table: Table) -> list[str]:
    return [str(option) for rank in table["order"] for option in rank]


def _profiles(question: Question, table: Table) -> list[dict[str, Any]]:
    """Best first; each part with where it begins and how wide it is, of a thousand."""
    known, details = titles(question), table["details"]
    winners = {str(option) for option in table["winners"]}
    return [
        {
            "label": known[option],
            "winner": option in winners,
            "median": None
            if details["median"][option] is None
            else GRADES[details["median"][option]],
            "parts": _parts(details["profile"][option]),
            "graded": sum(details["profile"][option]),
        }
        for option in _in_order(table)
    ]


def _parts(profile: list[int]) -> list[dict[str, Any]]:
    """From the best grade to the worst, as one reads."""
    everybody, begin, found = sum(profile), 0, []
    for grade in reversed(range(len(GRADES))):
        width = 1000 * profile[grade] // everybody if everybody else 0
        share = percent(profile[grade] / everybody) if everybody else ""
        part = {"grade": grade, "word": GRADES[grade], "count": profile[grade], "share": share}
        found.append({**part, "begin": begin, "width": width})
        begin += width
    return found


def _rows(question: Question, table: Table) -> list[list[str]]:
    known, profile = titles(question), table["details"]["profile"]
    return [[known[option], *map(str, profile[option])] for option in _in_order(table)]


WORDS = MethodWords(
    name=_l("Grades in words"),
    sentence=_sentence,
    chosen=_chosen,
    labels=titles,
    picture=lambda question, table: {"profiles": _profiles(question, table)},
    columns=["option", *(f"grade {number}" for number in range(len(GRADES)))],
    rows=_rows,
)
