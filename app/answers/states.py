"""An official answer: prepared, then published."""

from enum import StrEnum

from app.core.states import Lifecycle


class AnswerState(StrEnum):
    PREPARED = "prepared"
    PUBLISHED = "published"


ANSWER = Lifecycle(AnswerState.PREPARED, {(AnswerState.PREPARED, "publish"): AnswerState.PUBLISHED})


class Outcome(StrEnum):
    """What became of a proposal."""

    ADOPTED = "adopted"
    ADOPTED_WITH_CHANGES = "adopted-with-changes"
    MERGED = "merged"
    ELSEWHERE = "elsewhere"
    RECOMMENDED = "recommended"
    DEFERRED = "deferred"
    RETURNED = "returned"
    DECLINED = "declined"


CHANGES_THE_PLAN = (Outcome.ADOPTED, Outcome.ADOPTED_WITH_CHANGES, Outcome.MERGED)
