"""Ballots that are sets of options."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from app.core.sets import CHUNK, Sets
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
    from numpy import uint8
    from numpy.typing import NDArray


@without_collector()
def sets_of(contents: Iterable[Content] | Grouped, field: str, options: Sequence[OptionId]) -> Sets:
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
    return Sets.merged(len(options), np.concatenate(rows), np.concatenate(weights))


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
