"""texts to come of public proposals, supports of earlier versions, whole versions"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KINDS = (
    "proposal-published",
    "proposal-returned",
    "proposal-hidden",
    "proposal-withdrawn",
    "cosponsor-asked",
    "cosponsor-answered",
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
_NEW = (
    "proposal-changed",
    "change-returned",
    "amendment-made",
    "amendment-decided",
    "amendment-hidden",
    "proposals-merged",
    "proposal-split",
    "merging-objected",
    "objection-decided",
    "merging-undone",
)


def _notices_of(*kinds: str) -> None:
    """The kinds of notices that there are."""
    known = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_constraint("kind_known", type_="check")
        batch_op.create_check_constraint("kind_known", f"kind IN ({known})")


def upgrade() -> None:
    _notices_of(*_KINDS[:6], *_NEW, *_KINDS[6:])
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("earlier_support_count", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.alter_column("earlier_support_count", server_default=None)
    op.execute(
        "UPDATE proposals SET earlier_support_count = (SELECT count(*) FROM supports"
        " WHERE supports.proposal_id = proposals.id"
        " AND supports.version_number < proposals.version_number)"
    )
    with op.batch_alter_table("proposal_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("field_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("district_numbers", sa.JSON(), nullable=False, server_default="[]")
        )
        batch_op.create_foreign_key(
            op.f("fk_proposal_versions_field_id"), "fields", ["field_id"], ["id"]
        )
    with op.batch_alter_table("proposal_versions", schema=None) as batch_op:
        batch_op.alter_column("district_numbers", server_default=None)
    _fill_versions()
    op.create_table(
        "proposal_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("carried_by", sa.Text(), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=True),
        sa.Column("field_id", sa.Integer(), nullable=True),
        sa.Column("district_numbers", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("returned_because", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('working', 'discarded') OR reason != ''",
            name=op.f("ck_proposal_changes_reason_given"),
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state IN ('working', 'waiting'))",
            name=op.f("ck_proposal_changes_closed_at_known"),
        ),
        sa.CheckConstraint(
            "state != 'refused' OR returned_because != ''",
            name=op.f("ck_proposal_changes_reason_where_refused"),
        ),
        sa.CheckConstraint(
            "state IN ('working', 'waiting', 'published', 'refused', 'discarded')",
            name=op.f("ck_proposal_changes_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_proposal_changes_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["field_id"], ["fields.id"], name=op.f("fk_proposal_changes_field_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_proposal_changes_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_changes_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_changes")),
    )
    with op.batch_alter_table("proposal_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_changes_proposal_id"), ["proposal_id"], unique=False
        )
        under_work = sa.text("state IN ('working', 'waiting')")
        batch_op.create_index(
            "uq_proposal_changes_under_work",
            ["proposal_id"],
            unique=True,
            sqlite_where=under_work,
            postgresql_where=under_work,
        )


def _fill_versions() -> None:
    """Field and districts could not be changed in public before: all versions have today's."""
    op.execute(
        "UPDATE proposal_versions SET field_id = (SELECT field_id FROM proposals"
        " WHERE proposals.id = proposal_versions.proposal_id)"
    )
    connection = op.get_bind()
    districts = sa.table("proposal_districts", sa.column("proposal_id"), sa.column("district"))
    versions = sa.table(
        "proposal_versions", sa.column("proposal_id"), sa.column("district_numbers", sa.JSON())
    )
    found: dict[int, list[int]] = {}
    for proposal_id, district in connection.execute(
        sa.select(districts.c.proposal_id, districts.c.district).order_by(districts.c.district)
    ):
        found.setdefault(proposal_id, []).append(district)
    for proposal_id, numbers in found.items():
        connection.execute(
            versions.update()
            .where(versions.c.proposal_id == proposal_id)
            .values(district_numbers=numbers)
        )


def downgrade() -> None:
    op.drop_table("proposal_changes")
    with op.batch_alter_table("proposal_versions", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_proposal_versions_field_id"), type_="foreignkey")
        batch_op.drop_column("district_numbers")
        batch_op.drop_column("field_id")
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_column("earlier_support_count")
    new = ", ".join(f"'{kind}'" for kind in _NEW)
    op.execute(f"DELETE FROM notices WHERE kind IN ({new})")  # noqa: S608 — our own words
    _notices_of(*_KINDS)
