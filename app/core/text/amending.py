"""Changing one paragraph of a text that may have moved on: in words, by three ways.

A text is a row of paragraphs with what stands between them; joined again they are the text, to
the letter. Two changes of the same paragraph are brought together word by word. Where both touch
the same words that is a conflict: nothing is merged, and a person decides.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_GAP = re.compile(r"(\n[^\S\n]*\n\s*)")
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Merged(NamedTuple):
    """Two changes brought together; None where they touch the same words."""

    text: str | None

    @property
    def conflict(self) -> bool:
        return self.text is None


class Place(NamedTuple):
    """Where a paragraph of an earlier text stands now (None: it is gone), and its words."""

    at: int | None
    words: str


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without what lies between them."""
    return _GAP.split(text)[::2]


def with_paragraph(text: str, index: int, words: str) -> str:
    """The text with other words in one place; without words the paragraph and one gap go too."""
    parts = _GAP.split(text)
    at = 2 * index
    if words or len(parts) == 1:
        parts[at] = words
    elif at + 1 < len(parts):
        del parts[at : at + 2]
    else:
        del parts[at - 1 : at + 1]
    return "".join(parts)


def find(before: str, index: int, now: str) -> Place:
    """Where the paragraph with this index in `before` stands in `now`."""
    old, new = paragraphs(before), paragraphs(now)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if not a <= index < b:
            continue
        if tag == "equal":
            found = c + index - a
            return Place(found, new[found])
        return _most_alike(old[index], new, range(c, d))
    return Place(None, "")


def _most_alike(wanted: str, new: list[str], among: range) -> Place:
    """Of the paragraphs that took the place of others, the one with most words in common."""
    words = _WORD.findall(wanted)
    best, most = Place(None, ""), 0.3
    for index in among:
        alike = SequenceMatcher(None, words, _WORD.findall(new[index]), autojunk=False).ratio()
        if alike > most:
            best, most = Place(index, new[index]), alike
    return best


def in_paragraphs(text: str, parts: Sequence[str]) -> list[int]:
    """In which paragraph of the text each of its blocks begins (a list is many blocks)."""
    pieces = _GAP.split(text)
    ends, at = [], 0
    for index, piece in enumerate(pieces):
        at += len(piece)
        if index % 2 == 0:
            ends.append(at)
    found, at = [], 0
    for words in parts:
        first = words.split("\n")[0]
        begin = text.find(first, at)
        at = at if begin < 0 else begin + len(first)
        found.append(min(bisect_left(ends, at), len(ends) - 1))
    return found


class _Edit(NamedTuple):
    """Tokens from..to of the base become these."""

    begin: int
    end: int
    tokens: tuple[str, ...]


def merge(base: str, one: str, other: str) -> Merged:
    """Both changes of the base, the same whichever comes first."""
    if one == other or other == base:
        return Merged(one)
    if one == base:
        return Merged(other)
    tokens = _TOKEN.findall(base)
    first, second = _edits(tokens, one), _edits(tokens, other)
    same = set(first) & set(second)
    if any(_touch(a, b) for a in first for b in second if a not in same and b not in same):
        return Merged(None)
    if any(_touch(a, b) for a in same for b in [*first, *second] if a != b):
        return Merged(None)
    found: list[str] = []
    at = 0
    for edit in sorted({*first, *second}):
        found += tokens[at : edit.begin]
        found += edit.tokens
        at = edit.end
    return Merged("".join([*found, *tokens[at:]]))


def _edits(tokens: list[str], changed: str) -> list[_Edit]:
    after = _TOKEN.findall(changed)
    steps = SequenceMatcher(None, tokens, after, autojunk=False).get_opcodes()
    return [_Edit(a, b, tuple(after[c:d])) for tag, a, b, c, d in steps if tag != "equal"]


def _touch(one: _Edit, other: _Edit) -> bool:
    """Whether they lie on, or directly beside, one another: then their order would matter."""
    return one.begin <= other.end and other.begin <= one.end
