"""The reports of a year, readable as one document, twenty at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core import clock
from app.core.db import db
from app.followup.models import FollowUp, Report, ReportState
from app.organisations.models import Unit
from app.plan.models import Field, Measure, MeasureField

PAGE = 20


@dataclass(frozen=True)
class Sieve:
    """What a reader looks for; `overdue` leaves only what is late."""

    field_id: int | None = None
    unit_id: int | None = None
    overdue: bool = False


class Year(NamedTuple):
    """Twenty reports, the key of the next page if any, and how many there are in all."""

    reports: list[Report]
    following: int | None
    total: int


def year(follow_up: FollowUp, wanted: Sieve, after: int | None = None) -> Year:
    """By the titles of the measures; each with its measure, unit and fields (two queries)."""
    where = [Report.round_id == follow_up.round_id, *_conditions(follow_up, wanted)]
    total = (
        select(func.count())
        .select_from(Report)
        .join(Measure, Measure.id == Report.measure_id)
        .where(*where)
        .scalar_subquery()
    )
    query = (
        select(Report, total)
        .join(Measure, Measure.id == Report.measure_id)
        .options(contains_eager(Report.measure).joinedload(Measure.unit))
        .where(*where, *_beyond(after))
        .order_by(Measure.title, Measure.id)
        .limit(PAGE + 1)
    )
    rows = list(db.session.execute(query.options(joinedload(Report.follow_up))).tuples())
    reports = [report for report, _total in rows[:PAGE]]
    following = reports[-1].measure_id if len(rows) > PAGE else None
    return Year(reports, following, rows[0][1] if rows else 0)


def _conditions(follow_up: FollowUp, wanted: Sieve) -> Iterable[ColumnElement[bool]]:
    if wanted.field_id is not None:
        yield exists().where(
            MeasureField.measure_id == Measure.id, MeasureField.field_id == wanted.field_id
        )
    if wanted.unit_id is not None:
        yield Measure.unit_id == wanted.unit_id
    if wanted.overdue:
        yield Report.state == ReportState.OWED if follow_up.due_on < clock.today() else false()


def _beyond(after: int | None) -> Iterable[ColumnElement[bool]]:
    """What stands behind this measure; an unknown one is the first page."""
    measure_id = after or 0
    title = db.session.scalar(select(Measure.title).where(Measure.id == measure_id))
    if title is not None:
        yield or_(Measure.title > title, and_(Measure.title == title, Measure.id > measure_id))


def fields_in(plan_id: int) -> list[Field]:
    """The fields of action of the plan, in its order."""
    query = select(Field).where(Field.plan_id == plan_id).order_by(Field.position, Field.id)
    return list(db.session.scalars(query))


def units_in(round_id: int) -> list[Unit]:
    """The units that report, by name."""
    here = exists().where(
        Measure.unit_id == Unit.id, Report.measure_id == Measure.id, Report.round_id == round_id
    )
    return list(db.session.scalars(select(Unit).where(here).order_by(Unit.name, Unit.id)))
