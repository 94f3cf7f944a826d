"""from which day to which day an invitation gives a mandate"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.create_check_constraint(
            "ends_after_start", "starts_on IS NULL OR ends_on IS NULL OR ends_on >= starts_on"
        )


def downgrade() -> None:
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_constraint("ends_after_start", type_="check")
        batch_op.drop_column("ends_on")
        batch_op.drop_column("starts_on")
