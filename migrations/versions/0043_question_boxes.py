"""question boxes, questions, questions and answers for everybody"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0037"
branch_labels = None
depends_on = None

_KINDS = ("enquiry-asked", "enquiry-late", "enquiry-answered")


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


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _line(name: str, length: int, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _check(table: str, condition: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column])


def upgrade() -> None:
    _notices_of(*_kinds(), *_KINDS)
    table = "question_boxes"
    op.create_table(
        table,
        _number("id"),
        _line("title", 200),
        _text("about"),
        _line("language", 12),
        _line("role", 160),
        _number("unit_id"),
        _number("measure_id", nullable=True),
        _number("days"),
        _moment("opened_at"),
        _moment("closed_at", nullable=True),
        _check(table, "days > 0", "time_to_answer"),
        _check(table, "role != '' AND role NOT LIKE '%@%'", "role_without_address"),
        _refers(table, "unit_id", "units"),
        _refers(table, "measure_id", "measures"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("title", name=op.f(f"uq_{table}_title")),
    )
    _index(table, "unit_id", "measure_id")
    _create_enquiries()
    _create_faqs()


def _create_enquiries() -> None:
    table = "enquiries"
    op.create_table(
        table,
        _number("id"),
        _number("box_id"),
        _line("state", 40),
        _text("body"),
        _line("language", 12),
        _number("person_id", nullable=True),
        _line("email", 254, nullable=True),
        _moment("email_confirmed_at", nullable=True),
        _line("secret", 64),
        _line("form_key", 64),
        _moment("asked_at"),
        sa.Column("due_on", sa.Date(), nullable=False),
        _text("reply"),
        _moment("replied_at", nullable=True),
        _number("replied_by_id", nullable=True),
        _moment("forgotten_at", nullable=True),
        _check(table, "state IN ('open', 'answered', 'set-aside')", "state_known"),
        _check(table, "email IS NULL OR person_id IS NULL", "address_or_account"),
        _check(table, "(state = 'open') = (reply = '')", "closed_with_words"),
        _check(table, "(state = 'open') = (replied_at IS NULL)", "closed_at_known"),
        _check(
            table,
            "forgotten_at IS NULL OR (body = '' AND email IS NULL AND person_id IS NULL)",
            "forgotten_says_nothing",
        ),
        _refers(table, "id", "subjects"),
        _refers(table, "box_id", "question_boxes"),
        _refers(table, "person_id", "people"),
        _refers(table, "replied_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("box_id", "form_key", name=op.f(f"uq_{table}_box_id_form_key")),
    )
    _index(table, "person_id")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index("ix_enquiries_box_id_state", ["box_id", "state", "due_on", "id"])
        batch_op.create_index("ix_enquiries_state_due_on", ["state", "due_on"])


def _create_faqs() -> None:
    table = "faqs"
    op.create_table(
        table,
        _number("id"),
        _number("box_id"),
        _number("enquiry_id", nullable=True),
        _line("question", 300),
        _text("answer"),
        _line("language", 12),
        _moment("published_at"),
        _moment("changed_at"),
        _moment("withdrawn_at", nullable=True),
        _check(table, "question != '' AND answer != ''", "says_something"),
        _refers(table, "id", "subjects"),
        _refers(table, "box_id", "question_boxes"),
        _refers(table, "enquiry_id", "enquiries"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    _index(table, "enquiry_id")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index("ix_faqs_box_id_published_at", ["box_id", "published_at", "id"])


def downgrade() -> None:
    known = ", ".join(f"'{kind}'" for kind in _KINDS)
    op.execute(f"DELETE FROM notices WHERE kind IN ({known})")  # noqa: S608 — our own words
    _notices_of(*_kinds())
    for table in ("faqs", "enquiries", "question_boxes"):
        op.drop_table(table)
    ours = "SELECT id FROM subjects WHERE kind IN ('faq', 'enquiry')"
    op.execute(f"DELETE FROM follows WHERE subject_id IN ({ours})")  # noqa: S608 — our own words
    op.execute("DELETE FROM subjects WHERE kind IN ('faq', 'enquiry')")
