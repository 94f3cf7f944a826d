"""marks of comments that help"""

import sqlalchemy as sa
from alembic import op

revision = "0023e"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("helpful_count", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.alter_column("helpful_count", server_default=None)
        batch_op.create_index(
            "ix_comments_target_helpful", ["target_id", "parent_id", "helpful_count", "id"]
        )
    op.create_table(
        "helpful_marks",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_helpful_marks_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_helpful_marks_person_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", "person_id", name=op.f("pk_helpful_marks")),
    )
    op.create_index("ix_helpful_marks_person_id", "helpful_marks", ["person_id"])


def downgrade() -> None:
    op.drop_table("helpful_marks")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index("ix_comments_target_helpful")
        batch_op.drop_column("helpful_count")
