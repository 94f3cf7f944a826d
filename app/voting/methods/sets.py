"""Ballots that are sets of options, one bit an option: a million of twenty options take 8 MB."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from app.voting.methods.base import (
    Content,
    Grouped,
    OptionId,
    known_options,
    pairs,
    the_object,
    without_collector,
)

if TYPE_CHECKING:
    from numpy import bool_, int64, uint8
    from numpy.typing import NDArray

CHUNK = 20_000
"""Ballots that are spread out (one byte an option) at the same time."""


@dataclass(frozen=True)
class Sets:
    """Different non-empty ballots as rows of bits, sorted, and how often each was cast."""

    width: int
    bits: "NDArray[uint8]"
    weights: "NDArray[int64]"
    blank: int

    @classmethod
    @without_collector()
    def of(
        cls, contents: Iterable[Content] | Grouped, field: str, options: Sequence[OptionId]
    ) -> "Sets":
        """Read ballots `{field: [ids]}`; raises `Malformed` at the first bad one."""
        import numpy as np

        places = {option: place for place, option in enumerate(options)}
        rows, weights = [], []
        ballots = iter(pairs(contents))
        while chunk := list(islice(ballots, CHUNK)):
            spread = _spread(_lists(chunk, field, options), places)
            if spread is None:  # one of them is malformed: look for it
                for content, _count in chunk:
                    known_options(content[field], options)
                raise AssertionError("the fast check and the slow one disagree")
            rows.append(np.packbits(spread, axis=1))
            weights.append(np.fromiter((count for _, count in chunk), np.int64, len(chunk)))
        if not rows:
            rows = [np.zeros((0, (len(options) + 7) // 8), np.uint8)]
            weights = [np.zeros(0, np.int64)]
        return _merged(len(options), np.concatenate(rows), np.concatenate(weights))

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
        """One list per different ballot: how often it was cast, then the places of its options."""
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
        """How many ballots hold each option."""
        import numpy as np

        total = np.zeros(self.width, np.int64)
        for spread, weights in self.chunks():
            total += weights @ spread
        return [int(votes) for votes in total]

    def chunks(
        self, rows: "NDArray[int64] | None" = None
    ) -> "Iterator[tuple[NDArray[uint8], NDArray[int64]]]":
        """Some rows, or all, spread out to one byte an option, and their weights."""
        import numpy as np

        for start in range(0, len(self.bits) if rows is None else len(rows), CHUNK):
            part: Any = slice(start, start + CHUNK)
            if rows is not None:
                part = rows[part]
            yield np.unpackbits(self.bits[part], axis=1, count=self.width), self.weights[part]

    def holding(self, place: int) -> "NDArray[bool_]":
        """Which rows hold the option."""
        found: NDArray[bool_] = (self.bits[:, place // 8] & (128 >> place % 8)) != 0
        return found


def _lists(
    chunk: list[tuple[Content, int]],
    field: str,
    options: Sequence[OptionId],
) -> list[list[OptionId]]:
    lists = []
    for content, _count in chunk:
        values = content.get(field) if isinstance(content, dict) else None
        if type(values) is not list or len(content) != 1:
            known_options(the_object(content, field).get(field), options)
        lists.append(values)
    return lists  # type: ignore[return-value]  # anything but a list has raised


def _spread(lists: list[list[OptionId]], places: dict[OptionId, int]) -> "NDArray[uint8] | None":
    """One row a ballot, or None if one holds something unknown or something twice."""
    import numpy as np

    if not set(map(type, chain.from_iterable(lists))) <= {int, str}:
        return None
    sizes = np.fromiter(map(len, lists), np.int64, len(lists))
    try:
        columns = np.fromiter(
            map(places.__getitem__, chain.from_iterable(lists)), np.int64, int(sizes.sum())
        )
    except KeyError:
        return None
    spread = np.zeros((len(lists), len(places)), np.uint8)
    spread[np.repeat(np.arange(len(lists)), sizes), columns] = 1
    return spread if int(np.count_nonzero(spread)) == len(columns) else None


def _merged(width: int, bits: "NDArray[uint8]", weights: "NDArray[int64]") -> Sets:
    """Equal rows into one, sorted as bytes; blank ballots aside."""
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
    return Sets(width, bits[skip:], sums[skip:], blank)
