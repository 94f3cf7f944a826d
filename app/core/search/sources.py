"""What can be found: every feature registers the statement that reads what everybody may see."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

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


class Words(NamedTuple):
    """What something says in another language; the texts are Markdown or plain."""

    title: str
    texts: Sequence[str]


Translated = Callable[[Sequence[int]], Mapping[int, Mapping[str, Words]]]


def _in_one_language(_keys: Sequence[int]) -> dict[int, dict[str, Words]]:
    return {}


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be found.

    `public()` selects key, place, language, title and any number of texts (Markdown or plain) of
    what everybody may see at this moment, and nothing else. `address(key, place)` is its page.
    `translated(keys)` says by key and language what is on their pages in other languages, in as
    many statements however many there are; of keys that are not public nobody asks.
    """

    kind: str
    group: Group
    public: Callable[[], Select[Any]]
    address: Callable[[int, int | None], str]
    translated: Translated = _in_one_language


_sources: dict[str, Source] = {}


def searchable(
    kind: str,
    group: Group,
    public: Callable[[], Select[Any]],
    address: Callable[[int, int | None], str],
    translated: Translated = _in_one_language,
) -> None:
    """Let things of a kind be found. Whoever changes one says so by `writing.touch`."""
    _sources[kind] = Source(kind, group, public, address, translated)


def source(kind: str) -> Source:
    return _sources[kind]


def sources() -> list[Source]:
    """All of them, by the names of their kinds."""
    return [_sources[kind] for kind in sorted(_sources)]
