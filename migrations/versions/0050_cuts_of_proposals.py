"""moderators take words out of proposals and amendments"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0058"
branch_labels = None
depends_on = None

TABLES = ("proposals", "amendments")


def upgrade() -> None:
    op.create_table(
        "cut_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name=op.f("fk_cut_texts_subject_id_subjects")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cut_texts")),
        sa.UniqueConstraint(
            "subject_id",
            "number",
            "place",
            "row_id",
            "field",
            name=op.f("uq_cut_texts_subject_id_number_place_row_id_field"),
        ),
    )
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("cut_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Shortened texts stay shortened: the words that are gone are not made public by a downgrade."""
    for table in reversed(TABLES):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("cut_at")
    op.drop_table("cut_texts")
