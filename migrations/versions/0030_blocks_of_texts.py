"""blocks of texts with ids that survive edits, what happened to them, and quotes"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from app.core.db import UTCDateTime
from app.core.text.blocks import part

revision = "0030"
down_revision = "0041"
branch_labels = None
depends_on = None

TEXTS = {
    "description": "description",
    "participation": "public_participation",
    "council": "council_involvement",
}
UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, UTCDateTime(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    _create_blocks()
    _create_steps_and_quotes()
    _create_causes()
    _part_what_is_there()
    _keep_what_led_to_it()


def _create_blocks() -> None:
    table = "text_blocks"
    happened = ("changed_at", "moved_at", "split_at", "merged_at", "gone_at")
    op.create_table(
        table,
        _number("owner_id"),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        _number("position"),
        _words("words"),
        _moment("since"),
        *(_moment(name, nullable=True) for name in happened),
        _number("from_id", nullable=True),
        _number("into_id", nullable=True),
        _number("comment_count"),
        _number("id"),
        sa.CheckConstraint(
            "into_id IS NULL OR gone_at IS NOT NULL", name=op.f(f"ck_{table}_gone_where_merged")
        ),
        _refers(table, "id", "subjects"),
        _refers(table, "owner_id", "subjects"),
        _refers(table, "from_id", table),
        _refers(table, "into_id", table),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index("ix_text_blocks_text", ["owner_id", "part", "language", "position"])
        for column in ("from_id", "into_id"):
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column])


def _create_steps_and_quotes() -> None:
    steps, quotes = "text_block_steps", "text_quotes"
    known = ", ".join(
        f"'{what}'" for what in ("kept", "changed", "moved", "split", "merged", "deleted", "new")
    )
    op.create_table(
        steps,
        _number("id"),
        _number("block_id"),
        _number("edition"),
        _moment("at"),
        sa.Column("what", sa.String(length=40), nullable=False),
        _words("words"),
        sa.CheckConstraint(f"what IN ({known})", name=op.f(f"ck_{steps}_what_known")),
        _refers(steps, "block_id", "text_blocks"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{steps}")),
        sa.UniqueConstraint("block_id", "edition", name=op.f(f"uq_{steps}_block_id_edition")),
    )
    op.create_table(
        quotes,
        _number("subject_id"),
        _number("block_id"),
        _words("words"),
        _moment("at"),
        _refers(quotes, "subject_id", "subjects"),
        _refers(quotes, "block_id", "text_blocks"),
        sa.PrimaryKeyConstraint("subject_id", name=op.f(f"pk_{quotes}")),
    )
    with op.batch_alter_table(quotes, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{quotes}_block_id"), ["block_id"])


def _create_causes() -> None:
    table = "text_causes"
    op.create_table(
        table,
        _number("id"),
        _number("block_id"),
        _number("cause_id"),
        _number("edition"),
        _words("words"),
        _moment("at"),
        _refers(table, "block_id", "text_blocks"),
        _refers(table, "cause_id", "subjects"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("block_id", "cause_id", name=op.f(f"uq_{table}_block_id_cause_id")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_cause_id"), ["cause_id"])


def _part_what_is_there() -> None:
    """The measures of today get their paragraphs, as of their newest version."""
    subjects = sa.table("subjects", sa.column("id", sa.Integer), sa.column("kind"))
    known = sa.inspect(op.get_bind()).get_columns("text_blocks")
    blocks = sa.table(
        "text_blocks",
        *(sa.column(c["name"], UTCDateTime() if c["name"] == "since" else None) for c in known),
    )
    columns = ["id", "language", "changed_at", *TEXTS.values()]
    measures = sa.table(
        "measures", *(sa.column(c, UTCDateTime() if c == "changed_at" else None) for c in columns)
    )
    bind = op.get_bind()
    for row in bind.execute(sa.select(measures).order_by(measures.c.id)).mappings().all():
        for name, column in TEXTS.items():
            for position, words in enumerate(part(row[column])):
                made = bind.execute(
                    sa.insert(subjects).values(kind="paragraph").returning(subjects.c.id)
                ).scalar_one()
                bind.execute(
                    sa.insert(blocks).values(
                        id=made,
                        owner_id=row["id"],
                        part=name,
                        language=row["language"],
                        position=position,
                        words=words,
                        since=row["changed_at"] or UNKNOWN,
                        comment_count=0,
                    )
                )


def _keep_what_led_to_it() -> None:
    """A version with a cause names it for the paragraphs that it brought, if they still stand."""
    bind = op.get_bind()
    versions = sa.table(
        "measure_versions",
        *(sa.column(name) for name in ("measure_id", "number", "because_id")),
        sa.column("at", UTCDateTime()),
        sa.column("content", sa.JSON),
    )
    blocks = sa.table(
        "text_blocks", *(sa.column(name) for name in ("id", "owner_id", "part", "words"))
    )
    names = ("block_id", "cause_id", "edition", "words")
    causes = sa.table("text_causes", *map(sa.column, names), sa.column("at", UTCDateTime()))
    caused = sa.select(versions.c.measure_id).where(versions.c.because_id.is_not(None))
    rows = bind.execute(
        sa.select(versions)
        .where(versions.c.measure_id.in_(caused))
        .order_by(versions.c.measure_id, versions.c.number)
    ).mappings()
    before: dict[int, set[str]] = {}
    for row in rows.all():
        said = set(part(row["content"].get("description", "")))
        new = said - before.get(row["measure_id"], set())
        before[row["measure_id"]] = said
        if row["because_id"] is None:
            continue
        here = sa.select(blocks).where(
            blocks.c.owner_id == row["measure_id"], blocks.c.part == "description"
        )
        for block in bind.execute(here).mappings().all():
            if block["words"] in new:
                bind.execute(
                    sa.insert(causes).values(
                        block_id=block["id"],
                        cause_id=row["because_id"],
                        edition=row["number"],
                        words=block["words"],
                        at=row["at"],
                    )
                )


def downgrade() -> None:
    # Their subjects stay: comments may stand under them.
    for table in ("text_causes", "text_quotes", "text_block_steps", "text_blocks"):
        op.drop_table(table)
