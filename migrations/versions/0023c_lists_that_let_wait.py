"""whether a list of words let wait what was decided about"""

import sqlalchemy as sa
from alembic import op

revision = "0023c"
down_revision = "0023b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.alter_column("listed", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_column("listed")
