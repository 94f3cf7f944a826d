"""One commit: all of it or nothing, never outside, never two at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app.core import clock
from app.core.db import db
from app.core.jobs import Job
from app.core.transactions import transaction

pytestmark = pytest.mark.both


def _job(name: str = "core.forget-attempts") -> Job:
    return Job(name=name, payload={"n": 0}, due_at=clock.now())


def _count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Job)) or 0


def test_an_error_leaves_nothing(context):
    def dies_halfway() -> None:
        with transaction() as session:
            session.add(_job())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        dies_halfway()
    assert _count() == 0


def test_a_write_outside_fails_loudly(context):
    db.session.add(_job())
    with pytest.raises(DBAPIError):
        db.session.flush()
    db.session.rollback()
    assert _count() == 0


def test_transactions_do_not_nest(context):
    with transaction() as session:
        session.add(_job())
        with pytest.raises(RuntimeError, match="do not nest"), transaction():
            pass
    assert _count() == 1


def test_parallel_writers_lose_no_update(app: Flask):
    with app.app_context(), transaction() as session:
        session.add(_job())

    def add_one(_n: int) -> None:
        with app.app_context():
            found = db.session.scalars(select(Job)).one()
            with transaction(of=found):
                found.payload = {"n": found.payload["n"] + 1}

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_one, range(40)))
    with app.app_context():
        assert db.session.scalars(select(Job)).one().payload == {"n": 40}
