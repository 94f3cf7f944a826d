"""Trainings and meetings: those with an account here, the others by their own mails."""

from app.core.events import on
from app.meetings import queries as meetings
from app.meetings.events import (
    MeetingCancelled,
    MeetingMoved,
    MeetingPublished,
    MeetingSoon,
    MinutesKept,
    MovedUp,
)
from app.meetings.queries import seats
from app.notifications import commands
from app.notifications.states import Kind


@on(MeetingPublished)
def announced(event: MeetingPublished) -> None:
    """Whoever follows the measure or the dialogue."""
    commands.tell(
        Kind.MEETING_ANNOUNCED,
        event.meeting_id,
        f"{Kind.MEETING_ANNOUNCED}:{event.meeting_id}",
        following=[id for id in (event.measure_id, event.dialogue_id) if id is not None],
        but=event.by.person_id,
    )


@on(MeetingMoved, MeetingCancelled)
def changed(event: MeetingMoved | MeetingCancelled) -> None:
    """Whoever has signed up or follows it."""
    kind, key = Kind.MEETING_CANCELLED, f"{Kind.MEETING_CANCELLED}:{event.meeting_id}"
    if isinstance(event, MeetingMoved):
        kind = Kind.MEETING_MOVED
        key = f"{kind}:{event.meeting_id}:{event.moves}"
    commands.tell(
        kind,
        event.meeting_id,
        key,
        people=seats.people(event.meeting_id),
        following=(event.meeting_id,),
        but=event.by.person_id,
    )


@on(MovedUp)
def moved_up(event: MovedUp) -> None:
    seat = seats.get(event.seat_id)
    if seat is not None and seat.person_id is not None:
        commands.tell(
            Kind.MEETING_PLACE,
            event.meeting_id,
            f"{Kind.MEETING_PLACE}:{event.seat_id}",
            people=[seat.person_id],
        )


@on(MeetingSoon)
def soon(event: MeetingSoon) -> None:
    """Who has a place; of each beginning once."""
    meeting = meetings.locked(event.meeting_id)
    if meeting is not None:
        commands.tell(
            Kind.MEETING_SOON,
            event.meeting_id,
            f"{Kind.MEETING_SOON}:{event.meeting_id}:{meeting.starts_at.isoformat()}",
            people=seats.coming_people(event.meeting_id),
        )


@on(MinutesKept)
def minutes(event: MinutesKept) -> None:
    """Once, when they can be read first in whatever language."""
    if event.public:
        commands.tell(
            Kind.MINUTES_PUBLISHED,
            event.meeting_id,
            f"{Kind.MINUTES_PUBLISHED}:{event.meeting_id}",
            people=seats.people(event.meeting_id),
            following=(event.meeting_id,),
            but=event.by.person_id,
        )
