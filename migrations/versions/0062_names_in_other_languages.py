"""dialogues and rounds are called otherwise in other languages"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0037b"
branch_labels = None
depends_on = None

NAMES = ("title", "question")
TABLES = ("dialogues", "rounds")


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("names", sa.JSON(), nullable=False, server_default="{}"))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("names", server_default=None)
    _copy()


def _copy() -> None:
    bind = op.get_bind()
    texts = sa.table(
        "translated_texts",
        sa.column("subject_id", sa.Integer),
        sa.column("language", sa.String),
        sa.column("words", sa.JSON),
    )
    names: dict[int, dict[str, dict[str, str]]] = {}
    for id, language, words in bind.execute(
        sa.select(texts.c.subject_id, texts.c.language, texts.c.words)
    ):
        said = {name: words[name] for name in NAMES if words.get(name)}
        if said:
            names.setdefault(id, {})[language] = said
    for table in TABLES:
        for id, by_language in names.items():
            bind.execute(
                sa.text(f"UPDATE {table} SET names = :names WHERE id = :id"),  # noqa: S608
                {"names": json.dumps(by_language), "id": id},
            )


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("names")
