"""Who signed up without an account is told by mail; how others name and find a meeting."""

from collections.abc import Iterable

from flask import url_for

from app.accounts.events import AccountDeleted
from app.core.db import db
from app.core.events import on
from app.core.jobs import enqueue
from app.core.search import writing
from app.core.search.sources import Group, searchable
from app.core.subjects import Description, describes
from app.meetings import commands, queries
from app.meetings.events import (
    MeetingCancelled,
    MeetingChanged,
    MeetingMoved,
    MeetingPublished,
    MeetingSoon,
    MovedUp,
)
from app.meetings.queries import searching, seats


@describes("meeting")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    return {
        found: Description(title, url_for("meetings.show", id=found), public)
        for found, title, public in queries.described(ids)
    }


searchable(
    "meeting",
    Group.MEETINGS,
    searching.public_meetings,
    lambda id, _place: url_for("meetings.show", id=id),
)


@on(MeetingPublished, MeetingChanged, MeetingCancelled)
def changed(event: MeetingPublished | MeetingChanged | MeetingCancelled) -> None:
    writing.touch(db.session(), "meeting", event.meeting_id)


@on(MovedUp)
def moved_up(event: MovedUp) -> None:
    """Once: a place is moved up to only once."""
    seat = seats.get(event.seat_id)
    if seat is not None and seat.email is not None:
        enqueue(
            "meetings.mail",
            key=f"meetings.moved-up:{seat.id}",
            seat_id=seat.id,
            template="moved_up",
        )


@on(MeetingMoved)
def moved(event: MeetingMoved) -> None:
    key = f"meetings.moved:{event.meeting_id}:{event.moves}"
    enqueue("meetings.tell", key=key, meeting_id=event.meeting_id, template="moved", about=key)


@on(MeetingCancelled)
def cancelled(event: MeetingCancelled) -> None:
    key = f"meetings.cancelled:{event.meeting_id}"
    enqueue("meetings.tell", key=key, meeting_id=event.meeting_id, template="cancelled", about=key)


@on(MeetingSoon)
def soon(event: MeetingSoon) -> None:
    """Of each beginning once."""
    meeting = queries.locked(event.meeting_id)
    if meeting is not None:
        key = f"meetings.soon:{event.meeting_id}:{meeting.starts_at.isoformat()}"
        enqueue("meetings.remind-each", key=key, meeting_id=event.meeting_id, about=key)


@on(AccountDeleted)
def account_deleted(event: AccountDeleted) -> None:
    """What it has signed up for is free again."""
    commands.leave_all(event.person_id, by=event.by)
