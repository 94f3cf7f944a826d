"""dialogues"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("to_chambers", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("to_organisations", sa.Text(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("to_persons", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("answers", schema=None) as batch_op:
        for name in ("to_chambers", "to_organisations", "to_persons"):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_check_constraint(
            "both_chambers_answered",
            "state != 'published' OR NOT to_chambers"
            " OR (to_organisations != '' AND to_persons != '')",
        )


def downgrade() -> None:
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_constraint("both_chambers_answered", type_="check")
        for name in ("to_persons", "to_organisations", "to_chambers"):
            batch_op.drop_column(name)
