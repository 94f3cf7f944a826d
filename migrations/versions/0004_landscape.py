"""landscape"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "landscapes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("open_to_statements", sa.Boolean(), nullable=False),
        sa.Column("smallest_group", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("result_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'drawn') = (drawn_at IS NOT NULL)",
            name=op.f("ck_landscapes_drawn_at_known"),
        ),
        sa.CheckConstraint("smallest_group >= 5", name=op.f("ck_landscapes_no_tiny_groups")),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'drawn')", name=op.f("ck_landscapes_state_known")
        ),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_landscapes_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_landscapes_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_landscapes")),
    )
    op.create_index(op.f("ix_landscapes_round_id"), "landscapes", ["round_id"], unique=False)
    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landscape_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=140), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("visibility", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "visibility != 'hidden' OR reason != ''",
            name=op.f("ck_statements_reason_where_hidden"),
        ),
        sa.CheckConstraint(
            "visibility IN ('held', 'visible', 'returned', 'hidden')",
            name=op.f("ck_statements_visibility_known"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_statements_author_id")),
        sa.ForeignKeyConstraint(
            ["landscape_id"], ["landscapes.id"], name=op.f("fk_statements_landscape_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_author_id"), "statements", ["author_id"], unique=False)
    op.create_index(
        "ix_statements_landscape_id_visibility",
        "statements",
        ["landscape_id", "visibility", "id"],
        unique=False,
    )
    op.create_table(
        "statement_counts",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_statement_counts_statement_id")
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_statement_counts")),
    )
    op.create_table(
        "person_opinions",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opinion", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "opinion IN ('agree', 'pass', 'disagree')",
            name=op.f("ck_person_opinions_opinion_known"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_person_opinions_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_person_opinions_statement_id")
        ),
        sa.PrimaryKeyConstraint("statement_id", "person_id", name=op.f("pk_person_opinions")),
    )
    op.create_index(
        op.f("ix_person_opinions_person_id"), "person_opinions", ["person_id"], unique=False
    )


def downgrade() -> None:
    for table in ("person_opinions", "statement_counts", "statements", "landscapes"):
        op.drop_table(table)
