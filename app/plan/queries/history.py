"""What the plan said before: a version of a measure, and measures or the plan as of a moment."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased, joinedload

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


def origins(measure_id: int) -> dict[str, int]:
    """For each paragraph that came into the description because of something: of what.

    One query; it reads only the versions that name a cause, each with the one before it.
    """
    old = aliased(MeasureVersion)
    before = and_(
        old.measure_id == MeasureVersion.measure_id, old.number == MeasureVersion.number - 1
    )
    rows = db.session.execute(
        select(
            MeasureVersion.because_id,
            MeasureVersion.content["description"].as_string(),
            old.content["description"].as_string(),
        )
        .outerjoin(old, before)
        .where(MeasureVersion.measure_id == measure_id, MeasureVersion.because_id.is_not(None))
        .order_by(MeasureVersion.number)
    ).tuples()
    found: dict[str, int] = {}
    for because_id, now, then in rows:
        known = set(paragraphs(then or ""))
        for words in paragraphs(now or ""):
            if words not in known and because_id is not None:
                found[words] = because_id
    return found


def paragraphs(text: str) -> list[str]:
    """A description as answers add to it: an empty line ends a paragraph."""
    return [words.strip() for words in text.split("\n\n") if words.strip()]
