"""draft texts of the plan, and what moderators sum up of a paragraph"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0031"
branch_labels = None
depends_on = None

_KIND = "text-because"


def _kinds() -> tuple[str, ...]:
    """Those that the database knows now, in their order."""
    found = sa.inspect(op.get_bind()).get_check_constraints("notices")
    text = next(one["sqltext"] for one in found if str(one["name"]).endswith("kind_known"))
    return tuple(part for part in str(text).split("'")[1::2] if part != _KIND)


def _notices_of(*kinds: str) -> None:
    known = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_constraint("kind_known", type_="check")
        batch_op.create_check_constraint("kind_known", f"kind IN ({known})")


def upgrade() -> None:
    _notices_of(*_kinds(), _KIND)
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("for_plan", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.alter_column("for_plan", server_default=None)
    table = "paragraph_summaries"
    op.create_table(
        table,
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("words != ''", name=op.f(f"ck_{table}_says_something")),
        sa.ForeignKeyConstraint(
            ["block_id"], ["text_blocks.id"], name=op.f(f"fk_{table}_block_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f(f"fk_{table}_by_id")),
        sa.PrimaryKeyConstraint("block_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_by_id"), table, ["by_id"])


def downgrade() -> None:
    op.drop_table("paragraph_summaries")
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_column("for_plan")
    op.execute(f"DELETE FROM notices WHERE kind = '{_KIND}'")  # noqa: S608 — our own word
    _notices_of(*_kinds())
