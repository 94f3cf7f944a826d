"""cosponsors"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
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
    _notices_of(*_KINDS[:4], "cosponsor-asked", "cosponsor-answered", *_KINDS[4:])
    op.create_table(
        "cosponsors",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'accepted', 'declined', 'left')",
            name=op.f("ck_cosponsors_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_cosponsors_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_cosponsors_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_cosponsors_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "organisation_id", name=op.f("pk_cosponsors")),
    )
    op.create_index(
        op.f("ix_cosponsors_organisation_id"), "cosponsors", ["organisation_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("cosponsors")
    op.execute("DELETE FROM notices WHERE kind IN ('cosponsor-asked', 'cosponsor-answered')")
    _notices_of(*_KINDS)
