"""minority statements are contributions like others: reported, moderated, objected to"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0037b"
down_revision = "0035"
branch_labels = None
depends_on = None

TABLE = "minority_statements"
_SEEN = ("held", "visible", "returned", "hidden")
_SUBJECTS = sa.table("subjects", sa.column("id", sa.Integer), sa.column("kind", sa.String))


def _refers(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{TABLE}_{column}"))


def _rows(*columns: str) -> list[Any]:
    names = ", ".join(columns)
    return list(op.get_bind().execute(sa.text(f"SELECT {names} FROM {TABLE}")).mappings())  # noqa: S608


def _moment(value: Any) -> Any:
    """SQLite gives a moment as text where the type is not known."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def upgrade() -> None:
    kept = _rows("summary_id", "organisation_id", "words", "by_id", "at")
    op.drop_table(TABLE)
    _create()
    summaries = dict(op.get_bind().execute(sa.text("SELECT id, round_id FROM summaries")).all())
    into = sa.table(
        TABLE,
        *(sa.column(name) for name in _NEW if name != "at"),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    for row in kept:
        made = op.get_bind().execute(
            sa.insert(_SUBJECTS).values(kind="minority-statement").returning(_SUBJECTS.c.id)
        )
        op.get_bind().execute(
            sa.insert(into).values(
                id=made.scalar_one(),
                summary_id=row["summary_id"],
                round_id=summaries[row["summary_id"]],
                organisation_id=row["organisation_id"],
                words=row["words"],
                language="de",
                author_id=row["by_id"],
                visibility="visible",
                visibility_reason="",
                at=_moment(row["at"]),
            )
        )


_NEW = (
    "id",
    "summary_id",
    "round_id",
    "organisation_id",
    "words",
    "language",
    "author_id",
    "visibility",
    "visibility_reason",
    "at",
)


def _create() -> None:
    seen = ", ".join(f"'{one}'" for one in _SEEN)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("summary_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(length=40), nullable=False),
        sa.Column("visibility_reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(words = '') = (withdrawn_at IS NOT NULL)", name=op.f(f"ck_{TABLE}_says_something")
        ),
        sa.CheckConstraint(
            "visibility NOT IN ('hidden', 'returned') OR visibility_reason != ''",
            name=op.f(f"ck_{TABLE}_reason_where_not_visible"),
        ),
        sa.CheckConstraint(f"visibility IN ({seen})", name=op.f(f"ck_{TABLE}_visibility_known")),
        _refers("id", "subjects"),
        _refers("summary_id", "summaries"),
        _refers("round_id", "rounds"),
        _refers("organisation_id", "organisations"),
        _refers("author_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "summary_id", "organisation_id", name=op.f(f"uq_{TABLE}_summary_id_organisation_id")
        ),
    )
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        for column in ("round_id", "organisation_id", "author_id"):
            batch_op.create_index(batch_op.f(f"ix_{TABLE}_{column}"), [column])


def downgrade() -> None:
    """What everybody can read stays; what moderators had to do with it goes."""
    of_them = "SELECT id FROM subjects WHERE kind = 'minority-statement'"
    appealed = f"SELECT id FROM decisions WHERE subject_id IN ({of_them})"  # noqa: S608 — our own words
    op.execute(f"DELETE FROM appeals WHERE decision_id IN ({appealed})")  # noqa: S608
    for table in ("reports", "decisions", "suspension_requests", "notices", "follows"):
        op.execute(f"DELETE FROM {table} WHERE subject_id IN ({of_them})")  # noqa: S608
    kept = [
        row
        for row in _rows("summary_id", "organisation_id", "words", "author_id", "at", "visibility")
        if row["words"] and row["visibility"] == "visible"
    ]
    op.drop_table(TABLE)
    op.execute("DELETE FROM subjects WHERE kind = 'minority-statement'")
    op.create_table(
        TABLE,
        sa.Column("summary_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("words != ''", name=op.f(f"ck_{TABLE}_says_something")),
        _refers("summary_id", "summaries"),
        _refers("organisation_id", "organisations"),
        _refers("by_id", "people"),
        sa.PrimaryKeyConstraint("summary_id", "organisation_id", name=op.f(f"pk_{TABLE}")),
    )
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        for column in ("organisation_id", "by_id"):
            batch_op.create_index(batch_op.f(f"ix_{TABLE}_{column}"), [column])
    into = sa.table(
        TABLE,
        *(sa.column(name) for name in ("summary_id", "organisation_id", "words", "by_id")),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    for row in kept:
        op.get_bind().execute(
            sa.insert(into).values(
                summary_id=row["summary_id"],
                organisation_id=row["organisation_id"],
                words=row["words"],
                by_id=row["author_id"],
                at=_moment(row["at"]),
            )
        )
