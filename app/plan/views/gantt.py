"""The timelines of several measures as one picture."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from app.core import clock
from app.plan.models import Measure, Milestone, Qualifier
from app.plan.queries import Parts, is_met, is_overdue
from app.plan.queries.timeline import last_day

# Units of the picture: as wide as the narrowest phone.
WIDTH, ROW, TOP, EDGE = 320, 26, 22, 10


class Entry(NamedTuple):
    """An entry with the measure it belongs to, as the table under the picture shows it."""

    number: int
    measure: Measure
    milestone: Milestone
    met: bool
    overdue: bool


class Mark(NamedTuple):
    x: int
    y: int
    kind: str  # met, late, to-come


class Bar(NamedTuple):
    number: int
    y: int
    x: int
    width: int


class Gantt(NamedTuple):
    """A row for each measure that has a date; all positions run the way the language does."""

    height: int
    years: list[tuple[int, int]]  # where it begins, which
    bars: list[Bar]
    marks: list[Mark]
    today: int | None
    entries: list[Entry]


def gantt(measures: Iterable[Measure], parts: dict[int, Parts], *, mirrored: bool) -> Gantt | None:
    """None where nothing has a date."""
    entries = _entries(measures, parts)
    days = [day for entry in entries if (day := _day(entry.milestone)) is not None]
    if not days:
        return None
    first, end = date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)

    def x(day: date) -> int:
        share = (day - first).days / (end - first).days
        at = EDGE + round(share * (WIDTH - 2 * EDGE))
        return WIDTH - at if mirrored else at

    numbers = sorted({entry.number for entry in entries if _day(entry.milestone) is not None})
    rows = {number: TOP + index * ROW for index, number in enumerate(numbers)}
    bars, marks = [], []
    for number, y in rows.items():
        dated = [e for e in entries if e.number == number and _day(e.milestone) is not None]
        places = [x(_day(e.milestone) or first) for e in dated]
        bars.append(Bar(number, y, min(places), max(places) - min(places)))
        marks += [Mark(at, y, _kind(entry)) for at, entry in zip(places, dated, strict=True)]
    today = clock.today()
    step = max(1, (end.year - first.year) // 6)
    return Gantt(
        height=TOP + len(rows) * ROW,
        years=[(x(date(year, 1, 1)), year) for year in range(first.year, end.year, step)],
        bars=bars,
        marks=marks,
        today=x(today) if first <= today < end else None,
        entries=entries,
    )


def _entries(measures: Iterable[Measure], parts: dict[int, Parts]) -> list[Entry]:
    """Numbered by their measures."""
    return [
        Entry(
            number,
            measure,
            milestone,
            is_met(milestone, parts[measure.id]),
            is_overdue(milestone, measure, parts[measure.id]),
        )
        for number, measure in enumerate(measures, 1)
        for milestone in parts[measure.id].milestones
    ]


def _day(entry: Milestone) -> date | None:
    """Where it stands in the picture: what begins at its first day, all else at its last."""
    return entry.on if entry.qualifier is Qualifier.FROM else last_day(entry)


def _kind(entry: Entry) -> str:
    return "late" if entry.overdue else "met" if entry.met else "to-come"
