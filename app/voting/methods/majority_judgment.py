"""Majority judgment: worded grades, the highest lower median wins.

Ballot `{"grades": {id: 0…grades-1}}`, 0 the worst; an option that is left out, or a blank ballot,
is no opinion and not counted. Parameter `grades`: how many there are (default 6).

Options are compared by their lower median. If it is equal, one median grade is removed from each,
and so on; with equal profiles options share a rank. An option that runs out of grades first is
behind. Without any grade an option is last and never a winner.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cmp_to_key
from typing import Any, NamedTuple

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
    the_object,
    whole,
)

GRADES = 6


class MajorityJudgment:
    name = "majority-judgment"

    def check(self, content: object, options: Sequence[OptionId], parameters: Parameters) -> None:
        _read(content, options, _grades(parameters))

    def statistic(
        self,
        contents: Iterable[Content] | Grouped,
        options: Sequence[OptionId],
        parameters: Parameters,
    ) -> Statistic:
        """Per option a histogram: how many ballots gave the worst grade, …, the best."""
        grades = _grades(parameters)
        blank = ballots = 0
        counts = {option: [0] * grades for option in options}
        for content, count in pairs(contents):
            given = _read(content, options, grades)
            ballots += count
            if not given:
                blank += count
            for option, grade in given.items():
                counts[option][grade] += count
        histograms = {str(option): row for option, row in counts.items()}
        return {"ballots": ballots, "blank": blank, "histograms": histograms}

    def tally(
        self, statistic: Statistic, options: Sequence[OptionId], parameters: Parameters
    ) -> Result:
        histograms = {option: statistic["histograms"][str(option)] for option in options}
        medians = {option: median(row) for option, row in histograms.items()}
        better = cmp_to_key(compare)
        order = ranks(options, {option: better(row) for option, row in histograms.items()})
        winners = [option for option in order[0] if medians[option] is not None] if order else []
        details: dict[str, Any] = {
            "ballots": statistic["ballots"],
            "blank": statistic["blank"],
            "grades": _grades(parameters),
            "median": {str(option): medians[option] for option in options},
            "profile": {str(option): histograms[option] for option in options},
        }
        counts = {option: sum(row) for option, row in histograms.items()}
        return Result(self.name, winners, order, counts=counts, details=details)


def _grades(parameters: Parameters) -> int:
    return whole(parameters, "grades", GRADES, lowest=2)


def _read(content: object, options: Sequence[OptionId], grades: int) -> dict[OptionId, int]:
    return by_option(the_object(content, "grades").get("grades"), options, 0, grades - 1)


def median(histogram: Sequence[int]) -> int | None:
    """The lower median grade; None without grades."""
    half = (sum(histogram) + 1) // 2
    seen = 0
    for grade, count in enumerate(histogram):
        seen += count
        if half and seen >= half:
            return grade
    return None


def compare(one: Sequence[int], other: Sequence[int]) -> int:
    """Above 0 if the first profile is better, below 0 if worse, 0 if the profiles are equal."""
    mine, others = list(_removals(one)), list(_removals(other))
    while mine and others:
        first, second = mine.pop(0), others.pop(0)
        length = min(first.length, second.length)
        if first.grade != second.grade:
            return first.grade - second.grade
        if length > 1 and first.next != second.next:
            return first.next - second.next
        for removals, whole_of_it in ((mine, first), (others, second)):
            if rest := whole_of_it.after(length):
                removals.insert(0, rest)
    return len(mine) - len(others)


class Removals(NamedTuple):
    """Median grades removed one after the other: `grade`, `next`, `grade`, … (often the same)."""

    grade: int
    next: int
    length: int

    def after(self, length: int) -> "Removals | None":
        if length == self.length:
            return None
        turned = (self.next, self.grade) if length % 2 else (self.grade, self.next)
        return Removals(*turned, self.length - length)


def _removals(histogram: Sequence[int]) -> Iterator[Removals]:
    """All removals of a profile, until nothing is left: few rows, however many ballots."""
    left = list(histogram)
    while (grade := median(left)) is not None:
        above = next((g for g in range(grade + 1, len(left)) if left[g]), None)
        voters = sum(left)
        at_the_top = (voters + 1) // 2 == sum(left[: grade + 1])
        if above is not None and voters % 2 == 0 and at_the_top:
            # The middle lies between two grades: they are removed in turn until one is used up.
            turns = min(left[grade], left[above])
            left[grade] -= turns
            left[above] -= turns
            yield Removals(grade, above, 2 * turns)
        else:
            times = _times(left, grade)
            left[grade] -= times
            yield Removals(grade, grade, times)


def _times(histogram: Sequence[int], grade: int) -> int:
    """How often in a row this grade, now the lower median, can be removed before another is it.

    After k removals the median has the place (voters - k + 1) // 2 from below. It is this grade
    while that place is above `below` and not above `below + own - k`.
    """
    below, own, above = sum(histogram[:grade]), histogram[grade], sum(histogram[grade + 1 :])
    return min(own, own + above - below, own + below - above + 1)
