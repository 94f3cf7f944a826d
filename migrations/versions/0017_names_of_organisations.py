"""what organisations were called before, and when they were dissolved"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisation_former_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_skeleton", sa.String(length=300), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_former_names_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_former_names")),
    )
    with op.batch_alter_table("organisation_former_names", schema=None) as batch_op:
        for column in ("name_skeleton", "organisation_id"):
            batch_op.create_index(
                batch_op.f(f"ix_organisation_former_names_{column}"), [column], unique=False
            )
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dissolved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            "dissolved_at_in_the_end", "dissolved_at IS NULL OR state = 'dissolved'"
        )


def downgrade() -> None:
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_constraint("dissolved_at_in_the_end", type_="check")
        batch_op.drop_column("dissolved_at")
    op.drop_table("organisation_former_names")
