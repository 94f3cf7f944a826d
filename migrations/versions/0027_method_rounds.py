"""rules that are proposed, and rounds that run by those that were adopted"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0023d"
branch_labels = None
depends_on = None

_TEXTS = ("proposals", "proposal_versions", "proposal_changes")
_EDGE = "became-rules"


def _edges() -> tuple[str, ...]:
    """The kinds of edges that the database knows now, in their order, without the new one."""
    found = sa.inspect(op.get_bind()).get_check_constraints("trace_edges")
    text = next(one["sqltext"] for one in found if str(one["name"]).endswith("kind_known"))
    return tuple(part for part in str(text).split("'")[1::2] if part != _EDGE)


def _edges_of(*kinds: str) -> None:
    known = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("trace_edges", schema=None) as batch_op:
        batch_op.drop_constraint("kind_known", type_="check")
        batch_op.create_check_constraint("kind_known", f"kind IN ({known})")


def upgrade() -> None:
    for table in _TEXTS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("procedure_data", sa.JSON(), nullable=True))
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("method_proposal_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("method_version", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_rounds_method_proposal_id"), "subjects", ["method_proposal_id"], ["id"]
        )
        batch_op.create_check_constraint(
            "method_in_a_version", "(method_proposal_id IS NULL) = (method_version IS NULL)"
        )
        batch_op.create_index(batch_op.f("ix_rounds_method_proposal_id"), ["method_proposal_id"])
    with op.batch_alter_table("dialogues", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("no_method_reason", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("no_method_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("dialogues", schema=None) as batch_op:
        batch_op.alter_column("no_method_reason", server_default=None)
        batch_op.create_check_constraint(
            "no_method_with_a_reason", "(no_method_at IS NULL) = (no_method_reason = '')"
        )
    _edges_of(*_edges(), _EDGE)


def downgrade() -> None:
    op.execute(f"DELETE FROM trace_edges WHERE kind = '{_EDGE}'")  # noqa: S608 — our own name
    _edges_of(*_edges())
    with op.batch_alter_table("dialogues", schema=None) as batch_op:
        batch_op.drop_constraint("no_method_with_a_reason", type_="check")
        batch_op.drop_column("no_method_at")
        batch_op.drop_column("no_method_reason")
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rounds_method_proposal_id"))
        batch_op.drop_constraint("method_in_a_version", type_="check")
        batch_op.drop_constraint(batch_op.f("fk_rounds_method_proposal_id"), type_="foreignkey")
        batch_op.drop_column("method_version")
        batch_op.drop_column("method_proposal_id")
    for table in _TEXTS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("procedure_data")
