"""guests confirm an address before their comment is sent"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0046"
branch_labels = None
depends_on = None


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def upgrade() -> None:
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("address_hash", sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_comments_address_hash"), ["address_hash"])
        batch_op.create_check_constraint(
            "address_of_a_guest",
            "address_hash IS NULL OR (guest_name != '' AND withdrawn_at IS NULL)",
        )
    table = "unconfirmed_comments"
    stances = "'for', 'against', 'question', 'suggestion'"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("guest_key_hash", sa.String(length=64), nullable=False),
        sa.Column("confirm_key_hash", sa.String(length=64), nullable=True),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("stance", sa.String(length=40), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name != '' AND body != ''", name=op.f(f"ck_{table}_says_something")),
        sa.CheckConstraint(f"stance IN ({stances})", name=op.f(f"ck_{table}_stance_known")),
        _refers(table, "target_id", "subjects"),
        _refers(table, "round_id", "rounds"),
        _refers(table, "parent_id", "comments"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("target_id", "form_key", name=op.f(f"uq_{table}_target_id_form_key")),
        sa.UniqueConstraint("guest_key_hash", name=op.f(f"uq_{table}_guest_key_hash")),
        sa.UniqueConstraint("confirm_key_hash", name=op.f(f"uq_{table}_confirm_key_hash")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_expires_at"), ["expires_at"])


def downgrade() -> None:
    op.drop_table("unconfirmed_comments")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_constraint("address_of_a_guest", type_="check")
        batch_op.drop_index(batch_op.f("ix_comments_address_hash"))
        batch_op.drop_column("address_hash")
