"""whose words led to a sentence of the plan is told so"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0049"
branch_labels = None
depends_on = None

_KIND = "in-the-plan"


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


def downgrade() -> None:
    op.execute("DELETE FROM notices WHERE kind = 'in-the-plan'")
    _notices_of(*_kinds())
