"""What can be found: every feature registers the statement that reads what everybody may see."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, literal


class Group(StrEnum):
    """How results are filtered; one group may hold several kinds."""

    PROPOSALS = "proposals"
    COMMENTS = "comments"
    PLAN = "plan"
    ORGANISATIONS = "organisations"
    DIALOGUES = "dialogues"
    VOTES = "votes"
    ANSWERS = "answers"
    MEETINGS = "meetings"
    SITE = "site"


HEADLINE = literal("").label("headline")
"""In place of a title: the beginning of the text stands for it."""
WRITTEN_IN = "de"
"""The language of what has none of its own: the plan's, the dialogues', the organisations'."""


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be found.

    `public()` selects key, place, language, title and any number of texts (Markdown or plain) of
    what everybody may see at this moment, and nothing else. `address(key, place)` is its page.
    """

    kind: str
    group: Group
    public: Callable[[], Select[Any]]
    address: Callable[[int, int | None], str]


_sources: dict[str, Source] = {}


def searchable(
    kind: str,
    group: Group,
    public: Callable[[], Select[Any]],
    address: Callable[[int, int | None], str],
) -> None:
    """Let things of a kind be found. Whoever changes one says so by `writing.touch`."""
    _sources[kind] = Source(kind, group, public, address)


def source(kind: str) -> Source:
    return _sources[kind]


def sources() -> list[Source]:
    """All of them, by the names of their kinds."""
    return [_sources[kind] for kind in sorted(_sources)]
