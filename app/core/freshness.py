"""When a page that was kept may be shown again: nothing public was written since, no edge passed.

One row holds a random token. Every transaction that writes a table shown to readers sets another
one before it commits, so that a page is known to be fresh by reading one row. Random rather than
counted: a restored backup never brings back a token under which something else was kept.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import CheckConstraint, Engine, String, event, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock
from app.core.db import Base, writing

_WRITE = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)
_READING = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")
_READ = text("SELECT token FROM page_versions WHERE id = 1")
_RAISE = text(
    "INSERT INTO page_versions (id, token) VALUES (1, :token) "
    "ON CONFLICT (id) DO UPDATE SET token = excluded.token"
)


class PageVersion(Base):
    """The one row: under which token pages may be kept."""

    __tablename__ = "page_versions"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    __shown__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(32))


_touched: ContextVar[bool] = ContextVar("touched", default=False)
_edges: ContextVar[list[datetime] | None] = ContextVar("edges", default=None)


@cache
def _unseen() -> frozenset[str]:
    """Tables of which no page that is kept for others shows anything."""
    return frozenset(
        mapper.local_table.name  # type: ignore[attr-defined]  # always a table here
        for mapper in Base.registry.mappers
        if not getattr(mapper.class_, "__shown__", True)
    )


def listen(engine: Engine) -> None:
    """Notice every write, whoever sends it: the ORM, a bulk statement, plain SQL."""

    @event.listens_for(engine, "before_cursor_execute")
    def notice(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if writing() and not _touched.get() and not statement.startswith(_READING):
            found = _WRITE.match(statement)
            if found is None or found.group(1) not in _unseen():
                _touched.set(True)


@contextmanager
def raised(session: Session) -> Iterator[None]:
    """Around all of a transaction but its commit: what it wrote makes older pages stale."""
    before = _touched.set(False)
    try:
        yield
        if _touched.get():
            session.execute(_RAISE, {"token": secrets.token_hex(16)})
    finally:
        _touched.reset(before)


def token(session: Session) -> str:
    """Under what pages are kept at this moment; empty in a database in which nothing is yet."""
    return session.execute(_READ).scalar() or ""


def met(*edges: datetime | None) -> None:
    """Say that what is being made looks different from a moment on (past ones do not matter)."""
    known = _edges.get()
    if known is not None:
        known.extend(edge for edge in edges if edge is not None)


@contextmanager
def watching() -> Iterator[list[datetime]]:
    """Collect the edges that are met while a page is made."""
    found: list[datetime] = []
    before = _edges.set(found)
    try:
        yield found
    finally:
        _edges.reset(before)


def end_of(edges: list[datetime]) -> datetime:
    """The first edge to come, at the latest the end of the day: what is late shows by itself."""
    now = clock.now()
    tomorrow = datetime.combine(clock.today() + timedelta(days=1), time())
    return min([clock.from_local(tomorrow), *(edge for edge in edges if edge > now)])
