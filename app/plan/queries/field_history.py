"""Fields of action, and what they said before."""

from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.text.numbers import small_number
from app.plan.models import Field, FieldVersion, Measure, MeasureField

PAGE = 20
_LARGEST = 2**31 - 1


def get(id: int) -> Field | None:
    """A field with its plan, fresh."""
    return db.session.scalar(
        select(Field)
        .options(joinedload(Field.plan))
        .where(Field.id == id)
        .execution_options(populate_existing=True)
    )


def units_of(field_id: int) -> set[int]:
    """The units that are responsible for measures of the field."""
    query = (
        select(Measure.unit_id)
        .join(MeasureField, MeasureField.measure_id == Measure.id)
        .where(MeasureField.field_id == field_id, Measure.unit_id.is_not(None))
    )
    return {id for id in db.session.scalars(query.distinct()) if id is not None}


def version(field_id: int, number: int) -> FieldVersion | None:
    """With who made it."""
    return db.session.scalar(
        select(FieldVersion)
        .options(joinedload(FieldVersion.by))
        .where(FieldVersion.field_id == field_id, FieldVersion.number == min(number, _LARGEST))
    )


def versions(field_id: int, *, before: str = "") -> tuple[list[FieldVersion], str]:
    """Twenty with who made them, the newest first, and the key of the next page."""
    query = (
        select(FieldVersion)
        .options(joinedload(FieldVersion.by))
        .where(FieldVersion.field_id == field_id)
        .order_by(FieldVersion.number.desc())
        .limit(PAGE + 1)
    )
    last = small_number(before)
    if last is not None:
        query = query.where(FieldVersion.number < last)
    found = list(db.session.scalars(query))
    return found[:PAGE], str(found[PAGE - 1].number) if len(found) > PAGE else ""


def number_before(field_id: int, moment: datetime) -> int | None:
    """The version that was shown just before that moment; None where there was none yet."""
    return db.session.scalar(
        select(func.max(FieldVersion.number)).where(
            FieldVersion.field_id == field_id, FieldVersion.at < moment
        )
    )


def fields_before(plan_id: int, moment: datetime) -> list[FieldVersion]:
    """The fields of a plan as they were shown just before that moment, in its order; one query."""
    newest = (
        select(FieldVersion.field_id, func.max(FieldVersion.number).label("number"))
        .join(Field, Field.id == FieldVersion.field_id)
        .where(Field.plan_id == plan_id, FieldVersion.at < moment)
        .group_by(FieldVersion.field_id)
        .subquery()
    )
    then = and_(FieldVersion.field_id == newest.c.field_id, FieldVersion.number == newest.c.number)
    return list(
        db.session.scalars(
            select(FieldVersion)
            .join(newest, then)
            .join(Field, Field.id == FieldVersion.field_id)
            .order_by(Field.position, Field.id)
        )
    )
