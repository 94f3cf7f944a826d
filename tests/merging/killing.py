"""A program whose processes merge two proposals and are killed on the way: `python -m
tests.merging.killing ORDERS`, a file of JSON; prints what it has seen, as JSON.

One process for each statement that a merging sends to the database: it kills itself right before
that statement, and the last one right before the commit. After each another process reads every
table. Then the same with undoing it.
"""

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, select

from app import create_app
from app.core.db import Base, db
from app.core.policy import Actor
from app.core.transactions import transaction
from app.merging import commands, queries
from app.merging.models import Merging
from app.proposals import queries as proposals
from config import Settings
from tests.processes import start

MOST = 1000
"""A merging of a few comments sends far fewer statements."""


def main(orders: dict[str, Any]) -> None:
    app = create_app(
        Settings(
            environment="test",
            secret_key="for tests only, long enough to be taken",
            data_dir=orders["data_dir"],
            database_url=orders["database_url"],
        )
    )
    merge = _until_it_is_done(app, lambda: _merge(orders))
    undo = _until_it_is_done(app, lambda: _undo(orders))
    print(json.dumps({"merge": merge, "undo": undo}))


def _until_it_is_done(app: Flask, act: Callable[[], None]) -> dict[str, Any]:
    """Kill one process after the other, each one statement later; stop at the one that lives."""
    before = _everything(app)
    changed: list[int] = []
    for number in range(MOST):
        if _lives(app, act, number):
            return {"killed": number, "changed": changed, "done": _everything(app) != before}
        if _everything(app) != before:
            changed.append(number)
    raise SystemExit("it never comes to an end")


def _lives(app: Flask, act: Callable[[], None], statements: int) -> bool:
    """Whether the act comes to its end with so many statements."""

    def work(_pipe: int) -> None:
        _die_after(statements)
        act()

    pid, pipe = start(app, work)
    os.close(pipe)
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return False
    if os.WEXITSTATUS(status):
        raise SystemExit("it has failed by itself")
    return True


def _die_after(statements: int) -> None:
    left = statements

    def one_more(*_arguments: Any) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    event.listen(db.engine, "before_cursor_execute", one_more)
    event.listen(db.engine, "commit", one_more)


def _everything(app: Flask) -> str:
    """Every row of every table, read by a process of its own, as one hash."""

    def work(pipe: int) -> None:
        found = hashlib.sha256()
        for table in Base.metadata.sorted_tables:
            rows = db.session.execute(select(table)).all()
            found.update(f"{table.name}: {sorted(map(repr, rows))}\n".encode())
        os.write(pipe, found.hexdigest().encode())

    pid, pipe = start(app, work)
    _pid, status = os.waitpid(pid, 0)
    told = os.read(pipe, 1000).decode()
    os.close(pipe)
    if status or not told:
        raise SystemExit("the tables cannot be read")
    return told


def _merge(orders: dict[str, Any]) -> None:
    source = proposals.get(orders["source"])
    target = proposals.get(orders["target"])
    assert source is not None
    assert target is not None
    with transaction(of=[source, target]):
        source, target = proposals.get(orders["source"]), proposals.get(orders["target"])
        assert source is not None
        assert target is not None
        commands.merge(
            source,
            target,
            title="Ein Haus für alle",
            body="Ein Haus am Markt oder am See.",
            reason="Beide wollen dasselbe Haus.",
            edition=target.edition,
            by=Actor(person_id=orders["moderator"]),
        )


def _undo(orders: dict[str, Any]) -> None:
    with transaction():
        id = db.session.scalars(select(Merging.id)).one()
        found = queries.get(id)
        assert found is not None
        commands.undo(found, reason="Doch zwei.", by=Actor(person_id=orders["moderator"]))


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))
