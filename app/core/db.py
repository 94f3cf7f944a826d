"""The database: SQLite behind a write gate as the embedded default, or PostgreSQL.

Why the gate: eight writers on stock settings lost updates or saw "database is locked"; BEGIN
IMMEDIATE behind a file lock lost none and shared the waiting evenly (docs/decisions).
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    String,
    Table,
    TypeDecorator,
    event,
)
from sqlalchemy.orm import DeclarativeBase

try:
    import pysqlite3.dbapi2 as sqlite
except ImportError:  # no wheel for this machine: the standard module, with the warning below
    import sqlite3 as sqlite

log = logging.getLogger(__name__)

SAFE_SQLITE = (3, 51, 3)  # before it, a write during a WAL checkpoint could lose a commit

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. Stored in UTC; comes back aware on SQLite too, which drops time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Choice(TypeDecorator[StrEnum]):
    """One of an enum's values, as text; a CHECK constraint holds the list in the database."""

    impl = String(40)
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.enum(value)


class Base(DeclarativeBase):
    """`__shown__ = False` marks what no page shows to anybody but its owner: writing it makes no
    kept page stale (core.freshness).
    """

    __shown__: ClassVar[bool] = True
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UTCDateTime()}  # noqa: RUF012 — SQLAlchemy's declared form

    def __init_subclass__(cls, **arguments: Any) -> None:
        """Every `Choice` column gets its CHECK constraint."""
        super().__init_subclass__(**arguments)
        table: Any = cls.__dict__.get("__table__")
        for column in table.columns if isinstance(table, Table) else ():
            if isinstance(column.type, Choice):
                values = ", ".join(f"'{member.value}'" for member in column.type.enum)
                known = CheckConstraint(f"{column.name} IN ({values})", name=f"{column.name}_known")
                table.append_constraint(known)


db = SQLAlchemy(metadata=Base.metadata)

_writing: ContextVar[bool] = ContextVar("writing", default=False)


def writing() -> bool:
    """Whether this thread is inside a `transaction()`."""
    return _writing.get()


def engine_options(url: str) -> dict[str, Any]:
    """Options for Flask-SQLAlchemy; the listeners are attached by `init`."""
    if not url.startswith("sqlite"):
        return {"pool_pre_ping": True, "pool_size": 4, "max_overflow": 4}
    return {
        "module": sqlite,
        "connect_args": {"isolation_level": None, "check_same_thread": False, "timeout": 10},
    }


def init(app: Flask) -> None:
    """Bind the extension to the app and set the engine up for its database."""
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def prepare(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        if sqlite.sqlite_version_info < SAFE_SQLITE:
            log.warning(
                "SQLite %s can lose a commit when a write meets a checkpoint; 3.51.3 is safe",
                sqlite.sqlite_version,
            )
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
    else:
        event.listen(engine, "begin", _on_postgres_begin)


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout = 10000",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "mmap_size = 134217728",
        "temp_store = MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_sqlite_begin(connection: Any) -> None:
    if _writing.get():
        connection.exec_driver_sql("PRAGMA query_only = 0")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("PRAGMA query_only = 1")
        connection.exec_driver_sql("BEGIN")


def _on_postgres_begin(connection: Any) -> None:
    """Reading transactions are read-only: a write outside `transaction()` fails loudly."""
    connection.connection.dbapi_connection.read_only = not _writing.get()


@contextmanager
def write_gate() -> Iterator[None]:
    """One writer at a time for SQLite, across threads and processes; no gate elsewhere."""
    if _writing.get():
        raise RuntimeError("transactions do not nest: call commands inside the one that is open")
    url = db.engine.url
    handle: int | None = None
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        handle = os.open(f"{url.database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    token = None
    try:
        if handle is not None:
            fcntl.flock(handle, fcntl.LOCK_EX)
        token = _writing.set(True)
        yield
    finally:
        if token is not None:
            _writing.reset(token)
        if handle is not None:
            os.close(handle)  # closing releases the lock
