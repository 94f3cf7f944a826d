"""what a version of a measure was made because of"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0023c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("measure_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("because_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_measure_versions_because_id"),
            "subjects",
            ["because_id"],
            ["id"],
        )
        batch_op.create_index(
            batch_op.f("ix_measure_versions_because_id"), ["because_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("measure_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_versions_because_id"))
        batch_op.drop_constraint(batch_op.f("fk_measure_versions_because_id"), type_="foreignkey")
        batch_op.drop_column("because_id")
