"""questions: free options, settings, external draws"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("questions") as table:
        table.add_column(sa.Column("settings", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("draw", sa.String(200), nullable=False, server_default=""))
    with op.batch_alter_table("questions") as table:
        table.alter_column("settings", server_default=None)
        table.alter_column("draw", server_default=None)
        table.create_check_constraint(
            op.f("ck_questions_drawn_after_close"), "draw = '' OR state IN ('closed', 'counted')"
        )
    with op.batch_alter_table("options") as table:
        table.add_column(sa.Column("text", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("options") as table:
        table.alter_column("text", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("options") as table:
        table.drop_column("text")
    with op.batch_alter_table("questions") as table:
        table.drop_constraint(op.f("ck_questions_drawn_after_close"), type_="check")
        table.drop_column("draw")
        table.drop_column("settings")
