"""Making and running meetings, signing up, moving up, who was there, what was said."""

from app.meetings.commands.attendance import (
    forget_seats,
    keep_minutes,
    record_attendance,
)
from app.meetings.commands.bringing import Origin, bring_in_comment, bring_in_proposal
from app.meetings.commands.meeting import (
    Facts,
    cancel_meeting,
    change_meeting,
    create_meeting,
    publish_meeting,
)
from app.meetings.commands.reminding import remind
from app.meetings.commands.seats import (
    confirm_seat,
    give_back,
    join,
    lapse,
    leave_all,
    sign_up,
)

__all__ = [
    "Facts",
    "Origin",
    "bring_in_comment",
    "bring_in_proposal",
    "cancel_meeting",
    "change_meeting",
    "confirm_seat",
    "create_meeting",
    "forget_seats",
    "give_back",
    "join",
    "keep_minutes",
    "lapse",
    "leave_all",
    "publish_meeting",
    "record_attendance",
    "remind",
    "sign_up",
]
