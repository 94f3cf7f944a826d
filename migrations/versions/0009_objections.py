"""objections"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "objection_rulings",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason != ''", name=op.f("ck_objection_rulings_reasoned")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_objection_rulings_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_objection_rulings_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_objection_rulings_question_id")
        ),
        sa.PrimaryKeyConstraint(
            "question_id", "organisation_id", name=op.f("pk_objection_rulings")
        ),
    )
    with op.batch_alter_table("objection_rulings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objection_rulings_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("objection_rulings")
