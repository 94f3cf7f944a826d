"""notes among moderators, and whom they hope to hear"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0029"
branch_labels = None
depends_on = None


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    notes = "moderator_notes"
    op.create_table(
        notes,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "body != '' OR removed_at IS NOT NULL", name=op.f("ck_moderator_notes_says_something")
        ),
        _refers(notes, "dialogue_id", "dialogues"),
        _refers(notes, "author_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderator_notes")),
    )
    with op.batch_alter_table(notes, schema=None) as batch_op:
        batch_op.create_index("ix_moderator_notes_dialogue_id_id", ["dialogue_id", "id"])
        batch_op.create_index(batch_op.f("ix_moderator_notes_author_id"), ["author_id"])
    op.create_table(
        "hoped_for",
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("which", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "side IN ('kind', 'district', 'language')", name=op.f("ck_hoped_for_side_known")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_hoped_for_hopes_for_some")),
        _refers("hoped_for", "dialogue_id", "dialogues"),
        sa.PrimaryKeyConstraint("dialogue_id", "side", "which", name=op.f("pk_hoped_for")),
    )


def downgrade() -> None:
    op.drop_table("hoped_for")
    op.drop_table("moderator_notes")
