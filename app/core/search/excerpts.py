"""The place in a text where something was found, with the found words marked."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from app.core.search.models import LONGEST_WORD, Version
from app.core.search.words import Terms
from app.core.text.folding import stems, words

BEFORE = 8
LENGTH = 36
"""Words of an excerpt, and how many of them stand before the first that was found."""
MOST_LOOKED_AT = 3_000
LONGEST_PIECE = 60

_PIECE = re.compile(r"\S+")
_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)


class Piece(NamedTuple):
    """A run of characters, and whether it is one of the words that were looked for."""

    text: str
    found: bool


def found_in(versions: Sequence[Version], of: Terms, reader: str) -> Version:
    """The one with the most of the words that were looked for; of several that have as many, the
    reader's, else the first.
    """
    if len(versions) == 1:
        return versions[0]
    mine_first = sorted(versions, key=lambda one: one.language != reader)
    return max(mine_first, key=lambda one: _words_in(one, of))


def _words_in(version: Version, of: Terms) -> int:
    pieces = _PIECE.findall(f"{version.title} {version.body}")
    said = frozenset().union(*(_forms(one[:LONGEST_PIECE], version.language) for one in pieces))
    return sum(not forms.isdisjoint(said) for _word, forms in of.wanted)


def excerpt(text: str, forms: frozenset[str], language: str) -> list[Piece]:
    """At most LENGTH words around the first that was found; the beginning where none was."""
    pieces = _PIECE.findall(text)[:MOST_LOOKED_AT]
    first = next((n for n, piece in enumerate(pieces) if _fits(piece, forms, language)), 0)
    start = max(0, first - BEFORE)
    part = [piece[:LONGEST_PIECE] for piece in pieces[start : start + LENGTH]]
    found = marked(" ".join(part), forms, language)
    before = [Piece("… ", False)] if start else []
    after = [Piece(" …", False)] if len(pieces) > start + LENGTH else []
    return [*before, *found, *after]


def marked(text: str, forms: frozenset[str], language: str) -> list[Piece]:
    """A whole short text, in pieces."""
    found: list[Piece] = []
    at = 0
    for match in _PIECE.finditer(text):
        if not _fits(match.group(), forms, language):
            continue
        edges = _EDGES.match(match.group())
        start, end = match.span()
        if edges is not None and edges.group(2):
            start, end = match.start() + edges.end(1), match.start() + edges.end(2)
        found += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    return [piece for piece in (*found, Piece(text[at:], False)) if piece.text]


def _fits(piece: str, forms: frozenset[str], language: str) -> bool:
    return not forms.isdisjoint(_forms(piece[:LONGEST_PIECE], language))


@lru_cache(maxsize=20_000)
def _forms(piece: str, language: str) -> frozenset[str]:
    both = (*words(piece), *stems(piece, language))
    return frozenset(form[:LONGEST_WORD] for form in both)
