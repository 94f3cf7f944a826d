"""What happens to meetings. Who signed up is nobody's business: those events are secret."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MeetingEvent(Event):
    """Base of what happens to a meeting."""

    meeting_id: int
    measure_id: int | None
    dialogue_id: int | None


@dataclass(frozen=True, kw_only=True)
class MeetingCreated(MeetingEvent):
    """A draft."""


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(MeetingEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class MeetingPublished(MeetingEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(MeetingEvent):
    """It takes place at another time or place; `moves` counts how often."""

    moves: int


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(MeetingEvent):
    """With a reason that stands on its page."""


@dataclass(frozen=True, kw_only=True)
class MeetingSoon(MeetingEvent):
    """It is time to remind those who signed up for it."""


@dataclass(frozen=True, kw_only=True)
class SeatEvent(MeetingEvent):
    """Base of what happens to a place: neither who nor when stands in the log."""

    secret: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class SignedUp(SeatEvent):
    """A place or a place on the waiting list, of somebody with an account or not."""


@dataclass(frozen=True, kw_only=True)
class SeatConfirmed(SeatEvent):
    """The link of the mail was used."""


@dataclass(frozen=True, kw_only=True)
class SeatGivenBack(SeatEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class SeatLapsed(SeatEvent):
    """Nobody used the link in time."""


@dataclass(frozen=True, kw_only=True)
class MovedUp(SeatEvent):
    """From the waiting list to a place."""

    seat_id: int


@dataclass(frozen=True, kw_only=True)
class AttendanceRecorded(MeetingEvent):
    """How many were there: those with a place, and those who came without."""

    milestone_id: int | None
    attended: int
    walk_ins: int


@dataclass(frozen=True, kw_only=True)
class MinutesKept(MeetingEvent):
    """The minutes in a language were written or changed, for everybody or not yet."""

    language: str
    public: bool


@dataclass(frozen=True, kw_only=True)
class SeatsForgotten(MeetingEvent):
    """The names and addresses of those who had signed up are deleted; the totals stay."""

    seats: int


@dataclass(frozen=True, kw_only=True)
class ContributionBroughtIn(Event):
    """A moderator has entered what was said at a meeting or handed in on paper."""

    subject_id: int
    round_id: int
    dialogue_id: int
    channel: str
    meeting_id: int | None
