"""notes, approval, templates and versions of answers"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0027"
branch_labels = None
depends_on = None

_KINDS = ("answer-changed", "milestone-reached")
_OUTCOMES = (
    "adopted",
    "adopted-with-changes",
    "merged",
    "elsewhere",
    "recommended",
    "deferred",
    "returned",
    "declined",
)


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
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def upgrade() -> None:
    _notices_of(*_kinds(), *_KINDS)
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("second_person", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.alter_column("second_person", server_default=None)
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("easy", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("second_wanted", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("approved_edition", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("approved_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_answers_approved_by_id"), "people", ["approved_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            "approved_by_someone", "approved_edition IS NULL OR approved_by_id IS NOT NULL"
        )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.alter_column("easy", server_default=None)
        batch_op.alter_column("second_wanted", server_default=None)
    _create_versions()
    _create_notes()
    _create_templates()
    op.execute(
        "INSERT INTO answer_versions (answer_id, number, outcome, reason, easy, to_organisations,"
        " to_persons, deferred_until, measure_id, plan_text, why, by_id, at, published_at)"
        " SELECT id, 1, outcome, reason, '', to_organisations, to_persons, deferred_until,"
        " measure_id, plan_text, '', by_id, published_at, published_at"
        " FROM answers WHERE state = 'published'"
    )


def _create_versions() -> None:
    table = "answer_versions"
    outcomes = ", ".join(f"'{one}'" for one in _OUTCOMES)
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("easy", sa.Text(), nullable=False),
        sa.Column("to_organisations", sa.Text(), nullable=False),
        sa.Column("to_persons", sa.Text(), nullable=False),
        sa.Column("deferred_until", sa.Date(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("plan_text", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"outcome IN ({outcomes})", name=op.f(f"ck_{table}_outcome_known")),
        sa.CheckConstraint("number = 1 OR why != ''", name=op.f(f"ck_{table}_later_with_reason")),
        sa.CheckConstraint(
            "number != 1 OR published_at IS NOT NULL", name=op.f(f"ck_{table}_first_published")
        ),
        _refers(table, "answer_id", "answers"),
        _refers(table, "measure_id", "measures"),
        _refers(table, "by_id", "people"),
        _refers(table, "approved_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("answer_id", "number", name=op.f(f"uq_{table}_answer_id_number")),
    )


def _create_notes() -> None:
    table = "answer_notes"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _refers(table, "answer_id", "answers"),
        _refers(table, "author_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_answer_id"), ["answer_id"])


def _create_templates() -> None:
    table = "answer_templates"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _refers(table, "unit_id", "units"),
        _refers(table, "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("unit_id", "title", name=op.f(f"uq_{table}_unit_id_title")),
    )


def downgrade() -> None:
    for table in ("answer_templates", "answer_notes", "answer_versions"):
        op.drop_table(table)
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_constraint("approved_by_someone", type_="check")
        batch_op.drop_constraint(batch_op.f("fk_answers_approved_by_id"), type_="foreignkey")
        for column in ("approved_by_id", "approved_edition", "second_wanted", "easy"):
            batch_op.drop_column(column)
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_column("second_person")
    known = ", ".join(f"'{kind}'" for kind in _KINDS)
    op.execute(f"DELETE FROM notices WHERE kind IN ({known})")  # noqa: S608 — our own words
    _notices_of(*_kinds())
