"""The whole platform, served on a fresh database, and people at real browsers.

The server runs in this process, so that a journey can move its clock. In `make test` journeys run
with script on PostgreSQL and without on SQLite; the two other pairs are long.
"""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, sync_playwright
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

from app import create_app
from app.core import jobs
from app.core.db import db
from app.core.mail import mail_folder
from config import Settings
from tests.journeys.browser import AXE, AXE_FILE, DESK, Look, Seen, Somebody, newest_mail
from tests.servers import WORKER, create_database

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BROWSERS = (
    [os.environ["CHROMIUM"]]
    if "CHROMIUM" in os.environ
    else ["chromium-headless-shell", "chromium"]
)
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


class Setting(NamedTuple):
    database: str
    javascript: bool


LOOKS = Setting("postgres", True)
SETTINGS = [
    pytest.param(LOOKS, id="postgres-script"),
    pytest.param(Setting("sqlite", False), id="sqlite-plain"),
    pytest.param(Setting("postgres", False), id="postgres-plain", marks=pytest.mark.long),
    pytest.param(Setting("sqlite", True), id="sqlite-script", marks=pytest.mark.long),
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "setting" in metafunc.fixturenames:
        metafunc.parametrize("setting", SETTINGS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no browser: journeys cannot run")
        pytest.skip("NO BROWSER: install chromium, or name one in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def platform(
    setting: Setting, request: pytest.FixtureRequest, tmp_path: Path, folder: Path
) -> Iterator[Flask]:
    """The application as the demonstration runs it, on an empty migrated database."""
    data = folder / f"journey-{tmp_path.name}"
    templates = folder / "templates"
    templates.mkdir(exist_ok=True)
    if setting.database == "postgres":
        like: str = request.getfixturevalue("migrated_postgres")
        url = create_database("journeys", like=like)
    else:
        data.mkdir()
        migrated: Path = request.getfixturevalue("migrated_sqlite")
        url = f"sqlite:///{shutil.copyfile(migrated, data / 'journey.sqlite3')}"
    app = create_app(
        Settings(
            environment="development",
            secret_key="for journeys only, long enough to be taken",
            data_dir=str(data),
            database_url=url,
            demonstration=True,
        )
    )
    # Every journey has an application of its own; its templates need not be compiled anew.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(templates))
    yield app
    with app.app_context():
        db.engine.dispose()
    shutil.rmtree(data, ignore_errors=True)


def _whole(platform: Flask) -> "WSGIApplication":
    """Answers read to their end before they are sent.

    werkzeug leaves a file open whose reader went away while it drained the request.
    """

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        with closing(ClosingIterator(platform(environ, start_response))) as parts:
            return [b"".join(parts)]

    return answer


@pytest.fixture
def address(platform: Flask) -> Iterator[str]:
    """Where the platform is served."""
    logging.getLogger("werkzeug").setLevel(
        logging.ERROR
    )  # a failing journey shows pages, not requests
    served = SharedDataMiddleware(_whole(platform), {AXE: str(AXE_FILE)})
    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def run_jobs(platform: Flask) -> Callable[[], None]:
    """Do everything that is due, as the worker would."""

    def work() -> None:
        with platform.app_context():
            while jobs.run_due():
                pass
            db.session.remove()

    return work


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What the journeys of this run have looked at, in all its processes."""
    folder = tmp_path_factory.getbasetemp()
    return Seen((folder.parent if WORKER else folder) / "looked-at")


@pytest.fixture
def look(chromium: Browser, looked_at: Seen, setting: Setting, tmp_path: Path) -> Iterator[Look]:
    """What axe and the checks of pages found; a journey ends with nothing.

    Axe needs script, and pages do not differ by database: one of the two settings with script
    looks at what people see, the long one at the same in Arabic on a phone.
    """
    own = Seen(tmp_path / "looked-at")
    if setting == LOOKS:
        looked = Look(chromium, looked_at, own)
    elif setting.javascript:
        looked = Look(chromium, looked_at, own, everywhere=True)
    else:
        looked = Look(chromium)
    yield looked
    looked.close()
    assert not looked.found, "\n".join(looked.found)


@pytest.fixture
def somebody(
    look: Look, platform: Flask, address: str, setting: Setting, run_jobs: Callable[[], None]
) -> Iterator[Callable[..., Somebody]]:
    """Seat a person at a browser: `somebody("ar", width=PHONE)`."""
    seated: list[Somebody] = []

    def mails(to: str) -> str:
        run_jobs()
        return newest_mail(mail_folder(platform.config["SETTINGS"]), to)

    def seat(language: str = "de", *, width: int = DESK) -> Somebody:
        person = Somebody(
            look,
            address,
            javascript=setting.javascript,
            language=language,
            width=width,
            mails=mails,
        )
        seated.append(person)
        return person

    yield seat
    for person in seated:
        person.context.close()
