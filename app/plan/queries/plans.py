"""Plans, their fields and their measures."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.core.db import db
from app.plan.models import Field, Measure, Plan


def get_plan(id: int) -> Plan | None:
    return db.session.get(Plan, id, populate_existing=True)


def plan_by_key(key: str) -> Plan | None:
    return db.session.scalar(select(Plan).where(Plan.key == key))


def plans() -> list[Plan]:
    """All plans, the oldest first."""
    return list(db.session.scalars(select(Plan).order_by(Plan.id)))


def fields(plan_id: int) -> list[Field]:
    """The fields of action of a plan, in its order."""
    return list(
        db.session.scalars(
            select(Field).where(Field.plan_id == plan_id).order_by(Field.position, Field.id)
        )
    )


def whole() -> tuple[ORMOption, ...]:
    """What a reader of a measure may touch: plan, unit, predecessor, fields, districts."""
    return (
        joinedload(Measure.plan),
        joinedload(Measure.unit),
        joinedload(Measure.predecessor).joinedload(Measure.plan),
        selectinload(Measure.fields),
        selectinload(Measure.districts),
    )


def measure(id: int) -> Measure | None:
    """A measure, fresh, with plan, unit, fields, districts and what goes on from it: few of each,
    so in one query.
    """
    found = db.session.scalars(
        select(Measure)
        .where(Measure.id == id)
        .options(
            joinedload(Measure.plan),
            joinedload(Measure.unit),
            joinedload(Measure.predecessor).joinedload(Measure.plan),
            joinedload(Measure.successors),
            joinedload(Measure.fields),
            joinedload(Measure.districts),
        )
        .execution_options(populate_existing=True)
    )
    return found.unique().one_or_none()


def measure_by_key(plan_id: int, key: str) -> Measure | None:
    """A measure, with plan, unit, predecessor, fields and districts."""
    return db.session.scalar(
        select(Measure).where(Measure.plan_id == plan_id, Measure.key == key).options(*whole())
    )


def keys(plan_id: int) -> set[str]:
    """The keys of all measures of a plan."""
    return set(db.session.scalars(select(Measure.key).where(Measure.plan_id == plan_id)))


def measures_of(plan_id: int) -> list[Measure]:
    """The measures of a plan by title, with plan, unit, fields and districts."""
    return list(
        db.session.scalars(
            select(Measure)
            .where(Measure.plan_id == plan_id)
            .options(*whole())
            .order_by(Measure.title, Measure.id)
        )
    )
