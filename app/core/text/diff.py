"""What changed between two texts, in words rather than lines."""

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
MOST_TOKENS = 6_000
"""Longer texts are shown as replaced in one piece: comparing them word by word takes too long."""


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    change: Change
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """The way from one text to the other, in order.

    Without what was added they are the old text, without what was removed the new one, to the
    letter. What lies between two changed words and is but a blank changes with them, so that a
    rewritten sentence reads as one.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > MOST_TOKENS:
        return _joined([(old, new)] if old != new else [(old, None)])
    steps: list[tuple[str, str | None]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, now = "".join(before[a:b]), "".join(after[c:d])
        steps.append((was, None if tag == "equal" else now))
    return _joined(_bridged(steps))


def _bridged(steps: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Blanks between two changes become part of them."""
    found: list[tuple[str, str | None]] = []
    for index, (was, now) in enumerate(steps):
        between = 0 < index < len(steps) - 1 and now is None and was.isspace()
        if found and found[-1][1] is not None and (now is not None or between):
            last = found.pop()
            found.append((last[0] + was, (last[1] or "") + (was if now is None else now)))
        else:
            found.append((was, now))
    return found


def _joined(steps: list[tuple[str, str | None]]) -> list[Piece]:
    made = []
    for was, now in steps:
        if now is None:
            made.append(Piece(Change.SAME, was))
        else:
            made += [Piece(Change.REMOVED, was), Piece(Change.ADDED, now)]
    return [piece for piece in made if piece.text]
