"""What every reader hands over, and how it says what is wrong."""

from dataclasses import dataclass, field
from typing import Any

from app.voting.methods.base import Grouped, OptionId


class BrokenFile(Exception):
    """The file cannot be read; `line` counts from 1, or is 0 if it is about the whole file."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Poll:
    """Options as the file names them, the ballots, and what the file says about the method."""

    options: list[OptionId]
    ballots: Grouped
    names: dict[OptionId, str] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)
    published: list[OptionId] | None = None
    """The winners the file itself names, to compare with."""


def number(text: str, line: int, what: str) -> int:
    """A whole number from 0 on."""
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise BrokenFile(line, f"{what} is no whole number: {text[:40]!r}")
    return int(text)


def option_id(text: str) -> OptionId:
    """Numbers stay numbers, everything else is text. "07" is text: it is not how 7 is written."""
    text = text.strip()
    plain = text.isascii() and text.isdigit() and len(text) <= 18
    return int(text) if plain and str(int(text)) == text else text
