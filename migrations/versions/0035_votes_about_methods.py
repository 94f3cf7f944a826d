"""the trace from a vote about a method to the question whose method it decided"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0043b"
branch_labels = None
depends_on = None

_EDGE = "decided-method"


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
    _edges_of(*_edges(), _EDGE)


def downgrade() -> None:
    op.execute(f"DELETE FROM trace_edges WHERE kind = '{_EDGE}'")  # noqa: S608 — our own name
    _edges_of(*_edges())
