"""contributions that moderators enter from a meeting or from paper"""

import sqlalchemy as sa
from alembic import op

revision = "0043b"
down_revision = "0032"
branch_labels = None
depends_on = None

_TABLES = ("comments", "proposals")
_CHECKS = {
    "channel_known": "channel IN ('meeting', 'paper')",
    "brought_in_by_somebody": (
        "(channel IS NULL) = (said_on IS NULL) AND (channel IS NULL) = (entered_by_id IS NULL)"
    ),
    "said_at_a_meeting": "said_at_id IS NULL OR (channel IS NOT NULL AND channel = 'meeting')",
}


def upgrade() -> None:
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("channel", sa.String(length=40), nullable=True))
            batch_op.add_column(sa.Column("said_on", sa.Date(), nullable=True))
            batch_op.add_column(sa.Column("said_at_id", sa.Integer(), nullable=True))
            batch_op.add_column(sa.Column("entered_by_id", sa.Integer(), nullable=True))
            if table == "proposals":
                batch_op.add_column(
                    sa.Column(
                        "brought_name", sa.String(length=120), nullable=False, server_default=""
                    )
                )
            batch_op.create_index(batch_op.f(f"ix_{table}_said_at_id"), ["said_at_id"])
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_said_at_id"), "subjects", ["said_at_id"], ["id"]
            )
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_entered_by_id"), "people", ["entered_by_id"], ["id"]
            )
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, condition in _CHECKS.items():
                batch_op.create_check_constraint(name, condition)
            if table == "proposals":
                batch_op.alter_column("brought_name", server_default=None)
                batch_op.create_check_constraint(
                    "name_of_who_brought_it", "brought_name = '' OR channel IS NOT NULL"
                )


def downgrade() -> None:
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in (*_CHECKS, *(["name_of_who_brought_it"] if table == "proposals" else [])):
                batch_op.drop_constraint(name, type_="check")
            for column in ("said_at_id", "entered_by_id"):
                batch_op.drop_constraint(batch_op.f(f"fk_{table}_{column}"), type_="foreignkey")
            batch_op.drop_index(batch_op.f(f"ix_{table}_said_at_id"))
            for column in ("channel", "said_on", "said_at_id", "entered_by_id"):
                batch_op.drop_column(column)
            if table == "proposals":
                batch_op.drop_column("brought_name")
