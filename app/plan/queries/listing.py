"""The plan as a list that can be read and searched, 20 measures at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.core.db import db
from app.core.search import asking
from app.core.text.numbers import small_number
from app.plan.models import (
    Field,
    Goal,
    GoalLevel,
    Measure,
    MeasureDistrict,
    MeasureField,
    MeasureState,
)

PAGE = 20
_LAST = 10_000  # where measures without a field stand


@dataclass(frozen=True)
class Filter:
    """What a reader looks for. A district also finds what is for the whole city.

    `goal_id` is an overarching goal: it finds what its field of action has. `year` finds what has
    goals for that year.
    """

    q: str = ""
    field_id: int | None = None
    district: int | None = None
    state: MeasureState | None = None
    unit_id: int | None = None
    goal_id: int | None = None
    year: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is looked for."""
        return self != Filter()

    @property
    def sifts(self) -> bool:
        """Whether it leaves out measures of a field."""
        return self != Filter(field_id=self.field_id)

    @property
    def filters(self) -> bool:
        """Whether anything but words is."""
        return self != Filter(q=self.q)


class Listing(NamedTuple):
    """Twenty measures, the key of the next page if any, and how many there are in all."""

    measures: list[Measure]
    following: str
    total: int


class FieldGoals(NamedTuple):
    """A field of action with its overarching goals."""

    field: Field
    goals: list[Goal]


def fields_with_goals(plan_id: int) -> list[FieldGoals]:
    """The fields of a plan, in its order (one query)."""
    here = and_(
        Goal.field_id == Field.id,
        Goal.level == GoalLevel.OVERARCHING,
        Goal.dropped_at.is_(None),
    )
    rows = db.session.execute(
        select(Field, Goal)
        .outerjoin(Goal, here)
        .where(Field.plan_id == plan_id)
        .order_by(Field.position, Field.id, Goal.position, Goal.id)
    )
    found: dict[int, FieldGoals] = {}
    for field, goal in rows.tuples():
        entry = found.setdefault(field.id, FieldGoals(field, []))
        if goal is not None:
            entry.goals.append(goal)
    return list(found.values())


def listing(plan_id: int, wanted: Filter, after: str = "") -> Listing:
    """By the first field of action, then by title; one query however many there are."""
    where = [Measure.plan_id == plan_id, *conditions(wanted)]
    total = select(func.count()).select_from(Measure).where(*where).scalar_subquery()
    query = (
        select(Measure, total)
        .where(*where, *_beyond(after))
        .options(  # wrapped by the LIMIT
            joinedload(Measure.fields), joinedload(Measure.districts), joinedload(Measure.unit)
        )
        .order_by(_place(), Measure.title, Measure.id)
        .limit(PAGE + 1)
    )
    rows = list(db.session.execute(query).unique().tuples())
    measures = [measure for measure, _total in rows[:PAGE]]
    following = str(measures[-1].id) if len(rows) > PAGE else ""
    return Listing(measures, following, rows[0][1] if rows else 0)


def conditions(wanted: Filter) -> Iterable[ColumnElement[bool]]:
    """What a measure must be like."""
    yield from asking.conditions(Measure.__table__.c.id, "measure", wanted.q)
    if wanted.state is not None:
        yield Measure.state == wanted.state
    if wanted.field_id is not None:
        yield exists().where(
            MeasureField.measure_id == Measure.id, MeasureField.field_id == wanted.field_id
        )
    if wanted.unit_id is not None:
        yield Measure.unit_id == wanted.unit_id
    if wanted.goal_id is not None:
        yield exists().where(
            Goal.id == wanted.goal_id,
            MeasureField.field_id == Goal.field_id,
            MeasureField.measure_id == Measure.id,
        )
    if wanted.year is not None:
        yield exists().where(
            Goal.measure_id == Measure.id, Goal.year == wanted.year, Goal.dropped_at.is_(None)
        )
    if wanted.district is not None:
        here = exists().where(
            MeasureDistrict.measure_id == Measure.id, MeasureDistrict.district == wanted.district
        )
        yield or_(Measure.city_wide, here)


def _place(of: type[Measure] = Measure) -> ColumnElement[int]:
    """The position of the first of a measure's fields."""
    first = (
        select(func.min(Field.position))
        .join(MeasureField, MeasureField.field_id == Field.id)
        .where(MeasureField.measure_id == of.id)
        .correlate(of)
        .scalar_subquery()
    )
    return func.coalesce(first, literal(_LAST))


def _beyond(after: str) -> list[ColumnElement[bool]]:
    """What stands behind the measure with this id; garbage is the first page."""
    last_id = small_number(after)
    if last_id is None:
        return []
    last = aliased(Measure)
    one = select(_place(last)).where(last.id == last_id).scalar_subquery()
    name = select(last.title).where(last.id == last_id).scalar_subquery()
    here, place, title = _place(), func.coalesce(one, -1), func.coalesce(name, "")
    return [
        or_(
            here > place,
            and_(here == place, Measure.title > title),
            and_(here == place, Measure.title == title, Measure.id > int(after)),
        )
    ]
