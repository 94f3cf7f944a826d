"""Signing up, and moving up from the waiting list.

Everything here happens while the meeting is locked: of many who want the last place at the same
moment one gets it. A place that is not confirmed in time lapses before anybody else is served, so
that nothing hangs on when the worker comes by.
"""

from datetime import timedelta

from flask_babel import lazy_gettext as _

from app.core import clock, links
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.meetings import queries
from app.meetings.commands.telling import fact
from app.meetings.events import MovedUp, SeatConfirmed, SeatGivenBack, SeatLapsed, SignedUp
from app.meetings.models import Meeting, Seat
from app.meetings.queries import seats
from app.meetings.states import HOLDING, SEAT, MeetingState, SeatState


def sign_up(
    meeting: Meeting, *, name: str, email: str, language: str, hours: int, by: Actor
) -> tuple[Seat, bool]:
    """Keep a place (or a place on the waiting list) for an address, for so many hours.

    Returns it, and whether it is new: an address that holds one already keeps the one it has.
    """
    _refuse_if_over(meeting)
    lapse(meeting)
    email = email.strip().lower()
    known = seats.of_email(meeting.id, email)
    if known is not None:
        return known, False
    made = _seat(meeting, name=name, email=email, language=language)
    made.expires_at = min(clock.now() + timedelta(hours=hours), meeting.starts_at)
    db.session.add(made)
    db.session.flush()
    emit(fact(SignedUp, meeting, by))
    return made, True


def join(meeting: Meeting, *, by: Actor) -> Seat:
    """The same for an account, at once for sure. Twice is once."""
    _refuse_if_over(meeting)
    if by.person_id is None:
        raise Conflict
    lapse(meeting)
    known = seats.of_person(meeting.id, by.person_id)
    if known is not None:
        return known
    made = _seat(meeting, name=by.display_name, language=by.language, person_id=by.person_id)
    made.confirmed_at = clock.now()
    db.session.add(made)
    db.session.flush()
    emit(fact(SignedUp, meeting, by))
    return made


def _seat(
    meeting: Meeting,
    *,
    name: str,
    language: str,
    email: str | None = None,
    person_id: int | None = None,
) -> Seat:
    return Seat(
        meeting_id=meeting.id,
        state=SeatState.PLACE if _has_room(meeting) else SeatState.WAITING,
        name=name,
        email=email,
        person_id=person_id,
        language=language,
        secret=links.new_secret(),
        created_at=clock.now(),
    )


def _has_room(meeting: Meeting) -> bool:
    """Whoever waits with a confirmed address has moved up before this is asked."""
    return meeting.capacity is None or _taken(meeting) < meeting.capacity


def _refuse_if_over(meeting: Meeting) -> None:
    if meeting.state is not MeetingState.PUBLISHED:
        raise Conflict(_("One cannot sign up for this meeting."))
    if clock.now() >= meeting.starts_at:
        raise Conflict(_("This meeting has begun already."))


def confirm_seat(seat: Seat, meeting: Meeting, *, by: Actor) -> None:
    """The link of the mail was used: the place stays. Twice is once."""
    lapse(meeting)
    if seat.confirmed_at is not None:
        return
    if seat.state not in HOLDING:
        raise Conflict(_("This place was not confirmed in time. Please sign up once more."))
    seat.confirmed_at = clock.now()
    seat.expires_at = None
    db.session.flush()
    emit(fact(SeatConfirmed, meeting, by))
    move_up(meeting, by=by)


def give_back(seat: Seat, meeting: Meeting, *, by: Actor) -> None:
    """Somebody does not come after all: whoever waits moves up."""
    seat.state = SEAT.after(seat.state, "give_back")
    seat.ended_at = clock.now()
    db.session.flush()
    emit(fact(SeatGivenBack, meeting, by))
    lapse(meeting)


def lapse(meeting: Meeting) -> int:
    """What nobody confirmed in time is free again; whoever waits moves up. Returns how many."""
    late = seats.overdue(meeting.id)
    for seat in late:
        seat.state = SEAT.after(seat.state, "lapse")
        seat.ended_at = clock.now()
        # Nobody confirmed the address: it may be of somebody who never signed up.
        seat.email, seat.name, seat.forgotten_at = None, "", clock.now()
        db.session.flush()
        emit(fact(SeatLapsed, meeting, SYSTEM))
    move_up(meeting, by=SYSTEM)
    return len(late)


def move_up(meeting: Meeting, *, by: Actor) -> None:
    """As many of those who wait as there is room for, in the order of signing up, are told."""
    if meeting.state is not MeetingState.PUBLISHED or clock.now() >= meeting.starts_at:
        return
    while meeting.capacity is None or _taken(meeting) < meeting.capacity:
        seat = seats.next_in_line(meeting.id)
        if seat is None:
            return
        seat.state = SEAT.after(seat.state, "move_up")
        seat.moved_up_at = clock.now()
        db.session.flush()
        emit(fact(MovedUp, meeting, by, seat_id=seat.id))


def _taken(meeting: Meeting) -> int:
    return queries.places([meeting.id])[meeting.id].taken


def leave_all(person_id: int, *, by: Actor) -> None:
    """An account is deleted: what it has signed up for is free again, and its name is gone."""
    for seat in seats.all_of(person_id):
        meeting = queries.locked(seat.meeting_id)
        if meeting is None:
            continue
        if seat.state in HOLDING and clock.now() < meeting.starts_at:
            give_back(seat, meeting, by=by)
        seat.person_id, seat.name, seat.forgotten_at = None, "", clock.now()
    db.session.flush()
