"""Sets out of a few hundred things, one bit a thing: a million of twenty options take 8 MB."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import bool_, int64, uint8
    from numpy.typing import NDArray

CHUNK = 20_000
"""Sets that are spread out (one byte a thing) at the same time."""


@dataclass(frozen=True)
class Sets:
    """Different non-empty sets as rows of bits, sorted, and how often each occurs.

    In a vote a set is a ballot, and `blank` are those on which nothing is chosen.
    """

    width: int
    bits: "NDArray[uint8]"
    weights: "NDArray[int64]"
    blank: int

    @classmethod
    def of_pairs(cls, sets: "NDArray[int64]", things: "NDArray[int64]", width: int) -> "Sets":
        """From (number of a set, place of a thing in it) in any order, none of them twice."""
        import numpy as np

        _names, rows = np.unique(sets, return_inverse=True)
        order = np.argsort(rows, kind="stable")
        rows, columns = rows[order], things[order]
        count = int(rows[-1]) + 1 if len(rows) else 0
        bits = [np.zeros((0, (width + 7) // 8), np.uint8)]
        for start in range(0, count, CHUNK):
            part = slice(*np.searchsorted(rows, (start, start + CHUNK)))
            spread = np.zeros((min(CHUNK, count - start), width), np.uint8)
            spread[rows[part] - start, columns[part]] = 1
            bits.append(np.packbits(spread, axis=1))
        return cls.merged(width, np.concatenate(bits), np.ones(count, np.int64))

    @classmethod
    def merged(cls, width: int, bits: "NDArray[uint8]", weights: "NDArray[int64]") -> "Sets":
        """Equal rows into one, sorted as bytes; empty ones aside."""
        import numpy as np

        whole = -(-bits.shape[1] // 8) * 8
        padded = np.zeros((len(bits), max(whole, 8)), np.uint8)
        padded[:, : bits.shape[1]] = bits
        words = padded.view(">u8").astype(np.uint64)
        if words.shape[1] == 1:
            order = np.argsort(words[:, 0], kind="stable")
        else:
            order = np.lexsort(words.T[::-1])
        words, bits, weights = words[order], bits[order], weights[order]
        first = np.ones(len(words), bool)
        first[1:] = (words[1:] != words[:-1]).any(axis=1)
        starts = np.flatnonzero(first)
        sums = np.add.reduceat(weights, starts) if len(starts) else weights
        bits = bits[starts]
        blank = int(sums[0]) if len(bits) and not bits[0].any() else 0
        skip = 1 if blank else 0
        return cls(width, bits[skip:], sums[skip:], blank)

    @classmethod
    def from_json(cls, patterns: list[list[int]], width: int, blank: int) -> "Sets":
        """The counterpart of `to_json`."""
        import numpy as np

        bits = [np.zeros((0, (width + 7) // 8), np.uint8)]
        for start in range(0, len(patterns), CHUNK):
            part = patterns[start : start + CHUNK]
            sizes = np.fromiter((len(row) - 1 for row in part), np.int64, len(part))
            columns = np.fromiter(
                chain.from_iterable(row[1:] for row in part), np.int64, int(sizes.sum())
            )
            spread = np.zeros((len(part), width), np.uint8)
            spread[np.repeat(np.arange(len(part)), sizes), columns] = 1
            bits.append(np.packbits(spread, axis=1))
        weights = np.fromiter((row[0] for row in patterns), np.int64, len(patterns))
        return cls(width, np.concatenate(bits), weights, blank)

    def to_json(self) -> list[list[int]]:
        """One list per different set: how often it occurs, then the places of its things."""
        import numpy as np

        found: list[list[int]] = []
        for spread, weights in self.chunks():
            columns = np.nonzero(spread)[1].tolist()
            end = 0
            for count, size in zip(weights.tolist(), spread.sum(axis=1).tolist(), strict=True):
                found.append([count, *columns[end : end + size]])
                end += size
        return found

    @property
    def ballots(self) -> int:
        return int(self.weights.sum()) + self.blank

    def votes(self) -> list[int]:
        """How many sets hold each thing."""
        import numpy as np

        total = np.zeros(self.width, np.int64)
        for spread, weights in self.chunks():
            total += weights @ spread
        return [int(votes) for votes in total]

    def chunks(
        self, rows: "NDArray[int64] | None" = None
    ) -> "Iterator[tuple[NDArray[uint8], NDArray[int64]]]":
        """Some rows, or all, spread out to one byte a thing, and their weights."""
        import numpy as np

        for start in range(0, len(self.bits) if rows is None else len(rows), CHUNK):
            part: Any = slice(start, start + CHUNK)
            if rows is not None:
                part = rows[part]
            yield np.unpackbits(self.bits[part], axis=1, count=self.width), self.weights[part]

    def holding(self, place: int) -> "NDArray[bool_]":
        """Which rows hold the thing."""
        found: NDArray[bool_] = (self.bits[:, place // 8] & (128 >> place % 8)) != 0
        return found
