"""search finds what something says in other languages"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: a table that is made anew loses the triggers by which SQLite indexes it.
    op.add_column(
        "search_entries",
        sa.Column("translations", sa.JSON(), nullable=False, server_default="{}"),
    )
    _fill_it_later()


def _fill_it_later() -> None:
    """What is translated already is put into the index by the worker."""
    if op.get_bind().execute(sa.text("SELECT id FROM plan_translations LIMIT 1")).first() is None:
        return
    jobs = sa.table(
        "jobs",
        sa.column("name", sa.String),
        sa.column("payload", sa.JSON),
        sa.column("key", sa.String),
        sa.column("state", sa.String),
        sa.column("due_at", sa.DateTime(timezone=True)),
        sa.column("attempts", sa.Integer),
        sa.column("error", sa.Text),
    )
    name = "core.search-rebuild"
    due_at = datetime(2026, 1, 1, tzinfo=UTC)
    job = {"name": name, "payload": {}, "key": name, "state": "waiting", "due_at": due_at}
    op.execute(sa.delete(jobs).where(jobs.c.key == name))
    op.bulk_insert(jobs, [{**job, "attempts": 0, "error": ""}])


def downgrade() -> None:
    op.drop_column("search_entries", "translations")
