"""indicators of measures; more of what contact points say"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0028"
branch_labels = None
depends_on = None

_LISTS = ("exceptions", "further", "languages")


def upgrade() -> None:
    op.create_table(
        "indicators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("counted_in", sa.String(length=80), nullable=False),
        sa.Column("baseline", sa.BigInteger(), nullable=True),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(length=40), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("actual", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            '("by" IS NULL) = (precision IS NULL)', name=op.f("ck_indicators_precise_where_dated")
        ),
        sa.CheckConstraint(
            '"by" IS NULL OR target IS NOT NULL',
            name=op.f("ck_indicators_dated_where_there_is_a_target"),
        ),
        sa.CheckConstraint(
            "precision IN ('day', 'month', 'year')", name=op.f("ck_indicators_precision_known")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_indicators_measure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
    )
    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicators_measure_id"), ["measure_id"])
    with op.batch_alter_table("contact_points", schema=None) as batch_op:
        for name in _LISTS:
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("step_free", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("access_notes", sa.Text(), nullable=False, server_default=""))
        batch_op.create_check_constraint("step_free_known", "step_free IN ('yes', 'partly', 'no')")
    with op.batch_alter_table("contact_points", schema=None) as batch_op:
        for name in (*_LISTS, "access_notes"):
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("contact_points", schema=None) as batch_op:
        batch_op.drop_constraint("step_free_known", type_="check")
        for name in ("access_notes", "step_free", *reversed(_LISTS)):
            batch_op.drop_column(name)
    op.drop_table("indicators")
