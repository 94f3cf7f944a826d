"""texts are shortened for other causes than a cut too"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0063"
branch_labels = None
depends_on = None

TABLE = "cut_texts"


def upgrade() -> None:
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.add_column(sa.Column("cause", sa.String(40), nullable=False, server_default="cut"))
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.alter_column("cause", server_default=None)
        batch_op.create_check_constraint(
            op.f(f"ck_{TABLE}_cause_known"), "cause IN ('cut', 'rewritten', 'taken_away')"
        )


def downgrade() -> None:
    """Those texts stay shortened: what is gone is not made public by a downgrade."""
    op.execute("DELETE FROM cut_texts WHERE cause != 'cut'")
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{TABLE}_cause_known"), type_="check")
        batch_op.drop_column("cause")
