"""The harmonic order: reverse sequential proportional approval, exact.

Each supporter of an option whose ballot has j options left counts 1/j for it. The option with the
least is put last and leaves all ballots; and so on. One at a time, also where several are equal
(the one with fewer votes, then the later one in the list goes first): else the equal favourites of
a large group would go all together.
"""

from fractions import Fraction
from typing import TYPE_CHECKING

from app.voting.methods.sets import Sets

if TYPE_CHECKING:
    from numpy import bool_, int64, uint8
    from numpy.typing import NDArray

CLOSE = 1e-9
"""Weights this near to the least are compared as fractions."""


def order(sets: Sets) -> list[int]:
    """Places of the options, best first."""
    import numpy as np

    left = np.ones(sets.width, bool)
    sizes = np.zeros(len(sets.bits), np.int64)
    table = np.zeros((sets.width, sets.width + 1), np.int64)
    start = 0
    for spread, weights in sets.chunks():
        part = slice(start, start + len(spread))
        sizes[part] = spread.sum(axis=1)
        _count(table, spread, sizes[part], weights)
        start += len(spread)
    votes = table.sum(axis=1)
    found: list[int] = []
    while left.any():
        last = min(_least(table, left), key=lambda place: (votes[place], -place))
        found.append(last)
        _remove(last, sets, left, sizes, table)
    return found[::-1]


def _count(
    table: "NDArray[int64]",
    spread: "NDArray[uint8]",
    sizes: "NDArray[int64]",
    weights: "NDArray[int64]",
) -> None:
    """Add to table[option, size] the ballots of that size that hold the option."""
    import numpy as np

    rows, columns = np.nonzero(spread)
    cells = columns * table.shape[1] + sizes[rows]
    # Sums of whole numbers below 2**53 are exact as floats.
    sums = np.bincount(cells, weights=weights[rows], minlength=table.size)
    table += sums.astype(np.int64).reshape(table.shape)


def _least(table: "NDArray[int64]", left: "NDArray[bool_]") -> list[int]:
    """The remaining options with the least weight."""
    import numpy as np

    shares = 1 / np.arange(1, table.shape[1])
    weights = table[:, 1:] @ shares
    places = np.flatnonzero(left)
    least = weights[places].min()
    near = [int(p) for p in places if weights[p] <= least * (1 + CLOSE) + CLOSE]
    if len(near) == 1:
        return near
    exact = {
        place: sum(
            (Fraction(int(table[place, size]), int(size)) for size in np.flatnonzero(table[place])),
            Fraction(),
        )
        for place in near
    }
    return [place for place in near if exact[place] == min(exact.values())]


def _remove(
    place: int,
    sets: Sets,
    left: "NDArray[bool_]",
    sizes: "NDArray[int64]",
    table: "NDArray[int64]",
) -> None:
    """Take an option off all ballots that hold it."""
    import numpy as np

    left[place] = False
    rows = np.flatnonzero(sets.holding(place))
    start = 0
    table[place] = 0
    for spread, weights in sets.chunks(rows):
        part = rows[start : start + len(spread)]
        spread[:, ~left] = 0
        _count(table, spread, sizes[part], -weights)
        sizes[part] -= 1
        _count(table, spread, sizes[part], weights)
        start += len(spread)
