"""Opinion landscape: who agrees with whom about short statements. A picture; it never decides.

Ballot `{"opinions": {id: 1 | 0 | -1}}` (agree, pass, disagree) with the statements a person saw.
Parameters: `minimum_group` (default 10), `minimum_votes` (default 7) to be placed on the map.

Groups: k-means with a fixed seed on the two main components of the opinions, with as many groups
(up to five) as are told apart best, and none smaller than the minimum. Group-informed consensus of
a statement: the product over all groups of (agreeing + 1) / (having seen it + 2).

The statistic holds sums only: no person's opinions or place leave it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any, TypeVar

from app.voting.methods import map_of_opinions
from app.voting.methods.base import (
    Content,
    Grouped,
    OptionId,
    Parameters,
    Result,
    Statistic,
    by_option,
    pairs,
    ranks,
    rounded,
    the_object,
    whole,
)

OptionT = TypeVar("OptionT", int, str)

AGREE, PASS, DISAGREE = 1, 0, -1
SMALLEST_GROUP = 10
FEWEST_VOTES = 7


class Landscape:
    name = "landscape"

    def check(self, content: object, options: Sequence[OptionId], parameters: Parameters) -> None:
        _read(content, options)

    def statistic(
        self,
        contents: Iterable[Content] | Grouped,
        options: Sequence[OptionId],
        parameters: Parameters,
    ) -> Statistic:
        """Sums for everybody and for each group: [agree, pass, disagree] per statement."""
        import numpy as np

        places = {option: place for place, option in enumerate(options)}
        rows = []
        for content, count in pairs(contents):
            row = np.full(len(options), map_of_opinions.UNSEEN, np.int8)
            for option, opinion in _read(content, options).items():
                row[places[option]] = opinion
            rows += [row] * count
        votes = np.array(rows, np.int8).reshape(len(rows), len(options))
        # The order in which people came must not matter.
        votes = votes[np.lexsort(votes.T[::-1])] if len(options) else votes
        smallest = whole(parameters, "minimum_group", SMALLEST_GROUP, lowest=2)
        fewest = min(whole(parameters, "minimum_votes", FEWEST_VOTES, lowest=1), len(options))
        drawn = map_of_opinions.draw(votes, fewest, smallest)
        return {
            "ballots": len(rows),
            "votes": int((votes != map_of_opinions.UNSEEN).sum()),
            "placed": drawn.placed,
            "statements": _sums(map_of_opinions.sums(votes), options),
            "positions": dict(zip(map(str, options), drawn.statements, strict=True)),
            "stability": drawn.stability,
            "groups": [
                {"size": group.size, "centre": group.centre, "votes": _sums(group.sums, options)}
                for group in drawn.groups
            ],
        }

    def tally(
        self, statistic: Statistic, options: Sequence[OptionId], parameters: Parameters
    ) -> Result:
        all_votes = statistic["statements"]
        groups = [group["votes"] for group in statistic["groups"]] or [all_votes]
        agreed = {option: _informed(groups, option, 0) for option in options}
        rejected = {option: _informed(groups, option, 2) for option in options}
        order = ranks(options, agreed)
        details: dict[str, Any] = {
            "decides": False,
            "ballots": statistic["ballots"],
            "votes": statistic["votes"],
            "stability": statistic["stability"],
            "groups": [
                {"size": group["size"], "centre": group["centre"]} for group in statistic["groups"]
            ],
            "positions": statistic["positions"],
            "consensus": {str(option): _text(agreed[option]) for option in options},
            "rejection": {str(option): _text(rejected[option]) for option in options},
            "agreement": {
                str(option): [_percent(group[str(option)]) for group in groups]
                for option in options
            },
        }
        counts = {option: all_votes[str(option)][0] for option in options}
        return Result(self.name, [], order, counts=counts, details=details)


def _read(content: object, options: Sequence[OptionId]) -> dict[OptionId, int]:
    given = the_object(content, "opinions").get("opinions")
    return by_option(given, options, DISAGREE, AGREE)


def _sums(rows: list[list[int]], options: Sequence[OptionId]) -> dict[str, list[int]]:
    return dict(zip(map(str, options), rows, strict=True))


def _informed(groups: list[dict[str, list[int]]], option: OptionId, side: int) -> Fraction:
    """The product of the groups' shares, drawn towards one half where few have seen it."""
    rows = [group[str(option)] for group in groups]
    return prod((Fraction(row[side] + 1, sum(row) + 2) for row in rows), start=Fraction(1))


def _text(share: Fraction) -> str:
    return rounded(share.numerator, share.denominator, 4)


def _percent(row: list[int]) -> str:
    return rounded(100 * row[0], sum(row), 1)


def next_statement(
    options: Sequence[OptionT], seen: Mapping[OptionT, int], answered: set[OptionT], key: str
) -> OptionT | None:
    """What to show next: the least seen of the statements a person has not answered.

    Among equally seen ones the order differs from person to person (`key`) but is stable.
    """
    left = [option for option in options if option not in answered]
    return min(
        left,
        key=lambda o: (seen.get(o, 0), hashlib.sha256(f"{key} {o}".encode()).digest()),
        default=None,
    )
