"""earlier texts of comments, cuts in them, and suspensions"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_ACTIONS = ("publish", "return", "hide", "keep", "warn", "lock", "unlock")
_NEW = ("cut", "restore", "suspend", "end-suspension")
_NEEDS_REASONS = ("return", "hide", "warn", "lock")


def _words(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _actions(known: tuple[str, ...], with_reasons: tuple[str, ...]) -> None:
    """What can be decided, and what of it needs a rule and the facts."""
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_constraint("action_known", type_="check")
        batch_op.create_check_constraint("action_known", f"action IN ({_words(known)})")
        batch_op.drop_constraint("reasons_given", type_="check")
        batch_op.create_check_constraint(
            "reasons_given",
            f"action NOT IN ({_words(with_reasons)}) OR (rule IS NOT NULL AND facts != '')",
        )


def _kinds() -> tuple[str, ...]:
    """The kinds of notices that there are before this."""
    found = sa.inspect(op.get_bind()).get_check_constraints("notices")
    text = next(one["sqltext"] for one in found if str(one["name"]).endswith("kind_known"))
    return tuple(part for part in str(text).split("'")[1::2] if part != "second-needed")


def _notices_of(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_constraint("kind_known", type_="check")
        batch_op.create_check_constraint("kind_known", f"kind IN ({_words(kinds)})")


def upgrade() -> None:
    _notices_of((*_kinds(), "second-needed"))
    _comments()
    _suspensions()
    _requests()
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("second_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("suspension_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("until", sa.Date(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_decisions_second_id"), "people", ["second_id"], ["id"])
        batch_op.create_foreign_key(
            op.f("fk_decisions_suspension_id"), "suspensions", ["suspension_id"], ["id"]
        )
        batch_op.create_check_constraint(
            "suspended_until",
            "(action = 'suspend') = (until IS NOT NULL)"
            " AND (action = 'suspend') = (suspension_id IS NOT NULL)",
        )
        batch_op.create_check_constraint("by_two_people", "second_id IS NULL OR second_id != by_id")
    _actions((*_ACTIONS, *_NEW), (*_NEEDS_REASONS, "cut", "suspend"))


def _comments() -> None:
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cut_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "comment_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('edited', 'rewritten', 'cut')", name=op.f("ck_comment_versions_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_comment_versions_comment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_versions")),
        sa.UniqueConstraint(
            "comment_id", "number", name=op.f("uq_comment_versions_comment_id_number")
        ),
    )


def _suspensions() -> None:
    op.create_table(
        "suspensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("days > 0", name=op.f("ck_suspensions_for_a_time")),
        sa.CheckConstraint(
            "days <= 7 OR second_id IS NOT NULL", name=op.f("ck_suspensions_long_ones_by_two")
        ),
        sa.CheckConstraint(
            "second_id IS NULL OR second_id != by_id", name=op.f("ck_suspensions_by_two_people")
        ),
        sa.CheckConstraint("by_id != person_id", name=op.f("ck_suspensions_of_somebody_else")),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name=op.f("fk_suspensions_dialogue_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_suspensions_person_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_suspensions_by_id")),
        sa.ForeignKeyConstraint(
            ["second_id"], ["people.id"], name=op.f("fk_suspensions_second_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspensions")),
    )
    op.create_index("ix_suspensions_person_id_last_day", "suspensions", ["person_id", "last_day"])
    op.create_index("ix_suspensions_dialogue_id", "suspensions", ["dialogue_id"])


def _requests() -> None:
    rules = (
        "insult",
        "hate",
        "private-data",
        "advertising",
        "off-topic",
        "unlawful",
        "incomplete",
    )
    op.create_table(
        "suspension_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            f"rule IN ({_words(rules)})", name=op.f("ck_suspension_requests_rule_known")
        ),
        sa.CheckConstraint(
            "days > 0 AND facts != ''", name=op.f("ck_suspension_requests_says_how_long_and_why")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (agreed IS NULL)"
            " AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_suspension_requests_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id != by_id",
            name=op.f("ck_suspension_requests_by_another_person"),
        ),
        sa.CheckConstraint(
            "agreed IS NULL OR agreed OR answer != ''",
            name=op.f("ck_suspension_requests_declined_for_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name=op.f("fk_suspension_requests_subject_id")
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name=op.f("fk_suspension_requests_dialogue_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_suspension_requests_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_suspension_requests_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_suspension_requests_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension_requests")),
    )
    open_ones = sa.text("decided_at IS NULL")
    op.create_index(
        "ix_suspension_requests_dialogue_id_decided_at",
        "suspension_requests",
        ["dialogue_id", "decided_at"],
    )
    op.create_index(
        "uq_suspension_requests_open",
        "suspension_requests",
        ["dialogue_id", "person_id"],
        unique=True,
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )


def downgrade() -> None:
    # An older platform knows neither cuts nor suspensions: the words that are left stay.
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_constraint("suspended_until", type_="check")
        batch_op.drop_constraint("by_two_people", type_="check")
    op.execute(f"UPDATE decisions SET action = 'keep' WHERE action IN ({_words(_NEW)})")  # noqa: S608
    _actions(_ACTIONS, _NEEDS_REASONS)
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_decisions_suspension_id"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_decisions_second_id"), type_="foreignkey")
        batch_op.drop_column("until")
        batch_op.drop_column("suspension_id")
        batch_op.drop_column("second_id")
    op.drop_table("suspension_requests")
    op.drop_table("suspensions")
    op.drop_table("comment_versions")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_column("cut_at")
        batch_op.drop_column("edited_at")
    op.execute("DELETE FROM notices WHERE kind = 'second-needed'")
    _notices_of(_kinds())
