"""One run of equal shares with a given share: who buys what, in which order, and who pays how much.

What an option costs its supporters per unit can only rise while shares are spent. So the last known
price is a lower bound, and most options need not be looked at again before each purchase.
"""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from app.core.sets import Sets

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

CLOSE = 1e-9
"""Prices this near to each other are tied."""


class Purchase(NamedTuple):
    """`highest` is what a supporter pays who still has enough."""

    place: int
    highest: float


class Market:
    """Ballots by option; `priority[place]` decides ties, lowest first."""

    def __init__(self, sets: Sets, costs: list[int], priority: list[int]) -> None:
        import numpy as np

        self._costs = costs
        self._priority = priority
        self._ballots = len(sets.bits)
        self._rows = [
            np.flatnonzero(sets.holding(place)).astype(np.int32) for place in range(sets.width)
        ]
        weights = sets.weights.astype(np.float64)
        even = bool((sets.weights == 1).all())
        self._weights = None if even else [weights[rows] for rows in self._rows]

    def run(self, share: float, able: Iterable[int]) -> list[Purchase]:
        """The purchases in their order. Options without cost come first and cost nothing."""
        import numpy as np

        purses = np.full(self._ballots, share)
        free = [place for place in able if not self._costs[place]]
        bought = [Purchase(place, 0.0) for place in sorted(free, key=self._priority.__getitem__)]
        bounds = [(0.0, place) for place in able if self._costs[place]]
        heapify(bounds)
        while (purchase := self._next(bounds, purses)) is not None:
            rows = self._rows[purchase.place]
            purses[rows] = np.maximum(purses[rows] - purchase.highest, 0)
            bought.append(purchase)
        return bought

    def _next(self, bounds: list[tuple[float, int]], purses: "NDArray[float64]") -> Purchase | None:
        """The cheapest per unit, by priority among tied ones; the others are put back."""
        seen: list[tuple[float, int, float]] = []
        least = float("inf")
        while bounds and bounds[0][0] <= least * (1 + CLOSE):
            _bound, place = heappop(bounds)
            highest = self._payment(place, purses)
            if highest is None:
                continue  # its supporters have too little left, and will never have more
            price = highest / self._costs[place]
            least = min(least, price)
            seen.append((price, place, highest))
        if not seen:
            return None
        tied = [row for row in seen if row[0] <= least * (1 + CLOSE)]
        chosen = min(tied, key=lambda row: self._priority[row[1]])
        for price, place, _highest in seen:
            if place != chosen[1]:
                # A little less, so that rounding never hides an option that is tied.
                heappush(bounds, (price * (1 - CLOSE), place))
        return Purchase(chosen[1], chosen[2])

    def _payment(self, place: int, purses: "NDArray[float64]") -> float | None:
        """What each supporter pays who can, if the others pay all they have left."""
        import numpy as np

        left = purses[self._rows[place]]
        weights = None if self._weights is None else self._weights[place]
        cost = self._costs[place]
        if _sum(left, weights) < cost * (1 - CLOSE):
            return None
        voters = float(len(left)) if weights is None else float(weights.sum())
        payment = cost / voters
        while True:
            poor = left < payment * (1 - CLOSE)
            theirs = None if weights is None else weights[poor]
            given = _sum(left[poor], theirs)
            rich = voters - float(np.count_nonzero(poor) if theirs is None else theirs.sum())
            if rich <= 0:
                return float(left.max())
            raised = (cost - given) / rich
            if raised <= payment * (1 + CLOSE):
                return raised
            payment = raised


def _sum(values: "NDArray[float64]", weights: "NDArray[float64] | None") -> float:
    return float(values.sum() if weights is None else values @ weights)
