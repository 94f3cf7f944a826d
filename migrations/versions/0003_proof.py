"""proof: published heads, sealed recounts, counts in progress"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "published_heads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_heads")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_published_heads_question_id_questions")
        ),
        sa.UniqueConstraint("question_id", "day", name=op.f("uq_published_heads_question_id_day")),
    )
    op.create_table(
        "sealed_recounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("witnesses", sa.JSON(), nullable=False),
        sa.Column("package_hash", sa.String(64), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("found", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(found = 'open') = (recorded_at IS NULL)",
            name=op.f("ck_sealed_recounts_recorded_when_found"),
        ),
        sa.CheckConstraint(
            "found IN ('open', 'agrees', 'differs')", name=op.f("ck_sealed_recounts_found_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_recounts")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_sealed_recounts_question_id_questions")
        ),
    )
    op.create_index(op.f("ix_sealed_recounts_question_id"), "sealed_recounts", ["question_id"])
    op.create_table(
        "counts_in_progress",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "percent BETWEEN 0 AND 100", name=op.f("ck_counts_in_progress_percent_of_a_whole")
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_counts_in_progress")),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_counts_in_progress_question_id_questions"),
        ),
    )


def downgrade() -> None:
    op.drop_table("counts_in_progress")
    op.drop_table("sealed_recounts")
    op.drop_table("published_heads")
