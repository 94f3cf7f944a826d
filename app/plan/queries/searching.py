"""What search may find of the plan: all of it is public."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, null, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.search.sources import WRITTEN_IN
from app.plan.models import (
    ContactPoint,
    Field,
    FormerName,
    Goal,
    Measure,
    Milestone,
    Partner,
    Plan,
)


def plans() -> Select[Any]:
    return select(Plan.id, null(), literal(WRITTEN_IN), Plan.title, Plan.summary)


def fields() -> Select[Any]:
    """Fields of action with their overarching goals."""
    goals = _listed(Goal.text, Goal.field_id == Field.id, Goal.dropped_at.is_(None), by=Goal.id)
    return select(Field.id, Field.plan_id, literal(WRITTEN_IN), Field.title, goals)


def measures() -> Select[Any]:
    """With all that stands on the page: former names, goals, timeline, contact points, partners."""
    point = ContactPoint.measure_id == Measure.id
    points = (
        _listed(column, point, by=ContactPoint.id)
        for column in (
            ContactPoint.name,
            ContactPoint.street,
            ContactPoint.service,
            ContactPoint.target_group,
        )
    )
    entry = (Milestone.measure_id == Measure.id, Milestone.dropped_at.is_(None))
    return select(
        Measure.id,
        null(),
        Measure.language,
        Measure.title,
        Measure.description,
        _listed(Goal.text, Goal.measure_id == Measure.id, Goal.dropped_at.is_(None), by=Goal.id),
        _listed(Milestone.text, *entry, by=Milestone.id),
        *points,
        _listed(Partner.name, Partner.measure_id == Measure.id, by=Partner.id),
        Measure.council_involvement,
        Measure.public_participation,
        _listed(FormerName.title, FormerName.measure_id == Measure.id, by=FormerName.id),
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


def keys_of_plan(plan_id: int) -> dict[str, Select[tuple[int]]]:
    """By kind, everything in it."""
    return {
        "field": select(Field.id).where(Field.plan_id == plan_id),
        "measure": select(Measure.id).where(Measure.plan_id == plan_id),
    }
