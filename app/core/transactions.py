"""The only place that commits."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.core import freshness, policy
from app.core.db import Base, db, write_gate
from app.core.errors import AppError, Conflict, NotFound, Refused


@contextmanager
def transaction(
    *,
    asking: str | None = None,
    of: Base | Sequence[Base] | None = None,
    share: bool = False,
) -> Iterator[Session]:
    """One write transaction: all of it happens or nothing.

    `of` is locked (shared with `share`) and reloaded together with whatever the guard loaded; the
    rule `asking` (by default none) is asked again about the same objects, now that nobody can
    change them under us. If it refuses what it allowed a moment ago, Conflict (409) is raised.
    """
    session = db.session()
    with write_gate():
        session.rollback()  # ends the reading transaction; what was loaded is loaded anew on use
        try:
            session.connection()
            targets: Sequence[Base] = () if of is None else [of] if isinstance(of, Base) else of
            for target in targets:
                _lock(session, target, share)
            with freshness.raised(session):
                if asking is not None:
                    _ask_again(asking)
                yield session
                session.flush()
            session.commit()
        except BaseException:
            session.rollback()
            raise


def _lock(session: Session, target: Base, share: bool) -> None:
    mapper = inspect(type(target))
    key = inspect(target).identity  # known without loading; loading before the lock would be stale
    if key is None:
        raise NotFound
    where = [column == value for column, value in zip(mapper.primary_key, key, strict=True)]
    query = select(*mapper.primary_key).where(*where)
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update(read=share)
    if session.execute(query).first() is None:
        raise NotFound


def _ask_again(name: str) -> None:
    question = policy.asked.get()
    if question is None:
        raise RuntimeError(f"transaction(asking={name!r}) needs a guarded view")
    try:
        question.again(name)
    except (NotFound, Refused) as refused:
        raise Conflict(refused.message) from refused
    except AppError:
        raise
