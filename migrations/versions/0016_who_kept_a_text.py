"""who kept a proposal's text last"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("saved_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_proposals_saved_by_id"), "people", ["saved_by_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_proposals_saved_by_id"), type_="foreignkey")
        batch_op.drop_column("saved_by_id")
