"""Chambers side by side: whether they agree, joint rules named beforehand, and quorum labels.

Chambers are never silently summed. A quorum never voids a vote, it only labels it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, lcm
from typing import Any, Literal

from app.voting.methods.base import (
    Content,
    Grouped,
    Malformed,
    Method,
    OptionId,
    Parameters,
    Result,
    Statistic,
    canonical,
    pairs,
    rounded,
)
from app.voting.methods.resistance import HIGHEST

FAR_APART = 15
"""Points between two chambers from which they differ, even with the same winner."""

SMALLEST_SECRET = 10
"""A chamber with fewer secret voters gets no table of its own."""

SHARED_BY = 5
"""People who must have cast the same ballot, before ballots are published."""


@dataclass(frozen=True)
class Comparison:
    """`verdict` is "alone" where one of the two has no ballots; `apart` is in points, as text."""

    verdict: Literal["agree", "differ", "alone"]
    other_winner: bool
    apart: dict[str, str]
    farthest: OptionId | None

    def to_json(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "other_winner": self.other_winner,
            "apart": self.apart,
            "farthest": self.farthest,
        }


def compare(one: Result, other: Result) -> Comparison:
    """Two chambers agree with the same winners and less than 15 points apart everywhere."""
    mine, others = support(one), support(other)
    if not mine or not others:
        return Comparison("alone", False, {}, None)
    # An option on which one of them has no opinion at all cannot be compared.
    apart = {o: abs(mine[o] - others[o]) * 100 for o in mine if o in others}
    other_winner = set(one.winners) != set(other.winners)
    differ = other_winner or any(points >= FAR_APART for points in apart.values())
    return Comparison(
        "differ" if differ else "agree",
        other_winner,
        {str(o): rounded(p.numerator, p.denominator, 1) for o, p in apart.items()},
        max(apart, key=lambda option: apart[option], default=None),
    )


def support(result: Result) -> dict[OptionId, Fraction]:
    """Each option's support between 0 and 1; empty if there is nothing to measure it by.

    yes/no: yes of yes and no · consent: with or without concern, of all · approval, equal shares:
    of all ballots · resistance: acceptance · majority judgment: grades in the upper half ·
    Schulze: won of all pairwise comparisons with a preference · landscape: agreeing of all.
    """
    parts = _PARTS[result.method](result)
    return {o: Fraction(part, whole) for o, (part, whole) in parts.items() if whole}


Parts = dict[OptionId, tuple[int, int]]


def _yes_no(result: Result) -> Parts:
    counts = result.counts or {}
    return {"yes": (counts["yes"], counts["yes"] + counts["no"])}


def _consent(result: Result) -> Parts:
    counts = result.counts or {}
    return {"yes": (counts["consent"] + counts["concern"], sum(counts.values()))}


def _of_ballots(result: Result) -> Parts:
    ballots = result.details["ballots"]
    return {option: (votes, ballots) for option, votes in (result.counts or {}).items()}


def _equal_shares(result: Result) -> Parts:
    details = result.details
    options = [option for rank in result.order for option in rank]
    return {option: (details["votes"][str(option)], details["ballots"]) for option in options}


def _resistance(result: Result) -> Parts:
    details = result.details
    most = HIGHEST * (details["ballots"] - details["blank"])
    return {option: (most - total, most) for option, total in (result.counts or {}).items()}


def _majority_judgment(result: Result) -> Parts:
    details = result.details
    half = details["grades"] // 2
    profiles = {option: details["profile"][str(option)] for option in result.counts or {}}
    return {option: (sum(row[-half:]), sum(row)) for option, row in profiles.items()}


def _schulze(result: Result) -> Parts:
    pairwise = result.pairwise or {}
    return {
        option: (sum(row.values()), sum(row.values()) + sum(pairwise[o][option] for o in row))
        for option, row in pairwise.items()
    }


_PARTS = {
    "yes-no": _yes_no,
    "consent": _consent,
    "approval": _of_ballots,
    "resistance": _resistance,
    "majority-judgment": _majority_judgment,
    "schulze": _schulze,
    "equal-shares": _equal_shares,
    "landscape": _of_ballots,
}


def double_majority(results: Sequence[Result]) -> list[OptionId]:
    """What wins in every chamber, in the first one's order; "no" if a yes is missing somewhere.

    Elsewhere it is empty if no option wins in all.
    """
    if not results:
        return []
    common = [o for o in results[0].winners if all(o in r.winners for r in results[1:])]
    if not common and results[0].method in ("yes-no", "consent"):
        return ["no"]
    return common


def weighted(
    method: Method,
    statistics: Sequence[Statistic],
    weights: Sequence[int],
    options: Sequence[OptionId],
    parameters: Parameters,
) -> Result:
    """One result of several chambers, each normalised to the same size, then weighted.

    The statistics are multiplied by whole numbers and added up, so that nothing is rounded; the
    counts in the result are therefore no numbers of ballots. A chamber without (decisive) ballots
    is left out. Only for methods whose statistic can be added up.
    """
    if method.name not in _SIZES:
        raise Malformed("parameter", f"{method.name} cannot be weighted.", parameter="weights")
    if len(weights) != len(statistics) or not all(type(w) is int and w > 0 for w in weights):
        raise Malformed(
            "parameter",
            "Each chamber needs a weight, a whole number from 1 on.",
            parameter="weights",
        )
    sizes = [_SIZES[method.name](statistic) for statistic in statistics]
    common = lcm(*(size for size in sizes if size))
    total: Statistic = method.statistic((), options, parameters)
    for statistic, size, weight in zip(statistics, sizes, weights, strict=True):
        if size:
            total = _added(total, statistic, weight * common // size)
    return method.tally(total, options, parameters)


_SIZES = {
    "yes-no": lambda statistic: statistic["counts"]["yes"] + statistic["counts"]["no"],
    "approval": lambda statistic: statistic["ballots"],
    "resistance": lambda statistic: statistic["ballots"] - statistic["blank"],
    "majority-judgment": lambda statistic: statistic["ballots"] - statistic["blank"],
    "schulze": lambda statistic: statistic["ballots"] - statistic["blank"],
}
CAN_BE_WEIGHTED = tuple(_SIZES)
_NOT_ADDED = ("options", "harmonic")


def _added(total: Any, part: Any, factor: int) -> Any:
    """Numbers of equal places in two JSON values, the second multiplied."""
    if isinstance(total, Mapping):
        return {
            key: value if key in _NOT_ADDED else _added(value, part[key], factor)
            for key, value in total.items()
        }
    if isinstance(total, list):
        return [_added(one, other, factor) for one, other in zip(total, part, strict=True)]
    return total + factor * part


FEWEST_OBJECTING = 3


def quorum_of_persons(eligible: int) -> int:
    """max(20, 1.5 times the root of the eligible, rounded up), but never more than half of them."""
    return min(max(20, _one_and_a_half_roots(eligible)), eligible // 2)


def _one_and_a_half_roots(number: int) -> int:
    """Rounded up."""
    root = isqrt(9 * number)
    return -(-(root + (root * root < 9 * number)) // 2)


def objecting_organisations(accredited: int) -> int:
    """So many must object to a method: a fifth of the accredited, rounded up, and at least three
    (voting.md, "Choosing the method").
    """
    return max(FEWEST_OBJECTING, -(-accredited // 5))


def objecting_persons(eligible: int) -> int:
    """Or so many people: 1.5 times the root of those who may vote, rounded up."""
    return max(1, _one_and_a_half_roots(eligible))


def quorum_of_organisations(accredited: int) -> int:
    """A third of the accredited, rounded up."""
    return -(-accredited // 3)


def carries(ballots: int, quorum: int) -> bool:
    """Whether a chamber's vote carries a decision, or is only a mood; an empty one never does."""
    return ballots > 0 and ballots >= quorum


def may_stand_alone(voters: int, *, secret: bool) -> bool:
    """Whether a chamber's table may be published."""
    return not secret or voters >= SMALLEST_SECRET


def may_be_published(ballots: Iterable[Content] | Grouped) -> bool:
    """Whether the ballots themselves may be shown: each was cast by at least five people."""
    patterns: Counter[bytes] = Counter()
    for content, count in pairs(ballots):
        patterns[canonical(content)] += count
    return all(count >= SHARED_BY for count in patterns.values())
