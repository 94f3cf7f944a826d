"""the place of proposals in the harmonic order of their round"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0021"
branch_labels = None
depends_on = None

_UNRANKED = sa.text("unranked_since IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("harmonic_rank", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("unranked_since", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.alter_column("harmonic_rank", server_default=None)
        batch_op.create_check_constraint("harmonic_rank_known", "harmonic_rank BETWEEN 0 AND 500")
        batch_op.create_check_constraint(
            "only_public_ones_ranked", "harmonic_rank = 0 OR published_at IS NOT NULL"
        )
        batch_op.create_index(
            "ix_proposals_round_harmonic", ["round_id", "harmonic_rank", "support_count", "id"]
        )
        batch_op.create_index(
            "ix_proposals_unranked",
            ["round_id"],
            sqlite_where=_UNRANKED,
            postgresql_where=_UNRANKED,
        )
    # One of each round is enough for the job to rank them all.
    op.execute(
        "UPDATE proposals SET unranked_since = published_at WHERE id IN (SELECT min(id) "
        "FROM proposals WHERE support_count > 0 AND published_at IS NOT NULL GROUP BY round_id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index("ix_proposals_unranked")
        batch_op.drop_index("ix_proposals_round_harmonic")
        batch_op.drop_constraint("only_public_ones_ranked", type_="check")
        batch_op.drop_constraint("harmonic_rank_known", type_="check")
        batch_op.drop_column("unranked_since")
        batch_op.drop_column("harmonic_rank")
