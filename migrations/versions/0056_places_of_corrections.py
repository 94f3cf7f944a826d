"""a change of an answer that waits has editions: its place in the plan can be chosen anew"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answer_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edition", sa.Integer(), server_default="1", nullable=False))
    with op.batch_alter_table("answer_versions", schema=None) as batch_op:
        batch_op.alter_column("edition", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("answer_versions", schema=None) as batch_op:
        batch_op.drop_column("edition")
