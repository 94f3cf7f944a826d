"""merging and splitting proposals"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_STATES = ("draft", "submitted", "published", "withdrawn", "merged", "shortlisted", "decided")


def _states(*states: str) -> None:
    known = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_constraint("state_known", type_="check")
        batch_op.create_check_constraint("state_known", f"state IN ({known})")


def upgrade() -> None:
    _states(*_STATES[:5], "split", *_STATES[5:])
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("split_from_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("gone_on_at", sa.DateTime(timezone=True), nullable=True))
        for column in ("merged_into_id", "split_from_id"):
            batch_op.create_foreign_key(
                op.f(f"fk_proposals_{column}"), "proposals", [column], ["id"]
            )
            batch_op.create_index(batch_op.f(f"ix_proposals_{column}"), [column], unique=False)
        batch_op.create_check_constraint(
            "merged_into_another", "(state = 'merged') = (merged_into_id IS NOT NULL)"
        )
        batch_op.create_check_constraint(
            "gone_on_at_known", "(state IN ('merged', 'split')) = (gone_on_at IS NOT NULL)"
        )
    with op.batch_alter_table("supports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("from_proposal_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_supports_from_proposal_id"), "proposals", ["from_proposal_id"], ["id"]
        )
        batch_op.create_index(
            batch_op.f("ix_supports_from_proposal_id"), ["from_proposal_id"], unique=False
        )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origin_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_comments_origin_id"), "subjects", ["origin_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_comments_origin_id"), ["origin_id"], unique=False)
    _create_mergings()


def _create_mergings() -> None:
    op.create_table(
        "mergings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_before", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("joined_organisations", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("reason != ''", name=op.f("ck_mergings_reason_given")),
        sa.CheckConstraint(
            "(kind = 'merge') = (target_id IS NOT NULL)",
            name=op.f("ck_mergings_merged_into_a_target"),
        ),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)"
            " AND (undone_at IS NULL OR undone_reason != '')",
            name=op.f("ck_mergings_undone_with_a_reason"),
        ),
        sa.CheckConstraint("kind IN ('merge', 'split')", name=op.f("ck_mergings_kind_known")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_mergings_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_mergings_round_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["proposals.id"], name=op.f("fk_mergings_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["proposals.id"], name=op.f("fk_mergings_target_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["people.id"], name=op.f("fk_mergings_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mergings")),
    )
    with op.batch_alter_table("mergings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mergings_round_id"), ["round_id"], unique=False)
        batch_op.create_index("ix_mergings_source_id", ["source_id"], unique=False)
        batch_op.create_index("ix_mergings_target_id", ["target_id"], unique=False)
    op.create_table(
        "merging_parts",
        sa.Column("merging_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merging_id"], ["mergings.id"], name=op.f("fk_merging_parts_merging_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_merging_parts_proposal_id")
        ),
        sa.PrimaryKeyConstraint("merging_id", "proposal_id", name=op.f("pk_merging_parts")),
    )
    op.create_index(
        op.f("ix_merging_parts_proposal_id"), "merging_parts", ["proposal_id"], unique=False
    )
    op.create_table(
        "merging_moves",
        sa.Column("merging_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_merging_moves_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["merging_id"], ["mergings.id"], name=op.f("fk_merging_moves_merging_id")
        ),
        sa.PrimaryKeyConstraint("merging_id", "comment_id", name=op.f("pk_merging_moves")),
    )
    op.create_index(
        op.f("ix_merging_moves_comment_id"), "merging_moves", ["comment_id"], unique=False
    )
    op.create_table(
        "merging_objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merging_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint("words != ''", name=op.f("ck_merging_objections_says_why")),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (upheld IS NULL)"
            " AND (decided_at IS NULL) = (decided_by_id IS NULL)"
            " AND (decided_at IS NULL OR answer != '')",
            name=op.f("ck_merging_objections_decided_with_a_reason"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_merging_objections_by_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_merging_objections_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["merging_id"], ["mergings.id"], name=op.f("fk_merging_objections_merging_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_merging_objections_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merging_objections")),
        sa.UniqueConstraint(
            "merging_id", "proposal_id", name=op.f("uq_merging_objections_merging_id_proposal_id")
        ),
    )
    op.create_index(
        op.f("ix_merging_objections_proposal_id"),
        "merging_objections",
        ["proposal_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("merging_objections")
    op.drop_table("merging_moves")
    op.drop_table("merging_parts")
    op.drop_table("mergings")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comments_origin_id"))
        batch_op.drop_constraint(op.f("fk_comments_origin_id"), type_="foreignkey")
        batch_op.drop_column("origin_id")
    with op.batch_alter_table("supports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supports_from_proposal_id"))
        batch_op.drop_constraint(op.f("fk_supports_from_proposal_id"), type_="foreignkey")
        batch_op.drop_column("from_proposal_id")
    op.execute(
        "UPDATE proposals SET state = 'withdrawn', withdrawn_at = gone_on_at,"
        " merged_into_id = NULL, gone_on_at = NULL WHERE state IN ('merged', 'split')"
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_constraint("gone_on_at_known", type_="check")
        batch_op.drop_constraint("merged_into_another", type_="check")
        for column in ("split_from_id", "merged_into_id"):
            batch_op.drop_index(batch_op.f(f"ix_proposals_{column}"))
            batch_op.drop_constraint(op.f(f"fk_proposals_{column}"), type_="foreignkey")
            batch_op.drop_column(column)
        batch_op.drop_column("gone_on_at")
    _states(*_STATES)
