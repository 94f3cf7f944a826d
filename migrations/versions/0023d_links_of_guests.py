"""private links of guests to their comments"""

import sqlalchemy as sa
from alembic import op

revision = "0023d"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guest_key_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_comments_guest_key_hash"), ["guest_key_hash"])
        batch_op.create_check_constraint(
            "gone_where_taken_back",
            "withdrawn_at IS NULL OR (visibility = 'hidden' AND body = '')",
        )
        batch_op.create_check_constraint(
            "link_of_a_guest", "guest_key_hash IS NULL OR guest_name != ''"
        )


def downgrade() -> None:
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_constraint("link_of_a_guest", type_="check")
        batch_op.drop_constraint("gone_where_taken_back", type_="check")
        batch_op.drop_constraint(op.f("uq_comments_guest_key_hash"), type_="unique")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("guest_key_hash")
