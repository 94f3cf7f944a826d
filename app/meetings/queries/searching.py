"""What search may find of meetings."""

from typing import Any

from sqlalchemy import Select, func, null, select

from app.core.policy import ANYBODY
from app.meetings.models import Meeting, MeetingWords
from app.meetings.queries import visible_to


def public_meetings() -> Select[Any]:
    """Those that were published, in all of their languages."""
    more = (
        select(
            func.aggregate_strings(MeetingWords.title + "\n\n" + MeetingWords.description, "\n\n")
        )
        .where(MeetingWords.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    return select(
        Meeting.id,
        null(),
        Meeting.language,
        Meeting.title,
        Meeting.description,
        Meeting.place,
        func.coalesce(more, ""),
    ).where(visible_to(ANYBODY))
