"""How other features name a part of the plan."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from app.core.db import db
from app.plan.models import Field, Goal, Measure, Milestone, Plan


class Name(NamedTuple):
    """What others may show of a part of the plan: its words, where it stands, whether still."""

    title: str
    measure_id: int | None = None
    field_id: int | None = None
    plan_key: str = ""
    there: bool = True


def measure_names(ids: Iterable[int]) -> dict[int, Name]:
    """One query, as the following ones."""
    rows = db.session.execute(select(Measure.id, Measure.title).where(Measure.id.in_(list(ids))))
    return {id: Name(title, measure_id=id) for id, title in rows.tuples()}


def plan_names(ids: Iterable[int]) -> dict[int, Name]:
    rows = db.session.execute(select(Plan.id, Plan.title, Plan.key).where(Plan.id.in_(list(ids))))
    return {id: Name(title, plan_key=key) for id, title, key in rows.tuples()}


def field_names(ids: Iterable[int]) -> dict[int, Name]:
    rows = db.session.execute(
        select(Field.id, Field.title, Plan.key)
        .join(Plan, Plan.id == Field.plan_id)
        .where(Field.id.in_(list(ids)))
    )
    return {id: Name(title, field_id=id, plan_key=key) for id, title, key in rows.tuples()}


def goal_names(ids: Iterable[int]) -> dict[int, Name]:
    rows = db.session.execute(
        select(Goal, Plan.key).join(Plan, Plan.id == Goal.plan_id).where(Goal.id.in_(list(ids)))
    )
    return {
        goal.id: Name(goal.text, goal.measure_id, goal.field_id, key, goal.dropped_at is None)
        for goal, key in rows.tuples()
    }


def milestone_names(ids: Iterable[int]) -> dict[int, Name]:
    rows = db.session.scalars(select(Milestone).where(Milestone.id.in_(list(ids))))
    return {
        entry.id: Name(entry.text, entry.measure_id, there=entry.dropped_at is None)
        for entry in rows
    }
