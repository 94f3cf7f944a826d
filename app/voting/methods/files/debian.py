"""Debian's tally sheets: lines `V: 2-31----  receipt`, one character an option, from the first.

A digit or letter is the rank (1–9, then A–Z), `-` is unranked. The last option, "None of the
above" or "Further discussion", is the status quo.
"""

import re
import string

from app.voting.methods.base import Grouped, OptionId
from app.voting.methods.files.base import BrokenFile, Poll

_OPTION = re.compile(r"^[\s/|\\]*Option\s+(\w)\s*-*>\s*:\s*(.*)$")
_RANKS = string.digits + string.ascii_uppercase


def read(text: str) -> Poll:
    names: dict[OptionId, str] = {}
    ballots = []
    for line, row in enumerate(text.splitlines(), 1):
        if match := _OPTION.match(row):
            option = _RANKS.index(match[1].upper())
            if option != len(names) + 1:
                raise BrokenFile(line, f"option {option} stands where {len(names) + 1} should")
            names[option] = match[2].strip()
        elif row.startswith("V:"):
            fields = row[2:].split()
            if not fields:
                raise BrokenFile(line, "a vote is empty")
            ballots.append(({"ranking": _ranking(line, fields[0], len(names))}, 1))
    if not names:
        raise BrokenFile(0, "the sheet names no options")
    if not ballots:
        raise BrokenFile(0, "the sheet holds no votes")
    return Poll(list(names), Grouped(ballots), names, {"status_quo": len(names)})


def _ranking(line: int, vote: str, options: int) -> list[list[int]]:
    if len(vote) != options:
        raise BrokenFile(line, f"the vote {vote!r} has {len(vote)} places for {options} options")
    ranked: dict[int, list[int]] = {}
    for option, sign in enumerate(vote, 1):
        if sign == "-":
            continue
        if sign not in _RANKS:
            raise BrokenFile(line, f"{sign!r} is no rank")
        ranked.setdefault(_RANKS.index(sign), []).append(option)
    return [ranked[rank] for rank in sorted(ranked)]
