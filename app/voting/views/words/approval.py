"""A choice among several, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.voting.models import Question
from app.voting.views.words.base import (
    BAR_COLUMNS,
    MethodWords,
    Table,
    bar_rows,
    bars,
    titles,
)


def _sentence(question: Question) -> str:
    return ngettext(
        "Tick as many as you like. The one with the most votes is in.",
        "Tick as many as you like. The %(num)s with the most votes are in.",
        question.parameters["seats"],
    )


def _chosen(question: Question, content: dict[str, Any]) -> list[str]:
    known = titles(question)
    ticked = [known[str(option)] for option in content["approved"] if str(option) in known]
    return ticked or [_("None of these (blank vote)")]


def _bars(question: Question, table: Table) -> list[dict[str, Any]]:
    """Best first."""
    known = titles(question)
    order = {str(option): known[str(option)] for rank in table["order"] for option in rank}
    return bars(order, table, {str(option) for option in table["winners"]})


def _picture(question: Question, table: Table) -> dict[str, Any]:
    """`harmonic`: the list in which a large group cannot fill all places, where it is another."""
    known, seats = titles(question), table["details"]["seats"]
    harmonic = [str(option) for option in table["details"]["harmonic"][:seats]]
    winners = {str(option) for option in table["winners"]}
    return {
        "rows": _bars(question, table),
        "harmonic": [known[option] for option in harmonic] if set(harmonic) != winners else [],
    }


WORDS = MethodWords(
    name=_l("A choice among several"),
    sentence=_sentence,
    chosen=_chosen,
    labels=titles,
    picture=_picture,
    columns=BAR_COLUMNS,
    rows=lambda question, table: bar_rows(_bars(question, table)),
)
