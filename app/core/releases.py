"""Acts in an organisation's name that a second person has to release ("four eyes").

Such an act is done with all its checks, then all of it is undone and the form is kept as it was
sent. Whoever releases it sends the same form as themselves, and everything is checked anew.
`policy.rule(…, speaks=…)` says for whom an act speaks; which organisations want a second person,
and where forms are kept, is registered here by the feature that has organisations.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, Protocol

from app.core import policy
from app.core.db import db
from app.core.policy import Actor
from app.core.subjects import SubjectMixin


class Act(NamedTuple):
    """What somebody wants to do in an organisation's name; `subject_id` is what it is about."""

    organisation_id: int
    rule: str
    sent: policy.Sent
    subject_id: int | None
    by: Actor


class Keeper(Protocol):
    """Who knows the organisations. Each is called inside the transaction of the act."""

    def wants(self, organisation_id: int) -> bool:
        """Whether a second person has to release what goes out in its name."""

    def keep(self, act: Act) -> None:
        """Keep the form; the same form again is the same."""

    def release(self, release_id: int, act: Act) -> None:
        """Note that it is released. Raises Conflict where it does not wait for this any more."""


_keeper: Keeper | None = None
_releasing: ContextVar[int | None] = ContextVar("releasing", default=None)


def keeper(one: Keeper) -> None:
    """Register the keeper."""
    global _keeper
    _keeper = one


class Undone(Exception):
    """The act could be done, and waits for a second person instead."""

    def __init__(self, act: Act) -> None:
        self.act = act
        super().__init__(act.rule)

    def keep(self) -> None:
        if _keeper is not None:
            _keeper.keep(self.act)


class Waits(Exception):
    """What a view's transaction raises after that; one error handler answers it."""

    def __init__(self, organisation_id: int) -> None:
        self.organisation_id = organisation_id
        super().__init__(organisation_id)


@contextmanager
def releasing(release_id: int) -> Iterator[None]:
    """What is done within is what waited."""
    token = _releasing.set(release_id)
    try:
        yield
    finally:
        _releasing.reset(token)


class Pending:
    """An act from the beginning of its transaction to its end."""

    def __init__(self) -> None:
        self._act: Act | None = None
        self._waits = False

    def begin(self, rule: str | None, question: policy.Question | None) -> None:
        """Before anything is changed: what the act changes may be who has to release it."""
        if rule is None or question is None or question.sent is None or _keeper is None:
            return
        organisation_id = policy.speaks_for(rule, question.by, *question.objects)
        if organisation_id is None:
            return
        subject_id = _subject(question.objects)
        self._act = Act(organisation_id, rule, question.sent, subject_id, question.by)
        self._waits = _releasing.get() is None and _keeper.wants(organisation_id)

    def finish(self) -> None:
        """Once all is done: raises Undone where a second person has to release it."""
        if self._act is None or _keeper is None:
            return
        release_id = _releasing.get()
        if release_id is not None:
            _keeper.release(release_id, self._act)
        elif self._waits:
            db.session.flush()  # what the database itself would refuse is refused now
            raise Undone(self._act)


def _subject(objects: tuple[object, ...]) -> int | None:
    things = [getattr(one, "thing", one) for one in objects]
    return next((one.id for one in things if isinstance(one, SubjectMixin)), None)
