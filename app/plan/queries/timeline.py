"""What the dates of a timeline mean: when an entry ends, what is late, what cannot be."""

from calendar import monthrange
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from app.core import clock
from app.plan.models import (
    Measure,
    MeasureState,
    Milestone,
    MilestoneState,
    Precision,
    Qualifier,
)
from app.plan.queries.parts import Parts


class Clash(NamedTuple):
    """An entry that is to end by the time at which the one before it only begins."""

    begins: Milestone
    ends: Milestone


def last_day(entry: Milestone) -> date | None:
    """The last day of what the entry's date names."""
    return None if entry.on is None else end_of(entry.on, entry.precision or Precision.DAY)


def end_of(on: date, precision: Precision) -> date:
    """The last day of what a date names: of 2017 the 31st of December."""
    if precision is Precision.DAY:
        return on
    month = 12 if precision is Precision.YEAR else on.month
    return date(on.year, month, monthrange(on.year, month)[1])


def is_met(entry: Milestone, parts: Parts) -> bool:
    """Done, or with as many contact points in operation as it is to have."""
    if entry.state is MilestoneState.DONE:
        return True
    return entry.target_least is not None and parts.active(entry) >= entry.target_least


def is_overdue(entry: Milestone, measure: Measure, parts: Parts) -> bool:
    """By itself, once its time has passed; never in a measure that is completed."""
    end = last_day(entry) if entry.qualifier in (Qualifier.UNTIL, Qualifier.ON) else None
    late = end is not None and end < clock.today()
    return late and measure.state is not MeasureState.COMPLETED and not is_met(entry, parts)


def clashes(entries: list[Milestone]) -> list[Clash]:
    """Neighbours of which the second ends when, or before, the first has begun."""
    found = []
    for first, second in pairwise(entries):
        if (first.qualifier, second.qualifier) != (Qualifier.FROM, Qualifier.UNTIL):
            continue
        begin, end = last_day(first), last_day(second)
        if begin is not None and end is not None and end <= begin:
            found.append(Clash(first, second))
    return found
