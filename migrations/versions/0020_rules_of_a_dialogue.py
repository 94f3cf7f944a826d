"""the rules of a dialogue in versions, warnings, and the end of a talk"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None

_ACTIONS = ("publish", "return", "hide", "keep")
_NEW = ("warn", "lock", "unlock")
_NEEDS_REASONS = ("return", "hide")


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
    return tuple(part for part in str(text).split("'")[1::2] if part != "moderated")


def _notices_of(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_constraint("kind_known", type_="check")
        batch_op.create_check_constraint("kind_known", f"kind IN ({_words(kinds)})")


def upgrade() -> None:
    _notices_of((*_kinds(), "moderated"))
    op.create_table(
        "rulebooks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "number = 1 OR reason != ''", name=op.f("ck_rulebooks_changed_for_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name=op.f("fk_rulebooks_dialogue_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_rulebooks_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebooks")),
        sa.UniqueConstraint("dialogue_id", "number", name=op.f("uq_rulebooks_dialogue_id_number")),
    )
    op.create_table(
        "rulebook_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rulebook_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("body != ''", name=op.f("ck_rulebook_texts_says_something")),
        sa.ForeignKeyConstraint(
            ["rulebook_id"], ["rulebooks.id"], name=op.f("fk_rulebook_texts_rulebook_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook_texts")),
        sa.UniqueConstraint(
            "rulebook_id", "language", name=op.f("uq_rulebook_texts_rulebook_id_language")
        ),
    )
    op.create_table(
        "comment_locks",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("because != ''", name=op.f("ck_comment_locks_says_why")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name=op.f("fk_comment_locks_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_comment_locks")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rulebook_number", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_decisions_dialogue_id_rulebook_number"),
            "rulebooks",
            ["dialogue_id", "rulebook_number"],
            ["dialogue_id", "number"],
        )
    _actions((*_ACTIONS, *_NEW), (*_NEEDS_REASONS, "warn", "lock"))


def downgrade() -> None:
    # An older platform knows neither warnings nor locks: what it can say is that a thing stayed.
    op.execute("UPDATE decisions SET action = 'keep' WHERE action IN ('warn', 'lock', 'unlock')")
    _actions(_ACTIONS, _NEEDS_REASONS)
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_constraint(
            op.f("fk_decisions_dialogue_id_rulebook_number"), type_="foreignkey"
        )
        batch_op.drop_column("rulebook_number")
    op.drop_table("comment_locks")
    op.drop_table("rulebook_texts")
    op.drop_table("rulebooks")
    op.execute("DELETE FROM notices WHERE kind = 'moderated'")
    _notices_of(_kinds())
