"""objections to decisions, and how long people waited for them"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None

_KINDS = (
    "proposal-published",
    "proposal-returned",
    "proposal-hidden",
    "proposal-withdrawn",
    "cosponsor-asked",
    "cosponsor-answered",
    "proposal-changed",
    "change-returned",
    "amendment-made",
    "amendment-decided",
    "amendment-hidden",
    "proposals-merged",
    "proposal-split",
    "merging-objected",
    "objection-decided",
    "merging-undone",
    "proposal-in-round",
    "comment",
    "comment-returned",
    "comment-hidden",
    "question-opened",
    "result",
    "answered",
    "measure-changed",
    "round-announced",
    "round-opened",
    "window-changed",
    "procedure-changed",
    "accredited",
    "accreditation-refused",
    "organisation-verified",
    "organisation-refused",
)


def _notices_of(*kinds: str) -> None:
    """The kinds of notices that there are."""
    known = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_constraint("kind_known", type_="check")
        batch_op.create_check_constraint("kind_known", f"kind IN ({known})")


def upgrade() -> None:
    _notices_of(*_KINDS, "appeal-made", "appeal-decided")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waited_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("promised_by", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("language", sa.String(length=12), nullable=False, server_default="de")
        )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.alter_column("language", server_default=None)
    for table in ("comments", "proposals"):
        op.execute(
            f"UPDATE decisions SET language = (SELECT {table}.language FROM {table}"  # noqa: S608
            f" WHERE {table}.id = decisions.subject_id)"
            f" WHERE subject_id IN (SELECT id FROM {table})"
        )
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("overturned", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("new_decision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "by_id IS NOT NULL OR report_id IS NOT NULL", name=op.f("ck_appeals_by_somebody")
        ),
        sa.CheckConstraint("words != ''", name=op.f("ck_appeals_says_why")),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (overturned IS NULL)"
            " AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_appeals_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR reason != ''", name=op.f("ck_appeals_decided_with_a_reason")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_appeals_by_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_appeals_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_appeals_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["new_decision_id"], ["decisions.id"], name=op.f("fk_appeals_new_decision_id")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_appeals_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("report_id", name=op.f("uq_appeals_report_id")),
    )
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.create_index("ix_appeals_decision_id", ["decision_id"], unique=False)
        of_the_author = sa.text("report_id IS NULL")
        batch_op.create_index(
            "uq_appeals_of_the_author",
            ["decision_id"],
            unique=True,
            sqlite_where=of_the_author,
            postgresql_where=of_the_author,
        )


def downgrade() -> None:
    op.drop_table("appeals")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_column("language")
        batch_op.drop_column("promised_by")
        batch_op.drop_column("waited_since")
    op.execute("DELETE FROM notices WHERE kind IN ('appeal-made', 'appeal-decided')")
    _notices_of(*_KINDS)
