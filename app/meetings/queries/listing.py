"""Lists of meetings, 20 at a time by key."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select
from sqlalchemy.orm import selectinload

from app.core import clock
from app.core.db import db
from app.core.policy import Actor
from app.core.text.numbers import small_number
from app.meetings.models import Meeting
from app.meetings.queries import in_charge
from app.meetings.states import MeetingKind, MeetingState
from app.plan.models import Measure

PAGE = 20
IN_CALENDAR = timedelta(days=90)
ONLINE = 0
"""In place of a district: what has a link."""


@dataclass(frozen=True)
class Filter:
    """What a reader looks for. `since`, `until`: instants between which it begins."""

    past: bool = False
    kind: MeetingKind | None = None
    district: int | None = None
    language: str = ""
    since: datetime | None = None
    until: datetime | None = None
    measure_id: int | None = None
    dialogue_id: int | None = None


class Listing(NamedTuple):
    items: list[Meeting]
    total: int
    following: str


def listing(wanted: Filter, after: str = "") -> Listing:
    """What was published, the next one first; of the past the last one. Three statements."""
    where = _conditions(wanted)
    total = db.session.scalar(select(func.count(Meeting.id)).where(*where)) or 0
    order = (
        (Meeting.starts_at.desc(), Meeting.id.desc())
        if wanted.past
        else (Meeting.starts_at, Meeting.id)
    )
    query = select(Meeting).options(selectinload(Meeting.words)).where(*where)
    last = small_number(after)
    if last is not None:
        query = query.where(_behind(last, past=wanted.past))
    found = list(db.session.scalars(query.order_by(*order).limit(PAGE + 1)))
    following = str(found[PAGE - 1].id) if len(found) > PAGE else ""
    return Listing(found[:PAGE], total, following)


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [Meeting.published_at.is_not(None)]
    now = clock.now()
    where.append(Meeting.ends_at <= now if wanted.past else Meeting.ends_at > now)
    if wanted.kind is not None:
        where.append(Meeting.kind == wanted.kind)
    if wanted.district == ONLINE:
        where.append(Meeting.online_url != "")
    elif wanted.district is not None:
        where.append(Meeting.district == wanted.district)
    if wanted.language:
        where.append(cast(Meeting.spoken, String).contains(f'"{wanted.language}"', autoescape=True))
    if wanted.since is not None:
        where.append(Meeting.starts_at >= wanted.since)
    if wanted.until is not None:
        where.append(Meeting.starts_at < wanted.until)
    if wanted.measure_id is not None:
        where.append(Meeting.measure_id == wanted.measure_id)
    if wanted.dialogue_id is not None:
        where.append(Meeting.dialogue_id == wanted.dialogue_id)
    return where


def _behind(last: int, *, past: bool) -> ColumnElement[bool]:
    """What stands further down than this one; nothing known of it: everything."""
    at = select(Meeting.starts_at).where(Meeting.id == last).scalar_subquery()
    if past:
        return or_(
            at.is_(None),
            Meeting.starts_at < at,
            and_(Meeting.starts_at == at, Meeting.id < last),
        )
    return or_(
        at.is_(None), Meeting.starts_at > at, and_(Meeting.starts_at == at, Meeting.id > last)
    )


def in_calendar() -> list[Meeting]:
    """For the calendar: what was published and is not long over, cancelled ones too."""
    query = (
        select(Meeting)
        .options(selectinload(Meeting.words))
        .where(
            Meeting.published_at.is_not(None),
            Meeting.ends_at > clock.now() - IN_CALENDAR,
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(500)
    )
    return list(db.session.scalars(query))


def mine(actor: Actor) -> list[Meeting]:
    """What the actor is in charge of and has still to see to: drafts, what comes, what was
    without its attendance.
    """
    to_see_to = or_(
        Meeting.state == MeetingState.DRAFT,
        and_(
            Meeting.state == MeetingState.PUBLISHED,
            or_(Meeting.ends_at > clock.now(), Meeting.attendance_at.is_(None)),
        ),
    )
    query = (
        select(Meeting)
        .options(selectinload(Meeting.words))
        .where(in_charge(actor), to_see_to)
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(PAGE)
    )
    return list(db.session.scalars(query))


def measures_of(actor: Actor) -> list[Measure]:
    """The measures for which the actor can make a meeting, by title."""
    query = (
        select(Measure)
        .where(Measure.unit_id.in_(sorted(actor.places("unit"))))
        .order_by(Measure.title, Measure.id)
        .limit(50)
    )
    return list(db.session.scalars(query))
