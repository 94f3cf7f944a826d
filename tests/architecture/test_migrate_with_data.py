"""Migrations go down and up again on a database that is full, and lose nothing that stays."""

from dataclasses import replace

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from app.core import jobs
from app.core.db import db
from app.core.search import keeping

pytestmark = [pytest.mark.both, pytest.mark.long]

STAYS = ("people", "proposals", "comments", "questions", "ballots", "answers", "measures", "rounds")


def _counts():
    with db.engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608
            for table in STAYS
        }


def test_down_to_the_first_tables_and_up_again(app):
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, demonstration=True)
    try:
        done = app.test_cli_runner().invoke(args=["demo", "load"])
    finally:
        app.config["SETTINGS"] = settings
    assert done.exit_code == 0, done.output
    with app.app_context():
        db.session.remove()
        before = _counts()
        assert all(before.values())
        downgrade(revision="0001")
        assert _counts() == before
        upgrade()
        assert _counts() == before
        while jobs.run_due():
            pass
        assert not any(keeping.check())
        assert "cosponsors" in inspect(db.engine).get_table_names()
        question = db.session.execute(text("SELECT id FROM questions WHERE state = 'counted'"))
        page = app.test_client().get(f"/de/questions/{question.scalar()}")
        assert page.status_code == 200
