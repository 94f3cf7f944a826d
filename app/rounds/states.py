"""The life of a round."""

from enum import StrEnum

from app.core.states import Lifecycle


class RoundState(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    ANSWERED = "answered"
    ARCHIVED = "archived"


ROUND = Lifecycle(
    RoundState.DRAFT,
    {
        (RoundState.DRAFT, "announce"): RoundState.ANNOUNCED,
        (RoundState.ANNOUNCED, "open"): RoundState.OPEN,
        (RoundState.OPEN, "pause"): RoundState.PAUSED,
        (RoundState.PAUSED, "resume"): RoundState.OPEN,
        (RoundState.OPEN, "close"): RoundState.CLOSED,
        (RoundState.PAUSED, "close"): RoundState.CLOSED,
        (RoundState.CLOSED, "answer"): RoundState.ANSWERED,
        (RoundState.ANSWERED, "archive"): RoundState.ARCHIVED,
    },
)

NOT_BEGUN = (RoundState.DRAFT, RoundState.ANNOUNCED)
"""Until the opening: the procedure can change, and windows move without a reason."""

BEGUN = (RoundState.OPEN, RoundState.PAUSED, RoundState.CLOSED)
"""From the opening until everything is answered: the procedure changes with a published reason."""


class Activity(StrEnum):
    """What a window opens."""

    PROPOSE = "propose"
    COMMENT = "comment"
    SUPPORT = "support"
    AMEND = "amend"
    VOTE = "vote"
    ANSWER = "answer"


class Edge(StrEnum):
    OPENS = "opens"
    CLOSES = "closes"
