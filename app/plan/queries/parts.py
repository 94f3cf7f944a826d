"""What belongs to measures: goals, timeline, contact points, costs, papers, partners."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, or_, select, union
from sqlalchemy.orm import joinedload

from app.core.db import Base, db
from app.core.text.numbers import small_number
from app.plan.models import (
    ContactPoint,
    Cost,
    CouncilPaper,
    FormerName,
    Goal,
    GoalLevel,
    MeasureVersion,
    Milestone,
    Partner,
    PointState,
)
from app.plan.models.indicators import Indicator

T = TypeVar("T", bound=Base)


@dataclass
class Parts:
    """All of one measure in the plan's order; what the plan does not name any more is left out."""

    goals: list[Goal] = field(default_factory=list)
    overarching: list[Goal] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    points: list[ContactPoint] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    papers: list[CouncilPaper] = field(default_factory=list)
    partners: list[Partner] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)

    def points_of(self, milestone: Milestone | None) -> list[ContactPoint]:
        """Those that an entry of the timeline counts; of None, those that none counts."""
        wanted = None if milestone is None else milestone.id
        return [point for point in self.points if point.milestone_id == wanted]

    def active(self, milestone: Milestone) -> int:
        """How many of an entry's contact points are in operation, and what its meetings count."""
        points = self.points_of(milestone)
        open_ = sum(1 for point in points if point.state is PointState.IN_OPERATION)
        return open_ + milestone.counted


def parts_of(measure_id: int, field_ids: Iterable[int] = ()) -> Parts:
    """The parts of a measure (four queries), with the overarching goals of these fields."""
    found = parts([measure_id], goals=False)[measure_id]
    wanted = or_(Goal.measure_id == measure_id, _overarching(field_ids))
    query = select(Goal).where(wanted, Goal.dropped_at.is_(None))
    for goal in db.session.scalars(query.order_by(Goal.position, Goal.id)):
        (found.goals if goal.measure_id == measure_id else found.overarching).append(goal)
    return found


def parts(ids: Iterable[int], *, goals: bool = True) -> dict[int, Parts]:
    """The parts of many measures, in four queries however many there are."""
    wanted = list(ids)
    found = {id: Parts() for id in wanted}
    if goals:
        for goal in _rows(Goal, wanted, Goal.position, Goal.dropped_at.is_(None)):
            found[goal.measure_id or 0].goals.append(goal)
    _add_timelines(found, wanted)
    _add_small(found, wanted)
    return found


def for_a_list(ids: Iterable[int]) -> dict[int, Parts]:
    """Of many measures what a list shows: timelines, contact points, costs (three queries)."""
    wanted = list(ids)
    found = {id: Parts() for id in wanted}
    _add_timelines(found, wanted)
    for cost in _rows(Cost, wanted, Cost.position):
        found[cost.measure_id].costs.append(cost)
    return found


def _add_timelines(found: dict[int, Parts], wanted: list[int]) -> None:
    for entry in _rows(Milestone, wanted, Milestone.position, Milestone.dropped_at.is_(None)):
        found[entry.measure_id].milestones.append(entry)
    for point in _rows(ContactPoint, wanted, ContactPoint.number):
        found[point.measure_id].points.append(point)


def _add_small(found: dict[int, Parts], wanted: list[int]) -> None:
    """Costs, papers, partners and indicators in one query: a row for each place that one has."""
    kinds: Any = (Cost, CouncilPaper, Partner, Indicator)
    places = union(
        *(
            select(kind.measure_id, kind.position).where(kind.measure_id.in_(wanted))
            for kind in kinds
        )
    ).subquery()
    query: Any = select(*kinds).select_from(places)
    for kind in kinds:
        here = and_(kind.measure_id == places.c.measure_id, kind.position == places.c.position)
        query = query.outerjoin(kind, here)
    order = (places.c.measure_id, places.c.position, *(kind.id for kind in kinds))
    seen = set()
    for row in db.session.execute(query.order_by(*order)):
        for one, name in zip(row, ("costs", "papers", "partners", "indicators"), strict=True):
            if one is not None and one not in seen:  # two at one place meet twice
                seen.add(one)
                getattr(found[one.measure_id], name).append(one)


def _rows(model: type[T], ids: list[int], order: Any, *where: ColumnElement[bool]) -> list[T]:
    table: Any = model
    query = select(model).where(table.measure_id.in_(ids), *where).order_by(order, table.id)
    return list(db.session.scalars(query))


def overarching(field_ids: Iterable[int]) -> list[Goal]:
    """The overarching goals of fields of action, field by field in their order."""
    query = (
        select(Goal)
        .where(_overarching(field_ids), Goal.dropped_at.is_(None))
        .order_by(Goal.field_id, Goal.position, Goal.id)
    )
    return list(db.session.scalars(query))


def _overarching(field_ids: Iterable[int]) -> ColumnElement[bool]:
    return and_(Goal.field_id.in_(list(field_ids)), Goal.level == GoalLevel.OVERARCHING)


def former_names(measure_id: int) -> list[FormerName]:
    """Titles that the measure had, the latest first."""
    query = (
        select(FormerName)
        .where(FormerName.measure_id == measure_id)
        .order_by(FormerName.until.desc(), FormerName.id.desc())
    )
    return list(db.session.scalars(query))


VERSIONS = 20


def versions(measure_id: int, *, before: str = "") -> tuple[list[MeasureVersion], str]:
    """Twenty versions with who made them, the newest first, and the key of the next page.

    One more follows where there are older ones, to compare the twentieth with.
    """
    query = (
        select(MeasureVersion)
        .where(MeasureVersion.measure_id == measure_id)
        .options(joinedload(MeasureVersion.by))
        .order_by(MeasureVersion.number.desc())
        .limit(VERSIONS + 1)
    )
    last = small_number(before)
    if last is not None:
        query = query.where(MeasureVersion.number < last)
    found = list(db.session.scalars(query))
    more = len(found) > VERSIONS
    return found, str(found[VERSIONS - 1].number) if more else ""
