"""people are reminded of what they signed up for"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0059"
branch_labels = None
depends_on = None

_KIND = "meeting-soon"


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
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminded_for", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute(f"DELETE FROM notices WHERE kind = '{_KIND}'")  # noqa: S608 — our own word
    _notices_of(*_kinds())
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_column("reminded_for")
