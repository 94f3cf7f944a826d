"""An official answer: prepared, then published; and what can become of a proposal."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

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

    @property
    def label(self) -> LazyString:
        return _WORDS[self][0]

    @property
    def explanation(self) -> LazyString:
        """One sentence for those who choose it."""
        return _WORDS[self][1]

    @property
    def tone(self) -> str:
        return _WORDS[self][2]


_WORDS: dict[Outcome, tuple[LazyString, LazyString, str]] = {
    Outcome.ADOPTED: (_l("adopted"), _l("It comes into the plan as proposed."), "success"),
    Outcome.ADOPTED_WITH_CHANGES: (
        _l("adopted with changes"),
        _l("It comes into the plan, but not in every point. The reason says what is different."),
        "success",
    ),
    Outcome.MERGED: (
        _l("merged into another measure"),
        _l("A measure that is in the plan already does what is proposed."),
        "success",
    ),
    Outcome.ELSEWHERE: (
        _l("taken up elsewhere"),
        _l("It is done outside this plan, for example by a fund or a budget of its own."),
        "info",
    ),
    Outcome.RECOMMENDED: (
        _l("passed on as a recommendation"),
        _l("Another level decides, for example the state. The city recommends it there."),
        "info",
    ),
    Outcome.DEFERRED: (
        _l("deferred"),
        _l("It cannot be decided now. The answer says until when."),
        "warning",
    ),
    Outcome.RETURNED: (
        _l("returned for rework"),
        _l("Something is missing. The reason says what, so that it can be proposed again."),
        "warning",
    ),
    Outcome.DECLINED: (_l("declined"), _l("It is not done. The reason says why."), "danger"),
}

CHANGES_THE_PLAN = (Outcome.ADOPTED, Outcome.ADOPTED_WITH_CHANGES, Outcome.MERGED)
