"""archives of dialogues"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'making', 'ready')", name=op.f("ck_archives_state_known")
        ),
        sa.CheckConstraint(
            "(sha256 = '') = (made_at IS NULL)", name=op.f("ck_archives_made_with_a_checksum")
        ),
        sa.CheckConstraint("step >= 0 AND steps >= step", name=op.f("ck_archives_step_of_steps")),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name=op.f("fk_archives_dialogue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives")),
        sa.UniqueConstraint("dialogue_id", name=op.f("uq_archives_dialogue_id")),
    )


def downgrade() -> None:
    op.drop_table("archives")
    op.execute("DELETE FROM jobs WHERE name = 'opendata.archive'")
