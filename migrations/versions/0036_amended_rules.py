"""amendments that change rules of a proposed procedure"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0039"
branch_labels = None
depends_on = None


def _changes(condition: str) -> None:
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.drop_constraint("changes_something", type_="check")
        batch_op.create_check_constraint("changes_something", condition)


def upgrade() -> None:
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rules", sa.JSON(), nullable=True))
    _changes("rules IS NOT NULL OR old != new")


def downgrade() -> None:
    # They stay, with their comments and supports: as words that ask for what their reason says.
    op.execute("UPDATE amendments SET old = '', new = reason WHERE rules IS NOT NULL")
    _changes("old != new")
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.drop_column("rules")
