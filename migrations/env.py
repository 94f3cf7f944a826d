"""Alembic's environment: our engine, our types rendered as plain ones, batch mode on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from app.core.db import Base, Choice, UTCDateTime, db, write_gate
from app.core.search.models import is_ours


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A migration must not change when our code does: no type of ours stands in it."""
    if kind == "type" and isinstance(item, Choice):
        return "sa.String(length=40)"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by building it anew: rows that point to it must not mind meanwhile.

    Afterwards every pointer is looked at. The switch works outside of transactions only.
    """
    raw: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        lost = raw.execute("PRAGMA foreign_key_check").fetchall()
        raw.execute("PRAGMA foreign_keys = ON")
    if lost:
        raise RuntimeError(f"rows point to nothing: {lost[:5]}")


def run() -> None:
    with write_gate(), db.engine.connect() as connection, _rebuilding(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            include_object=is_ours,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
