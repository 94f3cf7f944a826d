"""summaries of rounds, disputes about them, minority statements"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0023e"
branch_labels = None
depends_on = None

PARTS = "part IN ('agreement', 'dissent', 'open')"


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[sa.Integer]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _words(name: str) -> sa.Column[sa.Text]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "summaries",
        _number("round_id"),
        _number("edition"),
        _moment("published_at"),
        _moment("changed_at"),
        _number("id"),
        _refers("summaries", "id", "subjects"),
        _refers("summaries", "round_id", "rounds"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summaries")),
        sa.UniqueConstraint("round_id", name=op.f("uq_summaries_round_id")),
    )
    op.create_table(
        "summary_versions",
        _number("id"),
        _number("summary_id"),
        _number("number"),
        _words("agreement"),
        _words("dissent"),
        _words("open_questions"),
        _number("by_id"),
        _moment("at"),
        sa.CheckConstraint(
            "agreement != '' OR dissent != '' OR open_questions != ''",
            name=op.f("ck_summary_versions_says_something"),
        ),
        _refers("summary_versions", "summary_id", "summaries"),
        _refers("summary_versions", "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_versions")),
        sa.UniqueConstraint(
            "summary_id", "number", name=op.f("uq_summary_versions_summary_id_number")
        ),
    )
    _sources_and_statements()
    _disputes()


def _sources_and_statements() -> None:
    sources, statements = "summary_sources", "minority_statements"
    op.create_table(
        sources,
        _number("summary_id"),
        sa.Column("part", sa.String(length=40), nullable=False),
        _number("subject_id"),
        sa.CheckConstraint(PARTS, name=op.f("ck_summary_sources_part_known")),
        _refers(sources, "summary_id", "summaries"),
        _refers(sources, "subject_id", "subjects"),
        sa.PrimaryKeyConstraint(
            "summary_id", "part", "subject_id", name=op.f("pk_summary_sources")
        ),
    )
    op.create_table(
        statements,
        _number("summary_id"),
        _number("organisation_id"),
        _words("words"),
        _number("by_id"),
        _moment("at"),
        sa.CheckConstraint("words != ''", name=op.f("ck_minority_statements_says_something")),
        _refers(statements, "summary_id", "summaries"),
        _refers(statements, "organisation_id", "organisations"),
        _refers(statements, "by_id", "people"),
        sa.PrimaryKeyConstraint(
            "summary_id", "organisation_id", name=op.f("pk_minority_statements")
        ),
    )
    for table, columns in ((sources, ["subject_id"]), (statements, ["organisation_id", "by_id"])):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column])


def _disputes() -> None:
    table = "summary_disputes"
    op.create_table(
        table,
        _number("id"),
        _number("summary_id"),
        _number("person_id"),
        sa.Column("part", sa.String(length=40), nullable=False),
        _words("words"),
        _moment("at"),
        _moment("ended_at", nullable=True),
        sa.Column("ending", sa.String(length=40), nullable=True),
        _words("reason"),
        _number("by_id", nullable=True),
        sa.CheckConstraint(PARTS, name=op.f("ck_summary_disputes_part_known")),
        sa.CheckConstraint(
            "ending IN ('changed', 'kept')", name=op.f("ck_summary_disputes_ending_known")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ending IS NULL) AND (ended_at IS NULL) = (reason = '')",
            name=op.f("ck_summary_disputes_ended_with_a_reason"),
        ),
        _refers(table, "summary_id", "summaries"),
        _refers(table, "person_id", "people"),
        _refers(table, "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_disputes")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_summary_disputes_person_id"), ["person_id"])
        batch_op.create_index("ix_summary_disputes_summary_id_id", ["summary_id", "id"])
        batch_op.create_index(
            "uq_summary_disputes_open",
            ["summary_id", "person_id", "part"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )


def downgrade() -> None:
    for table in (
        "summary_disputes",
        "minority_statements",
        "summary_sources",
        "summary_versions",
        "summaries",
    ):
        op.drop_table(table)
