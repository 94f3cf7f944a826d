"""what meetings count for the milestones to which they belong"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0033"
branch_labels = None
depends_on = None

_COLUMNS = ("counted", "held", "attended")
_CHECK = "counted >= 0 AND held >= 0 AND attended >= 0"


def upgrade() -> None:
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        for name in _COLUMNS:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        for name in _COLUMNS:
            batch_op.alter_column(name, server_default=None)
        batch_op.create_check_constraint("meetings_counted", _CHECK)


def downgrade() -> None:
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_constraint("meetings_counted", type_="check")
        for name in _COLUMNS:
            batch_op.drop_column(name)
