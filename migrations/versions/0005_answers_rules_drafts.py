"""answers to both chambers, changed rules, times in words, discarded drafts"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KINDS = (
    "proposal-published",
    "proposal-returned",
    "proposal-hidden",
    "proposal-withdrawn",
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
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("to_chambers", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("to_organisations", sa.Text(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("to_persons", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("answers", schema=None) as batch_op:
        for name in ("to_chambers", "to_organisations", "to_persons"):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_check_constraint(
            "both_chambers_answered",
            "state != 'published' OR NOT to_chambers"
            " OR (to_organisations != '' AND to_persons != '')",
        )
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("procedure_edition", sa.Integer(), server_default="1", nullable=False)
        )
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.alter_column("procedure_edition", server_default=None)
    op.create_table(
        "procedure_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason != ''", name=op.f("ck_procedure_changes_has_reason")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_procedure_changes_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_changes")),
        sa.UniqueConstraint(
            "round_id", "edition", name=op.f("uq_procedure_changes_round_id_edition")
        ),
    )
    op.create_table(
        "rough_windows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "activity IN ('propose', 'comment', 'support', 'vote', 'answer')",
            name=op.f("ck_rough_windows_activity_known"),
        ),
        sa.CheckConstraint("words != ''", name=op.f("ck_rough_windows_says_something")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_rough_windows_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rough_windows")),
        sa.UniqueConstraint(
            "round_id", "activity", name=op.f("uq_rough_windows_round_id_activity")
        ),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        for name in ("discarded_at", "forgotten_at"):
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_proposals_discarded_at"), ["discarded_at"])
        batch_op.create_check_constraint(
            "discarded_never_handed_in",
            "discarded_at IS NULL OR (state = 'draft' AND submitted_at IS NULL)",
        )
        batch_op.create_check_constraint(
            "forgotten_says_nothing",
            "forgotten_at IS NULL OR (discarded_at IS NOT NULL AND title = '' AND body = '')",
        )
    place = _KINDS.index("accredited")
    _notices_of(*_KINDS[:place], "procedure-changed", *_KINDS[place:])


def downgrade() -> None:
    op.execute("DELETE FROM notices WHERE kind = 'procedure-changed'")
    _notices_of(*_KINDS)
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        for name in ("forgotten_says_nothing", "discarded_never_handed_in"):
            batch_op.drop_constraint(name, type_="check")
        batch_op.drop_index(batch_op.f("ix_proposals_discarded_at"))
        for name in ("forgotten_at", "discarded_at"):
            batch_op.drop_column(name)
    op.drop_table("rough_windows")
    op.drop_table("procedure_changes")
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_column("procedure_edition")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_constraint("both_chambers_answered", type_="check")
        for name in ("to_persons", "to_organisations", "to_chambers"):
            batch_op.drop_column(name)
