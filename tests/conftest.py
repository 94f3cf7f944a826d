"""Real databases, a frozen clock, a signed-in client.

Every test gets a database of its own making: a copy of a migrated SQLite file, or a PostgreSQL
database emptied before the test. A test marked `both` runs on both: what is about data, races and
the main job. Slow ones that are about pages are `both_long`: on PostgreSQL in the long run only.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings as hypothesis
from sqlalchemy import event, inspect

from app import create_app
from app.accounts import commands
from app.accounts.commands import passwords
from app.accounts.models import Person
from app.core import clock
from app.core.db import Base, db
from app.core.transactions import transaction
from config import Settings
from tests.servers import create_database

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""A Monday, ten o'clock in Hannover."""


hypothesis.register_profile("plandialog", deadline=None)  # how fast a machine is decides no test
hypothesis.load_profile("plandialog")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        kinds: list[Any] = ["sqlite"]
        if metafunc.definition.get_closest_marker("both"):
            kinds.append("postgres")
        elif metafunc.definition.get_closest_marker("both_long"):
            kinds.append(pytest.param("postgres", marks=pytest.mark.long))
        if metafunc.definition.get_closest_marker("postgres"):
            kinds = ["postgres"]
        metafunc.parametrize("database", kinds, indirect=True, scope="function")


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: tests sync to disk as often as the real thing."""
    base = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 — a name of its own below
    with tempfile.TemporaryDirectory(dir=base, prefix="plandialog-tests-") as name:
        yield Path(name)


class Browser(FlaskClient):
    """A client whose requests never share the test's own context: forgotten commits would hide."""

    def open(self, *arguments: Any, **keywords: Any) -> Any:
        with _outside():
            return super().open(*arguments, **keywords)


@contextmanager
def _outside() -> Iterator[None]:
    token = _cv_app.set(None)  # type: ignore[arg-type]  # as in a process that has pushed nothing
    try:
        yield
    finally:
        _cv_app.reset(token)


def _settings(folder: Path, url: str) -> Settings:
    return Settings(
        environment="test",
        secret_key="for tests only, long enough to be taken",
        data_dir=str(folder),
        database_url=url,
        server_url="http://localhost",
    )


def _migrate(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def migrated_sqlite(folder: Path) -> Path:
    """A migrated file to copy, which nobody opens."""
    path = folder / "migrated.sqlite3"
    _migrate(_settings(folder, f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(folder: Path) -> str:
    """A migrated database to copy, which nobody opens: `create_database(…, like=…)`."""
    name = "migrated"
    _migrate(_settings(folder, create_database(name)))
    return name


@contextmanager
def _app(folder: Path, url: str) -> Iterator[Flask]:
    app = create_app(_settings(folder, url))
    app.testing = True
    app.test_client_class = Browser
    app.config["WTF_CSRF_ENABLED"] = False  # journeys run with it on

    @app.teardown_request
    def nothing_unsaved(_error: BaseException | None) -> None:
        session = db.session()
        unsaved = [*session.new, *session.dirty, *session.deleted]
        assert not unsaved, "a request left changes unsaved"

    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_app(folder: Path) -> Iterator[Flask]:
    with _app(folder, f"sqlite:///{folder / 'test.sqlite3'}") as app:
        yield app


@pytest.fixture(scope="session")
def postgres_app(folder: Path, migrated_postgres: str) -> Iterator[Flask]:
    with _app(folder, create_database("tests", like=migrated_postgres)) as app:
        yield app


@pytest.fixture
def database(request: pytest.FixtureRequest, folder: Path) -> str:
    kind: str = request.param
    if kind == "sqlite":
        app: Flask = request.getfixturevalue("sqlite_app")
        with app.app_context():
            db.engine.dispose()
        for ending in ("", "-wal", "-shm"):
            (folder / f"test.sqlite3{ending}").unlink(missing_ok=True)
        migrated: Path = request.getfixturevalue("migrated_sqlite")
        shutil.copyfile(migrated, folder / "test.sqlite3")
        return kind
    app = request.getfixturevalue("postgres_app")
    with app.app_context(), db.engine.connect() as connection:
        connection.rollback()
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.read_only = False
        raw.execute("SET LOCAL session_replication_role = replica")  # in any order
        raw.execute(_emptying(tuple(table.name for table in Base.metadata.sorted_tables)))
        raw.commit()
    return kind


@cache
def _emptying(tables: tuple[str, ...]) -> str:
    """Deletes what is there and counts from one again: a test fills few of the many tables, and
    TRUNCATE takes as long for an empty one as for a full one."""
    deletions = " ".join(f'DELETE FROM "{name}";' for name in tables)  # noqa: S608 — ours
    return f"""
        DO $$
        DECLARE counter record;
        BEGIN
            {deletions}
            FOR counter IN SELECT sequencename FROM pg_sequences
                WHERE schemaname = current_schema AND last_value IS NOT NULL
            LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', counter.sequencename); END LOOP;
        END $$"""  # noqa: S608 — tables of ours


@pytest.fixture
def app(request: pytest.FixtureRequest, database: str) -> Flask:
    """The whole application on a fresh database."""
    chosen: Flask = request.getfixturevalue(f"{database}_app")
    return chosen


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """An application context for tests that call commands and queries directly."""
    with app.app_context():
        yield
        db.session.remove()


@pytest.fixture(scope="session", autouse=True)
def strong_hasher() -> Iterator[PasswordHasher]:
    """The platform's own hasher. Tests hash as cheaply as Argon2 can: a strong hash costs a third
    of a second, and journeys sign in often; a hash is verified at the cost written in it."""
    strong = passwords._hasher
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield strong
    passwords._hasher = strong


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger's browser."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Person], FlaskClient]:
    """A browser in which the person is signed in: `sign_in(person).get("/de/…")`."""

    def signed_in(person: Person) -> FlaskClient:
        with app.app_context():
            found = db.session.get_one(Person, inspect(person).identity)
            with transaction():
                token = commands.start_session(found)
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        return client

    return signed_in


@pytest.fixture
def queries(app: Flask) -> Iterator[list[str]]:
    """The SQL statements sent since the test began; clear it before what is counted."""
    sent: list[str] = []

    def hear(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    yield sent
    event.remove(engine, "before_cursor_execute", hear)
