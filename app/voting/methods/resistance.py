"""Systemic consensing: resistance from 0 to 10 for every option, the lowest mean wins.

Ballot `{"resistance": {id: 0…10}}` with every option, or none at all (a blank ballot).
Parameters: `passive`, the option that nothing changes (required; it is one of the options);
`chamber_means`, a list of `{id: [sum, ballots]}`, one per chamber, for the second tie rule.

An option is adopted only if its mean is below that of the passive option. Ties: fewer ballots with
8 to 10, then the lower maximum of the chambers' means; who is still tied shares the rank, and if
that is the first rank, all its options are winners.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from app.voting.methods.base import (
    Content,
    Grouped,
    Malformed,
    OptionId,
    Parameters,
    Result,
    Statistic,
    by_option,
    pairs,
    ranks,
    rounded,
    the_object,
)

HIGHEST = 10
STRONG = 8
"""From here on the ballot asks for a reason."""


class Resistance:
    name = "resistance"

    def check(self, content: object, options: Sequence[OptionId], parameters: Parameters) -> None:
        _read(content, options)

    def statistic(
        self,
        contents: Iterable[Content] | Grouped,
        options: Sequence[OptionId],
        parameters: Parameters,
    ) -> Statistic:
        """Per option a histogram: how many ballots gave 0, 1, … 10."""
        blank = ballots = 0
        counts = {option: [0] * (HIGHEST + 1) for option in options}
        for content, count in pairs(contents):
            given = _read(content, options)
            ballots += count
            if not given:
                blank += count
            for option, value in given.items():
                counts[option][value] += count
        histograms = {str(option): row for option, row in counts.items()}
        return {"ballots": ballots, "blank": blank, "histograms": histograms}

    def tally(
        self, statistic: Statistic, options: Sequence[OptionId], parameters: Parameters
    ) -> Result:
        passive = parameters.get("passive")
        if passive is None or passive not in options:
            raise Malformed(
                "parameter", "The passive option must be one of the options.", parameter="passive"
            )
        histograms = {option: statistic["histograms"][str(option)] for option in options}
        voters = statistic["ballots"] - statistic["blank"]
        sums = {option: total(row) for option, row in histograms.items()}
        strong = {option: sum(row[STRONG:]) for option, row in histograms.items()}
        worst = {option: _worst(option, parameters) for option in options}
        order = ranks(options, {o: (-sums[o], -strong[o], -worst[o]) for o in options})
        better = [[o for o in rank if sums[o] < sums[passive]] for rank in order]
        winners = next((rank for rank in better if rank), [passive])
        details: dict[str, Any] = {
            "adopted": winners != [passive],
            "passive": passive,
            "ballots": statistic["ballots"],
            "blank": statistic["blank"],
            "mean": {str(o): rounded(sums[o], voters) for o in options},
            "acceptance": {str(o): acceptance(sums[o], voters) for o in options},
            "strong": {str(o): strong[o] for o in options},
            "spread": {str(o): spread(histograms[o]) for o in options},
            "histogram": {str(o): histograms[o] for o in options},
        }
        return Result(self.name, list(winners), order, counts=sums, details=details)


def _read(content: object, options: Sequence[OptionId]) -> dict[OptionId, int]:
    given = by_option(the_object(content, "resistance").get("resistance"), options, 0, HIGHEST)
    for option in options if given else ():
        if option not in given:
            raise Malformed("missing_option", f"Option {option!r} has no number.", option=option)
    return given


def total(histogram: Sequence[int]) -> int:
    """All the resistance there is."""
    return sum(value * count for value, count in enumerate(histogram))


def sums_and_voters(statistic: Statistic) -> dict[str, list[int]]:
    """A chamber's part of `chamber_means`."""
    voters = statistic["ballots"] - statistic["blank"]
    return {option: [total(row), voters] for option, row in statistic["histograms"].items()}


def acceptance(resistance: int, voters: int) -> str:
    """100 percent means that nobody minds at all."""
    return rounded(100 * (HIGHEST * voters - resistance), HIGHEST * voters, 1)


def spread(histogram: Sequence[int]) -> str:
    """The variance, so that agreement on 5 does not look like a split into 0 and 10."""
    voters = sum(histogram)
    squares = sum(value * value * count for value, count in enumerate(histogram))
    return rounded(squares * voters - total(histogram) ** 2, voters * voters)


def _worst(option: OptionId, parameters: Parameters) -> Fraction:
    """The highest mean any chamber gives the option."""
    means = [chamber[str(option)] for chamber in parameters.get("chamber_means") or ()]
    return max((Fraction(part, voters) for part, voters in means if voters), default=Fraction())
