"""What waits for a second person, and what became of it."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.organisations.models import Mandate, Organisation, Release
from app.organisations.queries import SPEAKERS
from app.organisations.states import ReleaseState

PAGE = 20


def get(id: int) -> Release | None:
    """With organisation and people; fresh."""
    options = [
        joinedload(Release.organisation),
        joinedload(Release.prepared_by),
        joinedload(Release.decided_by),
    ]
    return db.session.get(Release, id, options=options, populate_existing=True)


def wants_second(organisation_id: int) -> bool:
    wanted = select(Organisation.four_eyes).where(Organisation.id == organisation_id)
    return bool(db.session.scalar(wanted))


def waiting_twin(organisation_id: int, fingerprint: str) -> Release | None:
    """The same form, waiting already."""
    return db.session.scalar(
        select(Release).where(
            _waiting(organisation_id),
            Release.fingerprint == fingerprint,
        )
    )


def _waiting(organisation_id: int) -> ColumnElement[bool]:
    return (Release.organisation_id == organisation_id) & (Release.state == ReleaseState.WAITING)


def waiting(organisation_id: int, most: int = 100) -> list[Release]:
    """What waits, the oldest first, with who prepared it."""
    query = (
        select(Release)
        .options(joinedload(Release.prepared_by))
        .where(_waiting(organisation_id))
        .order_by(Release.id)
        .limit(most)
    )
    return list(db.session.scalars(query))


class Decided(NamedTuple):
    """Twenty that wait no more, the newest first; the key of the next page (none: the last)."""

    releases: list[Release]
    after: int | None


def decided(organisation_id: int, after: int | None = None) -> Decided:
    query = (
        select(Release)
        .options(joinedload(Release.prepared_by), joinedload(Release.decided_by))
        .where(Release.organisation_id == organisation_id, Release.state != ReleaseState.WAITING)
        .order_by(Release.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(Release.id < after)
    found = list(db.session.scalars(query))
    return Decided(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def count_speakers(organisation_id: int, *, but: int | None) -> int:
    """How many others speak for it today."""
    query = select(func.count(Mandate.person_id.distinct())).where(
        Mandate.organisation_id == organisation_id,
        Mandate.role.in_(SPEAKERS),
        Mandate.in_force(),
        Mandate.person_id != but,
    )
    return db.session.scalar(query) or 0
