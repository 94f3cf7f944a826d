"""acts in an organisation's name that wait for a second person"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_KINDS = ("release-asked", "release-decided")
_WAITING = sa.text("state = 'waiting'")


def _kinds() -> tuple[str, ...]:
    """Those that the database knows now, in their order."""
    found = sa.inspect(op.get_bind()).get_check_constraints("notices")
    text = next(one["sqltext"] for one in found if str(one["name"]).endswith("kind_known"))
    return tuple(part for part in str(text).split("'")[1::2] if part not in _KINDS)


def _notices_of(*kinds: str) -> None:
    known = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_constraint("kind_known", type_="check")
        batch_op.create_check_constraint("kind_known", f"kind IN ({known})")


def upgrade() -> None:
    _notices_of(*_kinds(), *_KINDS)
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("four_eyes", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.alter_column("four_eyes", server_default=None)
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.String(length=80), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'released', 'refused', 'taken-back')",
            name=op.f("ck_releases_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)",
            name=op.f("ck_releases_decided_at_known"),
        ),
        sa.CheckConstraint(
            "state != 'refused' OR reason != ''", name=op.f("ck_releases_refused_with_a_reason")
        ),
        sa.CheckConstraint(
            "state NOT IN ('released', 'refused')"
            " OR (decided_by_id IS NOT NULL AND decided_by_id != prepared_by_id)",
            name=op.f("ck_releases_second_person"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_releases_{column}"))
            for column, table in (
                ("organisation_id", "organisations"),
                ("subject_id", "subjects"),
                ("prepared_by_id", "people"),
                ("decided_by_id", "people"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
    )
    with op.batch_alter_table("releases", schema=None) as batch_op:
        batch_op.create_index(
            "ix_releases_organisation_id_state", ["organisation_id", "state", "id"]
        )
        batch_op.create_index(
            "uq_releases_waiting",
            ["organisation_id", "fingerprint"],
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        )
        for column in ("prepared_by_id", "subject_id"):
            batch_op.create_index(batch_op.f(f"ix_releases_{column}"), [column])


def downgrade() -> None:
    op.drop_table("releases")
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_column("four_eyes")
    op.execute("DELETE FROM notices WHERE kind IN ('release-asked', 'release-decided')")
    _notices_of(*_kinds())
