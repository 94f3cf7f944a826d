"""The life of a meeting, and of a place at it."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.states import Lifecycle


class MeetingKind(StrEnum):
    TRAINING = "training"
    MEETING = "meeting"


class Access(StrEnum):
    """What makes it possible for more people to come."""

    STEP_FREE = "step-free"
    CHILDCARE = "childcare"
    INTERPRETATION = "interpretation"
    SIGN_LANGUAGE = "sign-language"
    HEARING_LOOP = "hearing-loop"
    FREE_TRAVEL = "free-travel"


class Counts(StrEnum):
    """What of a meeting counts towards the target of its milestone."""

    HELD = "held"  # each one that took place is one
    PEOPLE = "people"  # each person who was there is one


class MeetingState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


MEETING = Lifecycle(
    MeetingState.DRAFT,
    {
        (MeetingState.DRAFT, "publish"): MeetingState.PUBLISHED,
        (MeetingState.PUBLISHED, "cancel"): MeetingState.CANCELLED,
    },
)


class SeatState(StrEnum):
    """A place, or waiting for one. Whether its mail is confirmed is another question."""

    PLACE = "place"
    WAITING = "waiting"
    GIVEN_BACK = "given-back"
    LAPSED = "lapsed"


HOLDING = (SeatState.PLACE, SeatState.WAITING)
"""Who counts as signed up."""

SEAT = Lifecycle(
    SeatState.WAITING,
    {
        (SeatState.WAITING, "move_up"): SeatState.PLACE,
        (SeatState.PLACE, "give_back"): SeatState.GIVEN_BACK,
        (SeatState.WAITING, "give_back"): SeatState.GIVEN_BACK,
        (SeatState.PLACE, "lapse"): SeatState.LAPSED,
        (SeatState.WAITING, "lapse"): SeatState.LAPSED,
    },
)

KINDS: dict[MeetingKind, LazyString] = {
    MeetingKind.TRAINING: _l("Training"),
    MeetingKind.MEETING: _l("Meeting"),
}

ACCESS: dict[Access, LazyString] = {
    Access.STEP_FREE: _l("step-free"),
    Access.CHILDCARE: _l("childcare"),
    Access.INTERPRETATION: _l("interpretation"),
    Access.SIGN_LANGUAGE: _l("sign language"),
    Access.HEARING_LOOP: _l("hearing loop"),
    Access.FREE_TRAVEL: _l("travel costs are paid"),
}

COUNTS: dict[Counts, LazyString] = {
    Counts.HELD: _l("each one that took place counts as one"),
    Counts.PEOPLE: _l("each person who was there counts as one"),
}
