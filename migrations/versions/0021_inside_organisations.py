"""notes and positions among an organisation's members"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    notes, positions = "organisation_notes", "organisation_positions"
    op.create_table(
        notes,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "body != '' OR removed_at IS NOT NULL",
            name=op.f("ck_organisation_notes_says_something"),
        ),
        _refers(notes, "organisation_id", "organisations"),
        _refers(notes, "subject_id", "subjects"),
        _refers(notes, "author_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_notes")),
    )
    with op.batch_alter_table(notes, schema=None) as batch_op:
        batch_op.create_index(
            "ix_organisation_notes_organisation_id_subject_id", ["organisation_id", "subject_id"]
        )
        for column in ("author_id", "subject_id"):
            batch_op.create_index(batch_op.f(f"ix_organisation_notes_{column}"), [column])
    op.create_table(
        positions,
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("stand", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "stand IN ('being-agreed', 'for', 'against', 'no-position')",
            name=op.f("ck_organisation_positions_stand_known"),
        ),
        _refers(positions, "organisation_id", "organisations"),
        _refers(positions, "subject_id", "subjects"),
        _refers(positions, "by_id", "people"),
        sa.PrimaryKeyConstraint(
            "organisation_id", "subject_id", name=op.f("pk_organisation_positions")
        ),
    )
    with op.batch_alter_table(positions, schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_positions_subject_id"), ["subject_id"])


def downgrade() -> None:
    op.drop_table("organisation_positions")
    op.drop_table("organisation_notes")
