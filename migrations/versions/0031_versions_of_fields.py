"""versions of fields of action with their overarching goals"""

import sqlalchemy as sa
from alembic import op

from app.core import clock
from app.core.db import UTCDateTime

revision = "0031"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("fields", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("version_number", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("changed_at", UTCDateTime(), nullable=True))
    with op.batch_alter_table("fields", schema=None) as batch_op:
        batch_op.alter_column("version_number", server_default=None)
    table = "field_versions"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["field_id"], ["fields.id"], name=op.f(f"fk_{table}_field_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f(f"fk_{table}_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("field_id", "number", name=op.f(f"uq_{table}_field_id_number")),
    )
    _keep_what_is_there()


def _keep_what_is_there() -> None:
    """The first version says what the field says now, since the plan has had measures."""
    bind = op.get_bind()
    fields = _table(
        "fields", "id", "plan_id", "title", "goals_lead", "version_number", "changed_at"
    )
    goals = _table("goals", "id", "field_id", "position", "text", "level", "dropped_at")
    measures = _table("measures", "id", "plan_id")
    kept = _table("measure_versions", "measure_id", "at")
    versions = _table("field_versions", "field_id", "number", "reason", "at")
    versions.append_column(sa.column("content", sa.JSON))
    for row in bind.execute(sa.select(fields)).mappings().all():
        texts = bind.execute(
            sa.select(goals.c.text)
            .where(
                goals.c.field_id == row["id"],
                goals.c.level == "overarching",
                goals.c.dropped_at.is_(None),
            )
            .order_by(goals.c.position, goals.c.id)
        )
        said = {
            "title": row["title"],
            "goals_lead": row["goals_lead"],
            "goals": list(texts.scalars()),
        }
        first = bind.scalar(
            sa.select(sa.func.min(kept.c.at))
            .join(measures, measures.c.id == kept.c.measure_id)
            .where(measures.c.plan_id == row["plan_id"])
        )
        at = first or clock.now()
        bind.execute(
            sa.insert(versions).values(
                field_id=row["id"],
                number=1,
                at=at,
                reason="",
                content={key: value for key, value in said.items() if value},
            )
        )
        here = fields.c.id == row["id"]
        bind.execute(sa.update(fields).where(here).values(version_number=1, changed_at=at))


def _table(name: str, *columns: str) -> sa.TableClause:
    moments = ("at", "changed_at", "dropped_at")
    kinds = (UTCDateTime() if column in moments else None for column in columns)
    return sa.table(name, *map(sa.column, columns, kinds))


def downgrade() -> None:
    op.drop_table("field_versions")
    with op.batch_alter_table("fields", schema=None) as batch_op:
        batch_op.drop_column("changed_at")
        batch_op.drop_column("version_number")
