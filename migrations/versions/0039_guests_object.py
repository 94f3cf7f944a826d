"""guests object to decisions about what they wrote"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("by_guest", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.drop_constraint("by_somebody", type_="check")
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.alter_column("by_guest", server_default=None)
        batch_op.create_check_constraint(
            "by_somebody", "by_id IS NOT NULL OR report_id IS NOT NULL OR by_guest"
        )
        batch_op.create_check_constraint(
            "guest_without_account", "NOT by_guest OR (by_id IS NULL AND report_id IS NULL)"
        )


def downgrade() -> None:
    op.execute("DELETE FROM appeals WHERE by_guest")  # nobody else could have made them
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.drop_constraint("guest_without_account", type_="check")
        batch_op.drop_constraint("by_somebody", type_="check")
        batch_op.drop_column("by_guest")
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.create_check_constraint(
            "by_somebody", "by_id IS NOT NULL OR report_id IS NOT NULL"
        )
