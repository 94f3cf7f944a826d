"""The life of a question put to the vote."""

from enum import StrEnum

from app.core.states import Lifecycle


class QuestionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"


QUESTION = Lifecycle(
    QuestionState.DRAFT,
    {
        (QuestionState.DRAFT, "publish"): QuestionState.PUBLISHED,
        (QuestionState.PUBLISHED, "withdraw"): QuestionState.DRAFT,
        (QuestionState.PUBLISHED, "open"): QuestionState.OPEN,
        (QuestionState.OPEN, "close"): QuestionState.CLOSED,
        (QuestionState.CLOSED, "count"): QuestionState.COUNTED,
    },
)


class Chamber(StrEnum):
    """Counted side by side, never silently summed."""

    ORGANISATIONS = "organisations"
    PERSONS = "persons"
