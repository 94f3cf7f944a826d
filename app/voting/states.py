"""The life of a question put to the vote."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

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


BADGES = {
    QuestionState.DRAFT: (_l("Draft"), "warning"),
    QuestionState.PUBLISHED: (_l("announced"), "info"),
    QuestionState.OPEN: (_l("open"), "success"),
    QuestionState.CLOSED: (_l("closed, being counted"), "plain"),
    QuestionState.COUNTED: (_l("counted"), "info"),
}
"""Each state in words, and the tone of its badge."""


class Contest(StrEnum):
    """What becomes of the time in which one can object to the method of a question."""

    RUNNING = "running"
    PASSED = "passed"  # too few have objected
    CONTESTED = "contested"
    VOTING = "voting"  # about the method
    SETTLED = "settled"


CONTEST = Lifecycle(
    Contest.RUNNING,
    {
        (Contest.RUNNING, "pass"): Contest.PASSED,
        (Contest.RUNNING, "contest"): Contest.CONTESTED,
        (Contest.CONTESTED, "ask"): Contest.VOTING,
        (Contest.VOTING, "settle"): Contest.SETTLED,
        # The question was taken back and published again.
        (Contest.RUNNING, "begin-again"): Contest.RUNNING,
        (Contest.PASSED, "begin-again"): Contest.RUNNING,
        (Contest.CONTESTED, "begin-again"): Contest.RUNNING,
    },
)

HOLDING = (Contest.RUNNING, Contest.CONTESTED, Contest.VOTING)
"""Until then nobody can vote on the question."""


class Chamber(StrEnum):
    """Counted side by side, never silently summed."""

    ORGANISATIONS = "organisations"
    PERSONS = "persons"


class Finding(StrEnum):
    """What a recount of the sealed ballots before witnesses has found."""

    OPEN = "open"
    AGREES = "agrees"
    DIFFERS = "differs"


class Together(StrEnum):
    """How the chambers are counted; named beforehand."""

    SIDE_BY_SIDE = "side-by-side"
    DOUBLE_MAJORITY = "double-majority"
    WEIGHTED = "weighted"


class Tie(StrEnum):
    """What becomes of a tie, where the method leaves a choice."""

    EQUAL = "equal"
    LOT = "lot"
