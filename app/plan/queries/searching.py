"""What search may find of the plan: all of it is public."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, null, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.search.sources import WRITTEN_IN
from app.plan.models import ContactPoint, Field, FormerName, Goal, Measure, Milestone, Plan


def plans() -> Select[Any]:
    return select(Plan.id, null(), literal(WRITTEN_IN), Plan.title, Plan.summary)


def fields() -> Select[Any]:
    """Fields of action with their overarching goals."""
    goals = _listed(Goal.text, Goal.field_id == Field.id, Goal.dropped_at.is_(None), by=Goal.id)
    return select(Field.id, null(), literal(WRITTEN_IN), Field.title, goals)


def measures() -> Select[Any]:
    """With the names they had before and their contact points."""
    former = _listed(FormerName.title, FormerName.measure_id == Measure.id, by=FormerName.id)
    here = ContactPoint.measure_id == Measure.id
    points = (
        _listed(column, here, by=ContactPoint.id)
        for column in (ContactPoint.name, ContactPoint.street, ContactPoint.service)
    )
    return select(
        Measure.id,
        null(),
        Measure.language,
        Measure.title,
        Measure.description,
        Measure.council_involvement,
        Measure.public_participation,
        former,
        *points,
    )


def goals() -> Select[Any]:
    """Those of measures, on whose pages they stand."""
    return (
        select(Goal.id, Goal.measure_id, Measure.language, Goal.text)
        .join(Measure, Measure.id == Goal.measure_id)
        .where(Goal.dropped_at.is_(None))
    )


def milestones() -> Select[Any]:
    return (
        select(Milestone.id, Milestone.measure_id, Measure.language, Milestone.text)
        .join(Measure, Measure.id == Milestone.measure_id)
        .where(Milestone.dropped_at.is_(None))
    )


def _listed(
    column: InstrumentedAttribute[str], *where: ColumnElement[bool], by: InstrumentedAttribute[int]
) -> Any:
    """The texts of several rows, one below the other."""
    rows = (
        select(column.label("words"))
        .where(*where)
        .order_by(by)
        .correlate(Measure, Field)
        .subquery()
    )
    return select(func.aggregate_strings(rows.c.words, "\n")).scalar_subquery()


def keys_of_measure(measure_id: int) -> dict[str, Select[tuple[int]]]:
    """By kind, what stands on its page."""
    return {
        "goal": select(Goal.id).where(Goal.measure_id == measure_id),
        "milestone": select(Milestone.id).where(Milestone.measure_id == measure_id),
    }


def keys_of_plan(plan_id: int) -> dict[str, Select[tuple[int]]]:
    """By kind, everything in it."""
    inside = select(Measure.id).where(Measure.plan_id == plan_id)
    return {
        "field": select(Field.id).where(Field.plan_id == plan_id),
        "measure": inside,
        "goal": select(Goal.id).where(Goal.measure_id.in_(inside)),
        "milestone": select(Milestone.id).where(Milestone.measure_id.in_(inside)),
    }
