"""Who signed up: read by those in charge, and each one's own by whoever has it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from app.core import clock, links
from app.core.db import db
from app.meetings.models import Meeting, Seat
from app.meetings.states import HOLDING, Counts, MeetingState, SeatState

LINK = "seat"


def by_token(token: str) -> Seat | None:
    """The place behind a private link, with its meeting."""
    id = links.number(token)
    found = None if id is None else _seat(id)
    if found is None or not links.fits(token, LINK, found.id, found.secret):
        return None
    return found


def token_of(seat: Seat) -> str:
    return links.token(LINK, seat.id, seat.secret)


def get(id: int) -> Seat | None:
    return _seat(id)


def _seat(id: int) -> Seat | None:
    options = [
        joinedload(Seat.meeting).selectinload(Meeting.words),
        joinedload(Seat.meeting).joinedload(Meeting.measure),
        joinedload(Seat.person),
    ]
    return db.session.get(Seat, id, options=options, populate_existing=True)


def of_person(meeting_id: int, person_id: int | None) -> Seat | None:
    """What the person holds of a meeting, if anything; a stranger nothing, without asking."""
    if person_id is None:
        return None
    return db.session.scalar(
        select(Seat).where(
            Seat.meeting_id == meeting_id, Seat.person_id == person_id, Seat.state.in_(HOLDING)
        )
    )


def of_email(meeting_id: int, email: str) -> Seat | None:
    """What an address holds of a meeting."""
    return db.session.scalar(
        select(Seat).where(
            Seat.meeting_id == meeting_id, Seat.email == email, Seat.state.in_(HOLDING)
        )
    )


def mine(person_id: int) -> list[Seat]:
    """What the person has signed up for and is still to come."""
    query = (
        select(Seat)
        .join(Seat.meeting)
        .options(joinedload(Seat.meeting).selectinload(Meeting.words))
        .where(
            Seat.person_id == person_id,
            Seat.state.in_(HOLDING),
            Meeting.ends_at > clock.now(),
        )
        .order_by(Meeting.starts_at, Seat.id)
        .limit(20)
    )
    return list(db.session.scalars(query))


def confirmed(meeting_id: int) -> list[Seat]:
    """Who has a place for sure, then who waits, each in the order of signing up."""
    query = (
        select(Seat)
        .where(
            Seat.meeting_id == meeting_id,
            Seat.state.in_(HOLDING),
            Seat.confirmed_at.is_not(None),
        )
        .order_by(case((Seat.state == SeatState.PLACE, 0), else_=1), Seat.id)
    )
    return list(db.session.scalars(query))


def next_in_line(meeting_id: int) -> Seat | None:
    """Who has waited longest among those whose address is confirmed."""
    return db.session.scalar(
        select(Seat)
        .where(
            Seat.meeting_id == meeting_id,
            Seat.state == SeatState.WAITING,
            Seat.confirmed_at.is_not(None),
        )
        .order_by(Seat.id)
        .limit(1)
    )


def overdue(meeting_id: int) -> list[Seat]:
    """Kept longer than was said, and still not confirmed."""
    query = select(Seat).where(
        Seat.meeting_id == meeting_id,
        Seat.state.in_(HOLDING),
        Seat.confirmed_at.is_(None),
        Seat.expires_at <= clock.now(),
    )
    return list(db.session.scalars(query.order_by(Seat.id)))


def meetings_with_overdue() -> list[int]:
    """In which meetings something lapses now."""
    query = (
        select(Seat.meeting_id)
        .where(
            Seat.state.in_(HOLDING),
            Seat.confirmed_at.is_(None),
            Seat.expires_at <= clock.now(),
        )
        .distinct()
        .order_by(Seat.meeting_id)
    )
    return list(db.session.scalars(query))


def meetings_to_forget(before: datetime) -> list[int]:
    """Meetings that ended before then, and of which names or addresses are still kept."""
    kept = select(Seat.id).where(Seat.meeting_id == Meeting.id, Seat.forgotten_at.is_(None))
    query = select(Meeting.id).where(Meeting.ends_at < before, kept.exists()).order_by(Meeting.id)
    return list(db.session.scalars(query))


def attended(meeting_id: int) -> int:
    """Of those who had signed up, how many were there."""
    query = select(func.count()).where(Seat.meeting_id == meeting_id, Seat.attended.is_(True))
    return db.session.scalar(query) or 0


class Total(NamedTuple):
    """What everybody may know of the meetings of a milestone; `counted` is for its target."""

    held: int = 0
    attended: int = 0
    counted: int = 0


def total_of(milestone_id: int) -> Total:
    """Of the meetings that took place for a milestone, as far as somebody recorded who came."""
    there = (
        select(func.count(Seat.id))
        .where(Seat.meeting_id == Meeting.id, Seat.attended.is_(True))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Meeting.counts, func.count(), func.sum(there + Meeting.walk_ins))
        .where(
            Meeting.milestone_id == milestone_id,
            Meeting.state == MeetingState.PUBLISHED,
            Meeting.attendance_at.is_not(None),
        )
        .group_by(Meeting.counts)
    ).tuples()
    found = Total()
    for counts, held, attended in rows:
        counted = held if counts is Counts.HELD else int(attended)
        found = Total(found.held + held, found.attended + int(attended), found.counted + counted)
    return found


def all_of(person_id: int) -> list[Seat]:
    """Whatever an account ever held, by meeting: locks are taken in this order."""
    query = select(Seat).where(Seat.person_id == person_id).order_by(Seat.meeting_id, Seat.id)
    return list(db.session.scalars(query))


def not_forgotten(meeting_id: int) -> list[Seat]:
    query = select(Seat).where(Seat.meeting_id == meeting_id, Seat.forgotten_at.is_(None))
    return list(db.session.scalars(query.order_by(Seat.id)))


def meetings_to_remind(before: timedelta) -> list[int]:
    """Published meetings that begin within that time, and of which nobody was reminded so far
    (or only of a beginning that was long before)."""
    now = clock.now()
    rows = db.session.execute(
        select(Meeting.id, Meeting.starts_at, Meeting.reminded_for)
        .where(
            Meeting.state == MeetingState.PUBLISHED,
            Meeting.starts_at > now,
            Meeting.starts_at <= now + before,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).tuples()
    return [id for id, starts, known in rows if known is None or known + before <= starts]


def is_coming(seat: Seat) -> bool:
    """Whether there still is something to be reminded of: a sure place at what is to come."""
    return (
        seat.state is SeatState.PLACE
        and seat.confirmed_at is not None
        and seat.meeting.state is MeetingState.PUBLISHED
        and seat.meeting.starts_at > clock.now()
    )


def coming_people(meeting_id: int) -> list[int]:
    """Ids of those with an account who have a place; not of those who wait."""
    query = select(Seat.person_id).where(
        Seat.meeting_id == meeting_id,
        Seat.state == SeatState.PLACE,
        Seat.person_id.is_not(None),
    )
    return [id for id in db.session.scalars(query) if id is not None]


def still_coming(meeting_id: int, person_id: int) -> bool:
    """Whether that person has a place at what is to come."""
    query = (
        select(Seat)
        .options(joinedload(Seat.meeting))
        .where(
            Seat.meeting_id == meeting_id,
            Seat.person_id == person_id,
            Seat.state == SeatState.PLACE,
        )
    )
    found = db.session.scalar(query.execution_options(populate_existing=True))
    return found is not None and is_coming(found)


def people(meeting_id: int) -> list[int]:
    """Ids of those with an account who have a place or wait."""
    query = select(Seat.person_id).where(
        Seat.meeting_id == meeting_id, Seat.state.in_(HOLDING), Seat.person_id.is_not(None)
    )
    return [id for id in db.session.scalars(query) if id is not None]
