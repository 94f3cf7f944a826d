"""amendments, and the time for them"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

_BEFORE = "'propose', 'comment', 'support', 'vote', 'answer'"
_AFTER = "'propose', 'comment', 'support', 'amend', 'vote', 'answer'"
_TABLES = ("windows", "window_changes", "rough_windows")


def _activities(known: str) -> None:
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint("activity_known", type_="check")
            batch_op.create_check_constraint("activity_known", f"activity IN ({known})")


def upgrade() -> None:
    _activities(_AFTER)
    op.create_table(
        "amendments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("visibility", sa.String(length=40), nullable=False),
        sa.Column("visibility_reason", sa.Text(), nullable=False),
        sa.Column("support_count", sa.Integer(), nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("merged", sa.Text(), nullable=False),
        sa.Column("made_version", sa.Integer(), nullable=True),
        sa.CheckConstraint("old != new", name=op.f("ck_amendments_changes_something")),
        sa.CheckConstraint("reason != ''", name=op.f("ck_amendments_reason_given")),
        sa.CheckConstraint(
            "visibility NOT IN ('hidden', 'returned') OR visibility_reason != ''",
            name=op.f("ck_amendments_reason_where_not_visible"),
        ),
        sa.CheckConstraint(
            "(state = 'open') = (decided_at IS NULL)", name=op.f("ck_amendments_decided_at_known")
        ),
        sa.CheckConstraint(
            "state != 'declined' OR decision_reason != ''",
            name=op.f("ck_amendments_declined_with_a_reason"),
        ),
        sa.CheckConstraint(
            "(state IN ('accepted', 'in_part')) = (made_version IS NOT NULL)",
            name=op.f("ck_amendments_version_where_merged"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'in_part', 'declined', 'withdrawn')",
            name=op.f("ck_amendments_state_known"),
        ),
        sa.CheckConstraint(
            "visibility IN ('held', 'visible', 'returned', 'hidden')",
            name=op.f("ck_amendments_visibility_known"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_amendments_author_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_amendments_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_amendments_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_amendments_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_amendments_proposal_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_amendments_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
        sa.UniqueConstraint("author_id", "form_key", name=op.f("uq_amendments_author_id_form_key")),
    )
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_amendments_proposal_id_state", ["proposal_id", "state", "id"], unique=False
        )
        for column in ("round_id", "organisation_id"):
            batch_op.create_index(batch_op.f(f"ix_amendments_{column}"), [column], unique=False)
    op.create_table(
        "amendment_supports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) != (organisation_id IS NULL)",
            name=op.f("ck_amendment_supports_one_supporter"),
        ),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendments.id"], name=op.f("fk_amendment_supports_amendment_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_amendment_supports_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_amendment_supports_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment_supports")),
        sa.UniqueConstraint(
            "amendment_id",
            "organisation_id",
            name=op.f("uq_amendment_supports_amendment_id_organisation_id"),
        ),
        sa.UniqueConstraint(
            "amendment_id", "person_id", name=op.f("uq_amendment_supports_amendment_id_person_id")
        ),
    )
    with op.batch_alter_table("amendment_supports", schema=None) as batch_op:
        for column in ("organisation_id", "person_id"):
            batch_op.create_index(
                batch_op.f(f"ix_amendment_supports_{column}"), [column], unique=False
            )


def downgrade() -> None:
    op.drop_table("amendment_supports")
    op.drop_table("amendments")
    op.execute(
        "DELETE FROM window_edges WHERE window_id IN"
        " (SELECT id FROM windows WHERE activity = 'amend')"
    )
    for table in _TABLES:
        op.execute(f"DELETE FROM {table} WHERE activity = 'amend'")  # noqa: S608 — our own names
    _activities(_BEFORE)
