"""what makes new texts of a dialogue wait for a moderator"""

import sqlalchemy as sa
from alembic import op

revision = "0023b"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dialogues", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_words", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("holds_links", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("calm_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("held_from", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("held_to", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            "hours_of_a_day",
            "(held_from IS NULL) = (held_to IS NULL)"
            " AND (held_from IS NULL OR (held_from BETWEEN 0 AND 23 AND held_to BETWEEN 0 AND 23"
            " AND held_from != held_to))",
        )
    with op.batch_alter_table("dialogues", schema=None) as batch_op:
        batch_op.alter_column("held_words", server_default=None)
        batch_op.alter_column("holds_links", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("dialogues", schema=None) as batch_op:
        batch_op.drop_constraint("hours_of_a_day", type_="check")
        for column in ("held_to", "held_from", "calm_until", "holds_links", "held_words"):
            batch_op.drop_column(column)
