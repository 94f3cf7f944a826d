"""What a plan still lacks, for those who write it; and what its table can be filtered by."""

from typing import NamedTuple

from sqlalchemy import exists, select

from app.core.db import db
from app.organisations.models import Unit
from app.plan.models import Field, Goal, GoalLevel, Measure, MeasureField

MOST = 20


class Gaps(NamedTuple):
    """Twenty of each at most."""

    goals: list[Goal]  # overarching ones to whose field no measure belongs
    measures: list[Measure]  # those without any goal: neither of their own nor of a field


def gaps(plan_id: int) -> Gaps:
    """Two queries."""
    served = exists().where(MeasureField.field_id == Goal.field_id)
    goals = (
        select(Goal)
        .join(Field, Field.id == Goal.field_id)
        .where(
            Goal.plan_id == plan_id,
            Goal.level == GoalLevel.OVERARCHING,
            Goal.dropped_at.is_(None),
            ~served,
        )
        .order_by(Field.position, Goal.position, Goal.id)
        .limit(MOST)
    )
    own = exists().where(Goal.measure_id == Measure.id, Goal.dropped_at.is_(None))
    of_field = exists().where(
        MeasureField.measure_id == Measure.id,
        Goal.field_id == MeasureField.field_id,
        Goal.dropped_at.is_(None),
    )
    measures = (
        select(Measure)
        .where(Measure.plan_id == plan_id, ~own, ~of_field)
        .order_by(Measure.title, Measure.id)
        .limit(MOST)
    )
    return Gaps(list(db.session.scalars(goals)), list(db.session.scalars(measures)))


def units_in(plan_id: int) -> list[Unit]:
    """The units that are responsible for a measure, by name."""
    here = exists().where(Measure.unit_id == Unit.id, Measure.plan_id == plan_id)
    return list(db.session.scalars(select(Unit).where(here).order_by(Unit.name, Unit.id)))


def years_in(plan_id: int) -> list[int]:
    """The years for which a measure has goals, the latest first."""
    query = (
        select(Goal.year)
        .where(Goal.plan_id == plan_id, Goal.year.is_not(None), Goal.dropped_at.is_(None))
        .distinct()
        .order_by(Goal.year.desc())
    )
    return [year for year in db.session.scalars(query) if year is not None]
