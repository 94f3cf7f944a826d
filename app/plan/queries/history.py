"""What the plan said before: a version of a measure, and measures or the plan as of a moment."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import db
from app.plan.models import Measure, MeasureVersion

PAGE = 20
_LARGEST = 2**31 - 1


def version(measure_id: int, number: int) -> MeasureVersion | None:
    """With who made it."""
    return db.session.scalar(
        select(MeasureVersion)
        .options(joinedload(MeasureVersion.by))
        .where(
            MeasureVersion.measure_id == measure_id, MeasureVersion.number == min(number, _LARGEST)
        )
    )


def until(measure_id: int, number: int) -> datetime:
    """When the version after it came, or now: until then it was what everybody read."""
    next_one = db.session.scalar(
        select(MeasureVersion.at).where(
            MeasureVersion.measure_id == measure_id, MeasureVersion.number == number + 1
        )
    )
    return next_one if next_one is not None else clock.now()


def end_of(day: date) -> datetime:
    """The instant at which the day is over in the city."""
    return clock.from_local(datetime.combine(day + timedelta(days=1), time()))


def number_before(measure_id: int, moment: datetime) -> int | None:
    """The version that was shown just before that moment; None where there was none yet."""
    return db.session.scalar(
        select(func.max(MeasureVersion.number)).where(
            MeasureVersion.measure_id == measure_id, MeasureVersion.at < moment
        )
    )


class Then(NamedTuple):
    """Twenty measures as they were, the key of the next page if any, and how many in all."""

    versions: list[MeasureVersion]
    following: int | None
    total: int


def plan_before(plan_id: int, moment: datetime, after: int = 0) -> Then:
    """The measures of a plan as they were shown just before that moment, in one query."""
    newest = (
        select(MeasureVersion.measure_id, func.max(MeasureVersion.number).label("number"))
        .join(Measure, Measure.id == MeasureVersion.measure_id)
        .where(Measure.plan_id == plan_id, MeasureVersion.at < moment)
        .group_by(MeasureVersion.measure_id)
        .subquery()
    )
    total = select(func.count()).select_from(newest).scalar_subquery()
    then = and_(
        MeasureVersion.measure_id == newest.c.measure_id,
        MeasureVersion.number == newest.c.number,
    )
    rows = db.session.execute(
        select(MeasureVersion, total)
        .join(newest, then)
        .where(MeasureVersion.measure_id > min(after, _LARGEST))
        .order_by(MeasureVersion.measure_id)
        .limit(PAGE + 1)
    ).tuples()
    found = list(rows)
    versions = [one for one, _total in found[:PAGE]]
    following = versions[-1].measure_id if len(found) > PAGE else None
    return Then(versions, following, found[0][1] if found else 0)
