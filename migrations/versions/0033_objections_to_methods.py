"""objections to the method of a question, and the vote about it"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0030"
branch_labels = None
depends_on = None

_KINDS = ("method-announced", "method-contested", "method-settled")
_STATES = ("running", "passed", "contested", "voting", "settled")


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


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=True)


def _moment(name: str) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def upgrade() -> None:
    _notices_of(*_kinds(), *_KINDS)
    _create_periods()
    _create_objections()


def _create_periods() -> None:
    table = "objection_periods"
    states = ", ".join(f"'{state}'" for state in _STATES)
    op.create_table(
        table,
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        _moment("ended_at"),
        _number("organisations"),
        _number("organisations_needed"),
        _number("persons"),
        _number("persons_needed"),
        _number("vote_id"),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        _moment("settled_at"),
        sa.CheckConstraint(f"state IN ({states})", name=op.f(f"ck_{table}_state_known")),
        sa.CheckConstraint(
            "(state = 'running') = (ended_at IS NULL)", name=op.f(f"ck_{table}_ended_at_known")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (organisations IS NULL)"
            " AND (ended_at IS NULL) = (organisations_needed IS NULL)"
            " AND (persons IS NULL) = (persons_needed IS NULL)",
            name=op.f(f"ck_{table}_counted_at_its_end"),
        ),
        sa.CheckConstraint(
            "(state IN ('voting', 'settled')) = (vote_id IS NOT NULL)",
            name=op.f(f"ck_{table}_has_its_vote"),
        ),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_at IS NOT NULL)",
            name=op.f(f"ck_{table}_settled_at_known"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (method = '')", name=op.f(f"ck_{table}_settled_is_a_method")
        ),
        _refers(table, "question_id", "questions"),
        _refers(table, "vote_id", "questions"),
        sa.PrimaryKeyConstraint("question_id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("vote_id", name=op.f(f"uq_{table}_vote_id")),
    )
    op.create_index(f"ix_{table}_state_ends_at", table, ["state", "ends_at"])


def _create_objections() -> None:
    table = "method_objections"
    own = sa.text("organisation_id IS NULL")
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("against", sa.String(length=40), nullable=False),
        sa.Column("instead", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _number("organisation_id"),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _moment("withdrawn_at"),
        sa.CheckConstraint("against != instead", name=op.f(f"ck_{table}_wants_another")),
        _refers(table, "question_id", "questions"),
        _refers(table, "organisation_id", "organisations"),
        _refers(table, "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "question_id",
            "against",
            "organisation_id",
            name=op.f(f"uq_{table}_question_id_against_organisation_id"),
        ),
    )
    for column in ("organisation_id", "person_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(
        f"uq_{table}_own",
        table,
        ["question_id", "against", "person_id"],
        unique=True,
        sqlite_where=own,
        postgresql_where=own,
    )


def downgrade() -> None:
    op.drop_table("method_objections")
    op.drop_table("objection_periods")
    known = ", ".join(f"'{kind}'" for kind in _KINDS)
    op.execute(f"DELETE FROM notices WHERE kind IN ({known})")  # noqa: S608 — our own words
    _notices_of(*_kinds())
