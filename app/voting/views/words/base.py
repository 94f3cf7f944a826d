"""What a method must be able to say of a question, a ballot and a table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.voting.models import Question
from app.voting.states import Chamber

CHAMBERS = {
    Chamber.ORGANISATIONS: _l("Organisations"),
    Chamber.PERSONS: _l("People"),
}

Table = dict[str, Any]
"""A chamber's `Result.to_json()`."""


@dataclass(frozen=True, kw_only=True)
class MethodWords:
    """One method. Functions that get a question need its `options`.

    `sentence`: how it is decided · `chosen`: a ballot in words, a line each · `labels`: what
    counts and tables are named by, in their order · `picture`: what
    templates/voting/pictures/<method>.html shows of a chamber · `columns` and `rows`: the same as a
    plain table, for files.
    """

    name: LazyString
    sentence: Callable[[Question], str]
    chosen: Callable[[Question, dict[str, Any]], list[str]]
    labels: Callable[[Question], dict[str, str]]
    picture: Callable[[Question, Table], dict[str, Any]]
    columns: list[str]
    rows: Callable[[Question, Table], list[list[str]]]


def apart(title: str) -> str:
    """A title between words of another direction, in plain text."""
    return f"\u2068{title}\u2069"


def titles(question: Question) -> dict[str, str]:
    """The options' titles by their ids, as tables name them."""
    return {str(option.id): option.title for option in question.options}


BAR_COLUMNS = ["option", "votes", "share", "chosen"]


def bar_rows(found: list[dict[str, Any]]) -> list[list[str]]:
    """Bars as lines of a file."""
    return [
        [one["label"], str(one["count"]), f"{one['share']:.4f}", str(int(one["winner"]))]
        for one in found
    ]


def bars(labels: dict[str, str], table: Table, winners: set[str]) -> list[dict[str, Any]]:
    """Counts as components/results.html wants them, in the order of `labels`."""
    ballots = table["details"]["ballots"]
    return [
        {
            "label": label,
            "count": table["counts"][key],
            "share": table["counts"][key] / ballots if ballots else 0.0,
            "winner": key in winners,
        }
        for key, label in labels.items()
    ]
