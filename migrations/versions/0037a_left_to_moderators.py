"""amendments that a vote has left over; who took part is told of a summary"""

import sqlalchemy as sa
from alembic import op

revision = "0037a"
down_revision = "0040b"
branch_labels = None
depends_on = None

_KINDS = ("summary",)


def _kinds() -> tuple[str, ...]:
    """Those that the database knows now, in their order."""
    found = sa.inspect(op.get_bind()).get_check_constraints("notices")
    text = next(one["sqltext"] for one in found if str(one["name"]).endswith("kind_known"))
    return tuple(part for part in str(text).split("'")[1::2] if part not in _KINDS)


def _notices_of(*kinds: str) -> None:
    known = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_constraint("kind_known", type_="check")
        batch_op.create_check_constraint("kind_known", f"kind IN ({known})")


def upgrade() -> None:
    _notices_of(*_kinds(), *_KINDS)
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("voted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("by_moderators", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute(
        "UPDATE amendments SET voted_at = COALESCE((SELECT max(questions.counted_at)"
        " FROM questions JOIN options ON options.question_id = questions.id"
        " WHERE options.amendment_id = amendments.id), submitted_at)"
        " WHERE state = 'voted'"
    )
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.alter_column("by_moderators", server_default=None)
        batch_op.create_check_constraint(
            "voted_at_known", "state != 'voted' OR voted_at IS NOT NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.drop_constraint("voted_at_known", type_="check")
        batch_op.drop_column("by_moderators")
        batch_op.drop_column("voted_at")
    op.execute("DELETE FROM notices WHERE kind = 'summary'")
    _notices_of(*_kinds())
