"""search"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Each had a folded text of its own beside what it says.
SEARCHED = ("organisations", "measures", "proposals")
WORD = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")

# Tokens come folded from the application: the tokenizer only has to part them at blanks. It knows
# no Unicode, so that no version of it parts them otherwise.
FTS = """
CREATE VIRTUAL TABLE search_fts USING fts5(
    tokens, content='search_entries', content_rowid='id', detail=none, columnsize=0,
    tokenize="ascii tokenchars '_'"
)
"""
TRIGGERS = (
    """
    CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN
        INSERT INTO search_fts (rowid, tokens) VALUES (new.id, new.tokens);
    END
    """,
    """
    CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN
        INSERT INTO search_fts (search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
    END
    """,
    """
    CREATE TRIGGER search_entries_changed AFTER UPDATE OF tokens ON search_entries BEGIN
        INSERT INTO search_fts (search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO search_fts (rowid, tokens) VALUES (new.id, new.tokens);
    END
    """,
)


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_search_entries_kind_key")),
    )
    op.create_table(
        "search_words",
        sa.Column("word", WORD, nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_words")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_trigrams",
        sa.Column("trigram", sa.String(length=3), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("word", WORD, nullable=False),
        sa.PrimaryKeyConstraint("trigram", "length", "word", name=op.f("pk_search_trigrams")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FTS)
        for trigger in TRIGGERS:
            op.execute(trigger)
    else:
        op.execute(
            "CREATE INDEX ix_search_entries_tokens ON search_entries"
            " USING gin (array_to_tsvector(string_to_array(tokens, ' ')))"
        )

    for table in SEARCHED:
        op.drop_column(table, "search_text")
    _fill_it_later()


def _fill_it_later() -> None:
    """A database in use is put into the index by the worker."""
    if op.get_bind().execute(sa.text("SELECT id FROM plans LIMIT 1")).first() is None:
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
    for table in SEARCHED:
        op.add_column(table, sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_fts")
    op.drop_table("search_trigrams")
    op.drop_table("search_words")
    op.drop_table("search_entries")
