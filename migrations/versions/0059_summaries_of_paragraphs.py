"""summaries of paragraphs are summaries like those of rounds: editions, sources, disputes"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0057"
branch_labels = None
depends_on = None

OLD = "paragraph_summaries"
_MOMENT = sa.DateTime(timezone=True)
_SUBJECTS = sa.table("subjects", sa.column("id", sa.Integer), sa.column("kind", sa.String))
_SUMMARIES = sa.table(
    "summaries",
    *(sa.column(name, sa.Integer) for name in ("id", "round_id", "block_id", "edition")),
    *(sa.column(name, _MOMENT) for name in ("published_at", "changed_at")),
)
_VERSIONS = sa.table(
    "summary_versions",
    *(sa.column(name, sa.Integer) for name in ("summary_id", "number", "draft", "by_id")),
    *(sa.column(name, sa.Text) for name in ("agreement", "dissent", "open_questions", "whole")),
    sa.column("at", _MOMENT),
)
_OLD = sa.table(
    OLD,
    *(sa.column(name, sa.Integer) for name in ("block_id", "version_number", "edition", "by_id")),
    sa.column("words", sa.Text),
    sa.column("at", _MOMENT),
)


def _moment(value: Any) -> Any:
    """SQLite gives a moment as text where the type is not known."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _check(table: str, name: str, condition: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, condition)


def _parts(*known: str) -> None:
    condition = f"part IN ({', '.join(repr(part) for part in known)})"
    for table in ("summary_sources", "summary_disputes"):
        _check(table, "part_known", condition)


def upgrade() -> None:
    with op.batch_alter_table("summaries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("block_id", sa.Integer(), nullable=True))
        batch_op.drop_constraint("uq_summaries_round_id", type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_summaries_block_id"), ["block_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_summaries_block_id"), "text_blocks", ["block_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_summaries_round_id"), ["round_id"])
        batch_op.create_index(
            "uq_summaries_of_round",
            ["round_id"],
            unique=True,
            sqlite_where=sa.text("block_id IS NULL"),
            postgresql_where=sa.text("block_id IS NULL"),
        )
    with op.batch_alter_table("summary_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("whole", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("draft", sa.Integer(), nullable=True))
    with op.batch_alter_table("summary_versions", schema=None) as batch_op:
        batch_op.alter_column("whole", server_default=None)
    _check(
        "summary_versions",
        "says_something",
        "agreement != '' OR dissent != '' OR open_questions != '' OR whole != ''",
    )
    _parts("agreement", "dissent", "open", "whole")
    _bring_over()
    op.drop_table(OLD)


def _bring_over() -> None:
    bind = op.get_bind()
    rows = bind.execute(
        sa.text(
            "SELECT s.block_id, s.words, s.version_number, s.edition, s.by_id, s.at, p.round_id "
            "FROM paragraph_summaries s JOIN text_blocks b ON b.id = s.block_id "
            "JOIN proposals p ON p.id = b.owner_id ORDER BY s.block_id"
        )
    ).mappings()
    for row in list(rows):
        at = _moment(row["at"])
        made = bind.execute(
            sa.insert(_SUBJECTS).values(kind="summary").returning(_SUBJECTS.c.id)
        ).scalar_one()
        bind.execute(
            sa.insert(_SUMMARIES).values(
                id=made,
                round_id=row["round_id"],
                block_id=row["block_id"],
                edition=row["edition"],
                published_at=at,
                changed_at=at,
            )
        )
        bind.execute(
            sa.insert(_VERSIONS).values(
                summary_id=made,
                number=row["edition"],
                agreement="",
                dissent="",
                open_questions="",
                whole=row["words"],
                draft=row["version_number"],
                by_id=row["by_id"],
                at=at,
            )
        )


def downgrade() -> None:
    """The words that stand there now stay; earlier ones, disputes and minorities of paragraphs go."""
    bind = op.get_bind()
    _create_old()
    rows = bind.execute(
        sa.text(
            "SELECT s.block_id, v.whole AS words, v.draft AS version_number, s.edition, v.by_id, "
            "v.at FROM summaries s JOIN summary_versions v "
            "ON v.summary_id = s.id AND v.number = s.edition WHERE s.block_id IS NOT NULL"
        )
    ).mappings()
    for row in list(rows):
        bind.execute(sa.insert(_OLD).values(**{**row, "at": _moment(row["at"])}))
    _forget()
    _parts("agreement", "dissent", "open")
    _check(
        "summary_versions",
        "says_something",
        "agreement != '' OR dissent != '' OR open_questions != ''",
    )
    with op.batch_alter_table("summary_versions", schema=None) as batch_op:
        batch_op.drop_column("draft")
        batch_op.drop_column("whole")
    with op.batch_alter_table("summaries", schema=None) as batch_op:
        batch_op.drop_index("uq_summaries_of_round")
        batch_op.drop_index("ix_summaries_round_id")
        batch_op.drop_constraint("fk_summaries_block_id", type_="foreignkey")
        batch_op.drop_constraint("uq_summaries_block_id", type_="unique")
        batch_op.drop_column("block_id")
        batch_op.create_unique_constraint("uq_summaries_round_id", ["round_id"])


def _forget() -> None:
    """What the tables before cannot hold, and all that points to it."""
    summaries = "SELECT id FROM summaries WHERE block_id IS NOT NULL"
    statements = f"SELECT id FROM minority_statements WHERE summary_id IN ({summaries})"  # noqa: S608 — our own words
    gone = [
        row[0]
        for query in (summaries, statements)
        for row in op.get_bind().execute(sa.text(query)).all()
    ]
    ids = ", ".join(str(id) for id in gone) or "0"
    appealed = f"SELECT id FROM decisions WHERE subject_id IN ({ids})"  # noqa: S608
    op.execute(f"DELETE FROM appeals WHERE decision_id IN ({appealed})")  # noqa: S608
    for table in (
        "reports",
        "decisions",
        "suspension_requests",
        "notices",
        "follows",
        "translated_texts",
        "summary_sources",
    ):
        op.execute(f"DELETE FROM {table} WHERE subject_id IN ({ids})")  # noqa: S608
    op.execute(f"DELETE FROM trace_edges WHERE source_id IN ({ids}) OR target_id IN ({ids})")  # noqa: S608
    op.execute(f"UPDATE measure_versions SET because_id = NULL WHERE because_id IN ({ids})")  # noqa: S608
    op.execute(f"DELETE FROM text_causes WHERE cause_id IN ({ids})")  # noqa: S608
    for table in ("minority_statements", "summary_disputes", "summary_sources", "summary_versions"):
        op.execute(f"DELETE FROM {table} WHERE summary_id IN ({summaries})")  # noqa: S608
    op.execute("DELETE FROM summaries WHERE block_id IS NOT NULL")
    op.execute(f"DELETE FROM subjects WHERE id IN ({ids})")  # noqa: S608


def _create_old() -> None:
    op.create_table(
        OLD,
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.CheckConstraint("words != ''", name=op.f(f"ck_{OLD}_says_something")),
        sa.ForeignKeyConstraint(["block_id"], ["text_blocks.id"], name=op.f(f"fk_{OLD}_block_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f(f"fk_{OLD}_by_id")),
        sa.PrimaryKeyConstraint("block_id", name=op.f(f"pk_{OLD}")),
    )
    op.create_index(op.f(f"ix_{OLD}_by_id"), OLD, ["by_id"])
