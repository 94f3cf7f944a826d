"""PrefLib's rankings: `.soc` (complete), `.soi` (incomplete), `.toc` and `.toi` (with ties).

Lines beginning with `#` are metadata, then each line is `count: 1,{2,3},4`.
"""

import re

from app.voting.methods.base import Grouped, OptionId
from app.voting.methods.files.base import BrokenFile, Poll, number

_RANK = re.compile(r"\s*(?:\{([^{}]*)\}|([^{},]+))\s*(?:,|$)")


def read(text: str, *, complete: bool, ties: bool) -> Poll:
    names: dict[OptionId, str] = {}
    ballots = []
    expected: dict[str, tuple[int, int]] = {}
    for line, row in enumerate(text.splitlines(), 1):
        row = row.strip()
        if row.startswith("#"):
            _metadata(line, row[1:], names, expected)
        elif row:
            ballots.append(_ballot(line, row, names, complete=complete, ties=ties))
    if not names:
        raise BrokenFile(0, "the file names no alternatives")
    found = {"NUMBER ALTERNATIVES": len(names), "NUMBER VOTERS": sum(n for _, n in ballots)}
    for key, (line, wanted) in expected.items():
        if found[key] != wanted:
            raise BrokenFile(line, f"{key} says {wanted}, but there are {found[key]}")
    return Poll(list(names), Grouped(ballots), names)


def _metadata(
    line: int, row: str, names: dict[OptionId, str], expected: dict[str, tuple[int, int]]
) -> None:
    key, _colon, value = row.partition(":")
    key = key.strip().upper()
    if key in ("NUMBER ALTERNATIVES", "NUMBER VOTERS"):
        expected[key] = (line, number(value, line, key))
    elif key.startswith("ALTERNATIVE NAME"):
        option = number(key.removeprefix("ALTERNATIVE NAME"), line, "the alternative's number")
        if option in names:
            raise BrokenFile(line, f"alternative {option} stands twice")
        names[option] = value.strip()


def _ballot(
    line: int, row: str, names: dict[OptionId, str], *, complete: bool, ties: bool
) -> tuple[dict[str, list[list[int]]], int]:
    times, colon, order = row.partition(":")
    if not colon:
        raise BrokenFile(line, "a line with ballots is: how many, a colon, the order")
    ranking = []
    place = 0
    order = order.strip()
    while place < len(order):
        match = _RANK.match(order, place)
        if match is None:
            raise BrokenFile(line, f"the order cannot be read from {order[place:][:20]!r} on")
        tied, single = match.groups()
        parts = [single] if tied is None else tied.split(",") if tied.strip() else []
        ranking.append([number(part, line, "an alternative") for part in parts])
        place = match.end()
    chosen = [option for rank in ranking for option in rank]
    for option in chosen:
        if option not in names:
            raise BrokenFile(line, f"there is no alternative {option}")
    if len(set(chosen)) != len(chosen):
        raise BrokenFile(line, "an alternative stands twice in one order")
    if complete and len(chosen) != len(names):
        raise BrokenFile(line, "an order is not complete, and the file's ending says it is")
    if not ties and any(len(rank) > 1 for rank in ranking):
        raise BrokenFile(line, "an order has ties, and the file's ending says it has none")
    return {"ranking": ranking}, number(times, line, "how many")
