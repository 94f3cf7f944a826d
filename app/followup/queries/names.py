"""How other features name a report."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from app.core.db import db
from app.followup.models import FollowUp, Report, ReportState
from app.plan.models import Measure


class Name(NamedTuple):
    """Of which measure and year it is, and whether everybody reads it."""

    title: str
    year: int
    published: bool


def of(ids: Iterable[int]) -> dict[int, Name]:
    """One query."""
    rows = db.session.execute(
        select(Report.id, Measure.title, FollowUp.year, Report.state)
        .join(Measure, Measure.id == Report.measure_id)
        .join(FollowUp, FollowUp.round_id == Report.round_id)
        .where(Report.id.in_(list(ids)))
    ).tuples()
    return {
        id: Name(title, year, state is ReportState.PUBLISHED) for id, title, year, state in rows
    }
