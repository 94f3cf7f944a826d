"""goals of a year that roll over to a later one"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0037a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("since_year", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            "rolled_over", "since_year IS NULL OR (year IS NOT NULL AND since_year < year)"
        )


def downgrade() -> None:
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.drop_constraint("rolled_over", type_="check")
        batch_op.drop_column("since_year")
