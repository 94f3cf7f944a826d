"""The harmonic order: reverse sequential proportional approval, exact.

Whoever chose a thing, and has j chosen things left, counts 1/j for it. The thing with the least is
put last and leaves all sets; and so on. One at a time, also where several are equal (the one that
fewer chose, then the later one in the list goes first): else the equal favourites of a large group
would go all together.
"""

from fractions import Fraction
from typing import TYPE_CHECKING

from app.core.sets import Sets

if TYPE_CHECKING:
    from numpy import int64, uint8
    from numpy.typing import NDArray

CLOSE = 1e-9
"""Weights this near to the least are compared as fractions."""


def order(sets: Sets) -> list[int]:
    """Places of the things, best first."""
    counting = Counting(sets)
    votes = counting.table.sum(axis=1)
    found: list[int] = []
    while counting.left.any():
        last = min(counting.least(), key=lambda place: (votes[place], -place))
        found.append(last)
        counting.remove(last)
    return found[::-1]


class Counting:
    """What each thing that is left weighs. `table[thing, size]`: how many sets of that size hold
    it, where a set's size is the number of its things that are left.
    """

    def __init__(self, sets: Sets) -> None:
        import numpy as np

        self.sets = sets
        self.left = np.ones(sets.width, bool)
        self.sizes = np.zeros(len(sets.bits), np.int64)
        self.table = np.zeros((sets.width, sets.width + 1), np.int64)
        start = 0
        for spread, weights in sets.chunks():
            part = slice(start, start + len(spread))
            self.sizes[part] = spread.sum(axis=1)
            self._add(spread, self.sizes[part], weights)
            start += len(spread)

    def weight(self, place: int) -> Fraction:
        """Exactly, 1/j for each set that holds it and j things in all."""
        import numpy as np

        sizes = np.flatnonzero(self.table[place])
        shares = (Fraction(int(self.table[place, size]), int(size)) for size in sizes)
        return sum(shares, Fraction())

    def least(self) -> list[int]:
        """Of the things that are left, those that weigh least."""
        import numpy as np

        weights = self.table[:, 1:] @ (1 / np.arange(1, self.table.shape[1]))
        places = np.flatnonzero(self.left)
        least = weights[places].min()
        near = [int(p) for p in places if weights[p] <= least * (1 + CLOSE) + CLOSE]
        if len(near) == 1:
            return near
        exact = {place: self.weight(place) for place in near}
        return [place for place in near if exact[place] == min(exact.values())]

    def remove(self, place: int) -> None:
        """Take a thing out of all sets that hold it."""
        import numpy as np

        self.left[place] = False
        rows = np.flatnonzero(self.sets.holding(place))
        start = 0
        self.table[place] = 0
        for spread, weights in self.sets.chunks(rows):
            part = rows[start : start + len(spread)]
            spread[:, ~self.left] = 0
            self._add(spread, self.sizes[part], -weights)
            self.sizes[part] -= 1
            self._add(spread, self.sizes[part], weights)
            start += len(spread)

    def _add(
        self, spread: "NDArray[uint8]", sizes: "NDArray[int64]", weights: "NDArray[int64]"
    ) -> None:
        import numpy as np

        rows, columns = np.nonzero(spread)
        cells = columns * self.table.shape[1] + sizes[rows]
        # Sums of whole numbers below 2**53 are exact as floats.
        sums = np.bincount(cells, weights=weights[rows], minlength=self.table.size)
        self.table += sums.astype(np.int64).reshape(self.table.shape)
