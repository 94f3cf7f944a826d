"""After the meeting: who was there, what was said, and forgetting who signed up."""

from collections.abc import Collection

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.meetings.commands.telling import fact
from app.meetings.events import AttendanceRecorded, MinutesKept, SeatsForgotten
from app.meetings.models import Meeting, Minutes, Seat
from app.meetings.queries import seats
from app.meetings.states import SeatState
from app.plan import commands as plan


def record_attendance(
    meeting: Meeting, *, seat_ids: Collection[int], walk_ins: int, by: Actor
) -> int:
    """Who of those with a place was there, and how many came without one. Can be corrected.

    Whoever still waited and came all the same is counted by `walk_ins`. Returns how many were
    there. The meeting is locked.
    """
    if meeting.forgotten_at is not None:
        raise Conflict
    wanted = set(seat_ids)
    for seat in seats.confirmed(meeting.id):
        if seat.state is SeatState.PLACE:
            seat.attended = seat.id in wanted
    meeting.walk_ins = walk_ins
    meeting.attendance_at = clock.now()
    db.session.flush()
    attended = seats.attended(meeting.id)
    emit(
        fact(
            AttendanceRecorded,
            meeting,
            by,
            milestone_id=meeting.milestone_id,
            attended=attended,
            walk_ins=walk_ins,
        )
    )
    count_for(meeting.milestone_id, by=by)
    return attended + walk_ins


def count_for(milestone_id: int | None, *, by: Actor) -> None:
    """Count the meetings of a milestone anew; everybody sees the totals beside its target."""
    entry = None if milestone_id is None else plan.locked_milestone(milestone_id)
    if entry is not None:
        total = seats.total_of(entry.id)
        plan.count_meetings(
            entry, counted=total.counted, held=total.held, attended=total.attended, by=by
        )


def keep_minutes(meeting: Meeting, *, language: str, body: str, public: bool, by: Actor) -> None:
    """Write the minutes in a language anew. What was public once stays public."""
    known = db.session.get(Minutes, (meeting.id, language), populate_existing=True)
    if known is None:
        known = Minutes(meeting_id=meeting.id, language=language)
        db.session.add(known)
    known.body, known.by_id, known.at = body, by.person_id, clock.now()
    if public and known.published_at is None:
        known.published_at = clock.now()
    db.session.flush()
    published = known.published_at is not None
    emit(fact(MinutesKept, meeting, by, language=language, public=published))


def forget_seats(meeting: Meeting) -> int:
    """Names, addresses and accounts of those who signed up go; that somebody was there stays, as a
    number. Returns how many there were. The meeting is locked.
    """
    found = seats.not_forgotten(meeting.id)
    for seat in found:
        _forget(seat)
    meeting.forgotten_at = clock.now()
    db.session.flush()
    if found:
        emit(fact(SeatsForgotten, meeting, SYSTEM, seats=len(found)))
    return len(found)


def _forget(seat: Seat) -> None:
    seat.email, seat.person_id, seat.name = None, None, ""
    seat.forgotten_at = clock.now()
