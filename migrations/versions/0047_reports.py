"""a year's follow-up: reports of measures"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0044"
branch_labels = None
depends_on = None

_KINDS = ("report-owed", "report-published", "report-corrected")


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


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def _number(name: str, *, nullable: bool = False) -> sa.Column[sa.Integer]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _words(name: str) -> sa.Column[sa.Text]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    _notices_of(*_kinds(), *_KINDS)
    op.create_table(
        "follow_ups",
        _number("round_id"),
        _number("plan_id"),
        _number("year"),
        sa.Column("due_on", sa.Date(), nullable=False),
        _words("moved"),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        _refers("follow_ups", "round_id", "rounds.id"),
        _refers("follow_ups", "plan_id", "plans.id"),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_follow_ups")),
        sa.UniqueConstraint("plan_id", "year", name=op.f("uq_follow_ups_plan_id_year")),
    )
    _create_reports()
    _create_versions()


def _create_reports() -> None:
    table = "reports_of_measures"
    op.create_table(
        table,
        _number("measure_id"),
        _number("round_id"),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        *(_words(name) for name in ("done", "late", "why", "next")),
        *(_number(name) for name in ("edition", "version_number")),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        _number("comment_count"),
        _number("id"),
        sa.CheckConstraint("state IN ('owed', 'published')", name=op.f(f"ck_{table}_state_known")),
        sa.CheckConstraint(
            "state != 'published' OR (published_at IS NOT NULL"
            " AND (done != '' OR late != '' OR next != ''))",
            name=op.f(f"ck_{table}_published_says_something"),
        ),
        sa.CheckConstraint(
            "state != 'published' OR late = '' OR why != ''",
            name=op.f(f"ck_{table}_late_with_a_reason"),
        ),
        _refers(table, "measure_id", "measures.id"),
        _refers(table, "round_id", "follow_ups.round_id"),
        _refers(table, "id", "subjects.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("measure_id", "round_id", name=op.f(f"uq_{table}_measure_id_round_id")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(f"ix_{table}_round_id_state", ["round_id", "state"])


def _create_versions() -> None:
    table = "report_versions"
    op.create_table(
        table,
        _number("id"),
        _number("report_id"),
        _number("number"),
        sa.Column("content", sa.JSON(), nullable=False),
        _words("because"),
        _number("by_id", nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "number = 1 OR because != ''", name=op.f(f"ck_{table}_later_with_reason")
        ),
        _refers(table, "report_id", "reports_of_measures.id"),
        _refers(table, "by_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("report_id", "number", name=op.f(f"uq_{table}_report_id_number")),
    )


def downgrade() -> None:
    op.drop_table("report_versions")
    op.drop_table("reports_of_measures")
    op.drop_table("follow_ups")
    known = ", ".join(f"'{kind}'" for kind in _KINDS)
    op.execute(f"DELETE FROM notices WHERE kind IN ({known})")  # noqa: S608 — our own words
    _notices_of(*_kinds())
