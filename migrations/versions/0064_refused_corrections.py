"""a second person can refuse a change of a published answer"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0065"
branch_labels = None
depends_on = None

_KIND = "correction-refused"


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
    with op.batch_alter_table("answer_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("refusal_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_answer_versions_refusal_id"), "answer_notes", ["refusal_id"], ["id"]
        )
        batch_op.create_check_constraint(
            "refused_not_published", "refusal_id IS NULL OR published_at IS NULL"
        )


def downgrade() -> None:
    """What was refused waits for a second person again."""
    op.execute(f"DELETE FROM notices WHERE kind = '{_KIND}'")  # noqa: S608 — our own word
    _notices_of(*_kinds())
    with op.batch_alter_table("answer_versions", schema=None) as batch_op:
        batch_op.drop_constraint("refused_not_published", type_="check")
        batch_op.drop_constraint(batch_op.f("fk_answer_versions_refusal_id"), type_="foreignkey")
        batch_op.drop_column("refusal_id")
