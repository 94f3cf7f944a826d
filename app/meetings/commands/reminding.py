"""Reminding people of what they signed up for."""

from datetime import timedelta

from app.core import clock
from app.core.db import db
from app.core.events import emit
from app.core.policy import SYSTEM
from app.meetings.commands.telling import fact
from app.meetings.events import MeetingSoon
from app.meetings.models import Meeting
from app.meetings.states import MeetingState


def remind(meeting: Meeting, *, before: timedelta) -> bool:
    """Once (`meeting` is locked), and once more where it was moved further away than `before`.

    Not of a meeting that has begun: then the time to remind was missed.
    """
    now, known = clock.now(), meeting.reminded_for
    soon = now < meeting.starts_at <= now + before
    if meeting.state is not MeetingState.PUBLISHED or not soon:
        return False
    if known is not None and known + before > meeting.starts_at:
        return False
    meeting.reminded_for = meeting.starts_at
    db.session.flush()
    emit(fact(MeetingSoon, meeting, SYSTEM))
    return True
