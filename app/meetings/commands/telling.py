"""The fact of an event of a meeting."""

from typing import Any, TypeVar

from app.core.policy import Actor
from app.meetings.events import MeetingEvent
from app.meetings.models import Meeting

E = TypeVar("E", bound=MeetingEvent)


def fact(kind: type[E], meeting: Meeting, by: Actor, **more: Any) -> E:
    return kind(
        by=by,
        meeting_id=meeting.id,
        measure_id=meeting.measure_id,
        dialogue_id=meeting.dialogue_id,
        **more,
    )
