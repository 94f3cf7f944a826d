"""The only place that commits."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, inspect, or_, select
from sqlalchemy.orm import Session

from app.core import freshness, policy, releases
from app.core.db import Base, db, write_gate, writing
from app.core.errors import AppError, Conflict, NotFound, Refused
from app.core.search import writing as search


class _Early:
    """A write transaction that a guard has begun, and the way out of its gate."""

    def __init__(self) -> None:
        self.gate = ExitStack()
        self.taken = False


_early: ContextVar[_Early | None] = ContextVar("early", default=None)


@contextmanager
def begun_early() -> Iterator[None]:
    """Begin a write transaction before anything is loaded, for the `transaction` within to use.

    Where one writer at a time is let in, what is loaded behind the gate cannot change any more,
    and need not be loaded twice. Elsewhere this does nothing. Leave it by `let_go` before what is
    slow.
    """
    session = db.session()
    if session.get_bind().dialect.name != "sqlite" or writing():
        yield
        return
    early = _Early()
    before = _early.set(early)
    try:
        session.rollback()
        early.gate.enter_context(write_gate())
        yield
    finally:
        _early.reset(before)
        _leave(early)


def let_go() -> None:
    """Let the next writer in: this request will write nothing after all."""
    early = _early.get()
    if early is not None:
        _leave(early)


def _leave(early: _Early) -> None:
    if not early.taken:
        early.taken = True
        db.session.rollback()
        early.gate.close()


@contextmanager
def transaction(
    *,
    asking: str | None = None,
    of: Base | Sequence[Base] | None = None,
    share: bool = False,
) -> Iterator[Session]:
    """One write transaction: all of it happens or nothing.

    `of` is locked (shared with `share`) and whatever the guard loaded is loaded again, unless
    nothing that readers see was written since; the rule `asking` (by default none) is asked again
    about the same objects, now that nobody can change them under us. If it refuses what it allowed
    a moment ago, Conflict (409) is raised.
    """
    session = db.session()
    question = policy.asked.get()
    early = _early.get()
    if early is not None and not early.taken:
        early.taken = True
        with early.gate, _released(session, question) as pending:
            pending.begin(asking, question)
            yield session
        return
    if not writing():  # a nested one is refused at the gate, and leaves the outer one as it is
        # Before the gate: who waits there holds no connection that the one inside may need.
        _end_reading(session, keep=question is not None)
    with write_gate(), _released(session, question) as pending:
        session.connection()
        targets: Sequence[Base] = () if of is None else [of] if isinstance(of, Base) else of
        for _kind, alike in groupby(targets, type):
            _lock(session, list(alike), share)
        # Read after the locks: what changes from now on cannot concern what is locked.
        same = question is not None and question.token == freshness.token(session) != ""
        if not same:
            session.expire_all()
        if asking is not None:
            _ask_again(question, asking, same=same)
        pending.begin(asking, question)
        yield session


@contextmanager
def _released(session: Session, question: policy.Question | None) -> Iterator[releases.Pending]:
    """Commit it; or undo it and keep the form, where a second person has to release such acts."""
    pending = releases.Pending()
    try:
        with _committed(session, question):
            yield pending
            pending.finish()
    except releases.Undone as undone:
        with _committed(session, question):
            undone.keep()
        raise releases.Waits(undone.act.organisation_id) from None


@contextmanager
def _committed(session: Session, question: policy.Question | None) -> Iterator[None]:
    try:
        with freshness.raised(session):
            yield
            session.flush()
            search.settle(session)
        # The answer to a request shows what was written in it: no need to read it again.
        session.expire_on_commit = question is None
        session.commit()
    except BaseException:
        search.forget(session)
        session.rollback()
        raise


def _end_reading(session: Session, *, keep: bool) -> None:
    """End the reading transaction. What was loaded is kept if asked, else loaded anew on use."""
    if keep and not (session.new or session.dirty or session.deleted):
        session.expire_on_commit = False
        session.commit()
    else:
        session.rollback()


def _lock(session: Session, alike: Sequence[Base], share: bool) -> None:
    """Those of one kind, in one statement and in the order of their keys."""
    columns = inspect(type(alike[0])).primary_key
    # The keys are known without loading; loading before the lock would be stale.
    keys = {key for target in alike if (key := inspect(target).identity) is not None}
    wanted = columns[0].in_([key[0] for key in keys]) if len(columns) == 1 else _any(columns, keys)
    query = select(*columns).where(wanted).order_by(*columns)
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update(read=share)
    if len(session.execute(query).all()) != len({id(target) for target in alike}):
        raise NotFound


def _any(columns: Sequence[Any], keys: Iterable[Sequence[Any]]) -> ColumnElement[bool]:
    """One of these keys, each of several columns."""
    return or_(
        *(
            and_(*(column == value for column, value in zip(columns, key, strict=True)))
            for key in keys
        )
    )


def _ask_again(question: policy.Question | None, name: str, *, same: bool) -> None:
    if question is None:
        raise RuntimeError(f"transaction(asking={name!r}) needs a guarded view")
    try:
        question.again(name, same=same)
    except (NotFound, Refused) as refused:
        raise Conflict(refused.message) from refused
    except AppError:
        raise
