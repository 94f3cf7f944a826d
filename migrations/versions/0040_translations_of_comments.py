"""translations of comments by people"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = "comment_translations"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("original_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visibility", sa.String(length=40), nullable=False),
        sa.Column("visibility_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "visibility IN ('held', 'visible', 'returned', 'hidden')",
            name=op.f(f"ck_{table}_visibility_known"),
        ),
        sa.CheckConstraint(
            "visibility NOT IN ('hidden', 'returned') OR visibility_reason != ''",
            name=op.f(f"ck_{table}_reason_where_not_visible"),
        ),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f(f"fk_{table}_id")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f(f"fk_{table}_comment_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f(f"fk_{table}_round_id")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f(f"fk_{table}_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "comment_id",
            "language",
            "author_id",
            name=op.f(f"uq_{table}_comment_id_language_author_id"),
        ),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_author_id"), ["author_id"])
        batch_op.create_index(f"ix_{table}_round_visibility", ["round_id", "visibility"])


def downgrade() -> None:
    of_them = "SELECT id FROM subjects WHERE kind = 'translation'"
    appealed = f"SELECT id FROM decisions WHERE subject_id IN ({of_them})"  # noqa: S608 — our own words
    op.execute(f"DELETE FROM appeals WHERE decision_id IN ({appealed})")  # noqa: S608
    op.execute(f"DELETE FROM reports WHERE subject_id IN ({of_them})")  # noqa: S608
    op.execute(f"DELETE FROM decisions WHERE subject_id IN ({of_them})")  # noqa: S608
    op.execute(f"DELETE FROM suspension_requests WHERE subject_id IN ({of_them})")  # noqa: S608
    op.execute(f"DELETE FROM notices WHERE subject_id IN ({of_them})")  # noqa: S608
    op.execute(f"DELETE FROM follows WHERE subject_id IN ({of_them})")  # noqa: S608
    op.drop_table("comment_translations")
    op.execute("DELETE FROM subjects WHERE kind = 'translation'")
