"""Schulze's method over exclusive variants, with the status quo among them if there is one.

Ballot `{"ranking": [[ids], [ids], …]}`, best first, ties allowed; who is not ranked is last; an
empty ranking is a blank ballot. Parameters: `status_quo`, an option (none by default); `forced`, if
one winner is needed, and `lot`, the options in the order a lot has given them.

Pairs are decided by winning votes. An option that does not beat the status quo directly cannot win,
and is left out before the paths are looked at; if none is left, the status quo wins.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from app.voting.methods.base import (
    Content,
    Grouped,
    Malformed,
    OptionId,
    Parameters,
    Result,
    Statistic,
    known_options,
    pairs,
    the_object,
    without_collector,
)

if TYPE_CHECKING:
    from numpy import int16, int64
    from numpy.typing import NDArray

CHUNK = 1_000
"""Ballots compared at the same time: few enough to stay in the processor's cache."""


class Schulze:
    name = "schulze"

    def check(self, content: object, options: Sequence[OptionId], parameters: Parameters) -> None:
        _ranking(content, options)

    @without_collector()
    def statistic(
        self,
        contents: Iterable[Content] | Grouped,
        options: Sequence[OptionId],
        parameters: Parameters,
    ) -> Statistic:
        """`pairwise[i][j]`: how many ballots put the i-th option before the j-th."""
        import numpy as np

        size = len(options)
        matrix = np.zeros((size, size), np.int64)
        total = blank = 0
        ballots = iter(pairs(contents))
        while chunk := list(islice(ballots, CHUNK)):
            weights = np.fromiter((count for _, count in chunk), np.int64, len(chunk))
            ranked = _ranked([content for content, _ in chunk], options)
            total += int(weights.sum())
            blank += int(weights[(ranked == ranked[:, :1]).all(axis=1)].sum())
            matrix += _before(ranked, weights)
        return {
            "ballots": total,
            "blank": blank,
            "options": list(options),
            "pairwise": matrix.tolist(),
        }

    def tally(
        self, statistic: Statistic, options: Sequence[OptionId], parameters: Parameters
    ) -> Result:
        votes: list[list[int]] = statistic["pairwise"]
        places = {option: place for place, option in enumerate(options)}
        quo = parameters.get("status_quo")
        if quo is not None and quo not in places:
            raise Malformed(
                "parameter", "The status quo must be one of the options.", parameter="status_quo"
            )
        if quo is None:
            able, unable = list(options), []
        else:
            others = [option for option in options if option != quo]
            able = [
                o for o in others if votes[places[o]][places[quo]] > votes[places[quo]][places[o]]
            ]
            unable = [option for option in others if option not in able]
        order = _order(able, votes, places)
        if quo is not None:
            order += [[quo], *_order(unable, votes, places)]
        winners = list(order[0]) if order else []
        drawn = len(winners) > 1 and bool(parameters.get("forced"))
        if drawn:
            winners = [_first_by_lot(winners, parameters)]
        details: dict[str, Any] = {
            "ballots": statistic["ballots"],
            "blank": statistic["blank"],
            "status_quo": quo,
            "not_above_status_quo": unable,
            "by_lot": drawn,
            "matches": _matches(winners, options, votes, places),
        }
        pairwise = {o: {p: votes[places[o]][places[p]] for p in options if p != o} for o in options}
        return Result(self.name, winners, order, pairwise=pairwise, details=details)


def _ranking(content: object, options: Sequence[OptionId]) -> list[list[OptionId]]:
    ranking = the_object(content, "ranking").get("ranking")
    if type(ranking) is not list or not all(type(rank) is list for rank in ranking):
        raise Malformed("not_a_list", "A ranking is a list of lists of options.")
    known_options(list(chain.from_iterable(ranking)), options)
    return [rank for rank in ranking if rank]


def _ranked(contents: Sequence[Content], options: Sequence[OptionId]) -> "NDArray[int16]":
    """One row a ballot, one column an option: its rank from 0; unranked ones come last."""
    import numpy as np

    ranked = _fast(contents, options)
    if ranked is None:  # one of them is malformed, or written unusually: look at each
        rankings = [{"ranking": _ranking(content, options)} for content in contents]
        ranked = _fast(rankings, options)
    return np.asarray(ranked)


def _fast(contents: Sequence[Content], options: Sequence[OptionId]) -> "NDArray[int16] | None":
    """The same in a few passes over all ballots, or None if anything is not as usual."""
    import numpy as np

    if not all(isinstance(content, dict) and set(content) == {"ranking"} for content in contents):
        return None
    rankings = [content["ranking"] for content in contents]
    if not set(map(type, rankings)) <= {list}:
        return None
    flat = list(chain.from_iterable(rankings))
    if not set(map(type, flat)) <= {list}:
        return None
    chosen = list(chain.from_iterable(flat))
    places = {option: place for place, option in enumerate(options)}
    if not set(map(type, chosen)) <= {int, str} or not places.keys() >= set(chosen):
        return None
    last = len(options)
    depths = np.fromiter(map(len, rankings), np.int64, len(rankings))
    sizes = np.fromiter(map(len, flat), np.int64, len(flat))
    rows = np.repeat(np.repeat(np.arange(len(rankings)), depths), sizes)
    depth = np.arange(len(flat)) - np.repeat(np.cumsum(depths) - depths, depths)
    columns = np.fromiter(map(places.__getitem__, chosen), np.int64, len(chosen))
    ranked = np.full((len(rankings), last), last, np.int16)
    ranked[rows, columns] = np.repeat(np.minimum(depth, last), sizes)
    ready = int(np.count_nonzero(ranked < last)) == len(chosen)
    return ranked if ready else None


def _before(ranked: "NDArray[int16]", weights: "NDArray[int64]") -> "NDArray[int64]":
    """How many of the ballots put one option before another."""
    import numpy as np

    by_option = np.ascontiguousarray(ranked.T)
    # Sums of whole numbers below 2**53 are exact as floats.
    factors = weights.astype(np.float64)
    rows = [(row < by_option).astype(np.float64) @ factors for row in by_option]
    return np.array(rows).reshape(len(by_option), len(by_option)).astype(np.int64)


def strongest_paths(votes: Sequence[Sequence[int]]) -> list[list[int]]:
    """The strength of the strongest path between each two, by winning votes; 0 if there is none."""
    import numpy as np

    counted = np.array(votes, np.int64).reshape(len(votes), len(votes))
    paths = np.where(counted > counted.T, counted, 0)
    for middle in range(len(votes)):
        through = np.minimum(paths[:, middle : middle + 1], paths[middle : middle + 1, :])
        np.maximum(paths, through, out=paths)
    np.fill_diagonal(paths, 0)
    found: list[list[int]] = paths.tolist()
    return found


def _order(
    options: Sequence[OptionId], votes: list[list[int]], places: dict[OptionId, int]
) -> list[list[OptionId]]:
    """Ranks by Schulze among these options: again and again those whom no other one beats."""
    chosen = [places[option] for option in options]
    paths = strongest_paths([[votes[i][j] for j in chosen] for i in chosen])
    left = list(range(len(options)))
    order = []
    while left:
        best = [i for i in left if all(paths[i][j] >= paths[j][i] for j in left)]
        order.append([options[i] for i in best])
        left = [i for i in left if i not in best]
    return order


def _first_by_lot(tied: Sequence[OptionId], parameters: Parameters) -> OptionId:
    for option in parameters.get("lot") or ():
        if option in tied:
            return option  # type: ignore[no-any-return]  # one of the tied ones
    raise Malformed("parameter", "A lot is needed, and none was drawn.", parameter="lot")


def _matches(
    winners: Sequence[OptionId],
    options: Sequence[OptionId],
    votes: list[list[int]],
    places: dict[OptionId, int],
) -> list[dict[str, Any]]:
    """The first winner against each other option, the closest match first."""
    if not winners:
        return []
    winner = winners[0]
    found = [
        {
            "winner": winner,
            "other": other,
            "votes": votes[places[winner]][places[other]],
            "against": votes[places[other]][places[winner]],
        }
        for other in options
        if other != winner
    ]
    return sorted(found, key=lambda match: match["votes"] - match["against"])
