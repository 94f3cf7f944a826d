"""the plan in other languages"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0050"
branch_labels = None
depends_on = None

NAMED = ("measures", "fields")


def upgrade() -> None:
    for table in NAMED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("names", sa.JSON(), nullable=False, server_default="{}"))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("names", server_default=None)
    op.create_table(
        "plan_translations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["subjects.id"], name=op.f("fk_plan_translations_owner_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_plan_translations_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_translations")),
        sa.UniqueConstraint(
            "owner_id",
            "language",
            "number",
            name=op.f("uq_plan_translations_owner_id_language_number"),
        ),
    )
    with op.batch_alter_table("plan_translations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_translations_by_id"), ["by_id"], unique=False)


def downgrade() -> None:
    op.drop_table("plan_translations")
    for table in NAMED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("names")
