"""What the page shows of a drawn landscape: groups on a map, what unites and what divides them."""

from math import sqrt
from typing import Any

LETTERS = "ABCDE"
SHOWN = 5
"""Statements in each list."""

WIDTH, HEIGHT, MARGIN = 600, 360, 70
UNITED = 60.0
"""Per cent of every group that agree, from which a statement stands in the list of consensus."""

DIVIDED = 30.0
"""Points between the groups, from which a statement divides them."""


def of(result: dict[str, Any], texts: dict[int, str]) -> dict[str, Any]:
    """Places, sizes and lists; the numbers are those of the result."""
    details = result["table"]["details"]
    groups = details["groups"]
    lines = [_line(str(id), text, details, result["statistic"]) for id, text in texts.items()]
    together = [line for line in lines if line["least"] >= UNITED]
    apart = [line for line in lines if line["spread"] >= DIVIDED]
    return {
        "ballots": details["ballots"],
        "votes": details["votes"],
        "stability": details["stability"],
        "placed": result["statistic"]["placed"],
        "smallest": result["parameters"]["minimum_group"],
        "groups": [_group(n, groups, lines) for n in range(len(groups))],
        "together": sorted(together, key=lambda line: -line["consensus"])[:SHOWN],
        "apart": sorted(apart, key=lambda line: -line["spread"])[:SHOWN],
        "lines": lines,
        "width": WIDTH,
        "height": HEIGHT,
    }


def _line(id: str, text: str, details: dict[str, Any], statistic: dict[str, Any]) -> dict[str, Any]:
    shares = [float(share) if share else 0.0 for share in details["agreement"][id]]
    return {
        "text": text,
        "shares": [share / 100 for share in shares],
        "all": statistic["statements"][id],
        "consensus": float(details["consensus"][id]),
        "least": min(shares, default=0.0),
        "spread": max(shares, default=0.0) - min(shares, default=0.0),
    }


def _group(
    number: int, groups: list[dict[str, Any]], lines: list[dict[str, Any]]
) -> dict[str, Any]:
    x, y = _place(groups[number]["centre"], groups)
    everybody = sum(group["size"] for group in groups)
    return {
        "letter": LETTERS[number],
        "size": groups[number]["size"],
        "x": x,
        "y": y,
        "radius": round(16 + 44 * sqrt(groups[number]["size"] / everybody)),
        "special": _special(number, lines) if len(groups) > 1 else [],
    }


def _place(centre: list[str], groups: list[dict[str, Any]]) -> tuple[int, int]:
    """On the picture: groups that think alike stand near each other."""
    places = []
    for axis, length in ((0, WIDTH), (1, HEIGHT)):
        values = [float(group["centre"][axis]) for group in groups]
        low, high = min(values), max(values)
        share = (float(centre[axis]) - low) / (high - low) if high > low else 0.5
        places.append(round(MARGIN + share * (length - 2 * MARGIN)))
    return places[0], places[1]


def _special(number: int, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What this group agrees with most, or least, beside the others."""

    def beside(line: dict[str, Any]) -> float:
        others = [share for n, share in enumerate(line["shares"]) if n != number]
        return float(line["shares"][number] - sum(others) / len(others))

    far = sorted(lines, key=lambda line: -abs(beside(line)))[:3]
    return [
        {"text": line["text"], "share": line["shares"][number], "more": beside(line) > 0}
        for line in far
        if abs(beside(line)) >= 0.15
    ]
