"""The migrated schema equals the models, CHECK constraints included; down and up on both."""

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect

from app.core.db import Base, Choice, UTCDateTime, db, write_gate
from app.core.search.models import is_ours

pytestmark = pytest.mark.both


def _same_type(_context, _column, _meta, inspected, ours):
    return False if isinstance(ours, Choice | UTCDateTime) else None


def test_migrations_build_what_the_models_say(context):
    with db.engine.connect() as connection:
        migration = MigrationContext.configure(
            connection, opts={"compare_type": _same_type, "include_object": is_ours}
        )
        assert compare_metadata(migration, Base.metadata) == []


def _plain(condition: str) -> str:
    """A condition without the casts, brackets and quotes that a database adds."""
    condition = re.sub(r"::[a-z ]+(\[\])?", "", condition.lower())
    condition = re.sub(r"= any \(array\[(.*?)\]\)", r"in (\1)", condition.replace("((", "("))
    return re.sub(r"[\s()\"]", "", condition)


def test_check_constraints_are_migrated(context):
    inspector = inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        ours = {
            str(c.name): _plain(str(c.sqltext))
            for c in table.constraints
            if isinstance(c, CheckConstraint)
        }
        found = {
            str(c["name"]): _plain(c["sqltext"])
            for c in inspector.get_check_constraints(table.name)
        }
        assert set(found) == set(ours), table.name
        if db.engine.dialect.name == "sqlite":  # PostgreSQL rewrites conditions
            assert found == ours, table.name


def test_down_and_up_again(app):
    with app.app_context():
        downgrade(revision="base")
        with write_gate():
            assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert "jobs" in inspect(db.engine).get_table_names()
