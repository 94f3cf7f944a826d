"""trainings and meetings, places at them, minutes"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0036"
branch_labels = None
depends_on = None

_KINDS = (
    "meeting-announced",
    "meeting-moved",
    "meeting-cancelled",
    "meeting-place",
    "minutes-published",
)


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


def _number(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _line(name: str, length: int, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _check(table: str, condition: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    _notices_of(*_kinds(), *_KINDS)
    _create_meetings()
    _create_words()
    _create_seats()


def _create_meetings() -> None:
    table = "meetings"
    op.create_table(
        table,
        _number("id", nullable=False),
        _line("kind", 40),
        _line("state", 40),
        _line("title", 200),
        _text("description"),
        _line("language", 12),
        _moment("starts_at", nullable=False),
        _moment("ends_at", nullable=False),
        _line("place", 300),
        _number("district"),
        _line("online_url", 500),
        sa.Column("spoken", sa.JSON(), nullable=False),
        sa.Column("access", sa.JSON(), nullable=False),
        _text("access_note"),
        _number("capacity"),
        _number("measure_id"),
        _number("milestone_id"),
        _line("counts", 40, nullable=True),
        _number("dialogue_id"),
        _number("round_id"),
        _number("moves", nullable=False),
        _moment("created_at", nullable=False),
        _moment("changed_at", nullable=False),
        _moment("published_at"),
        _text("cancel_reason"),
        _moment("attendance_at"),
        _number("walk_ins", nullable=False),
        _moment("forgotten_at"),
        _check(table, "kind IN ('training', 'meeting')", "kind_known"),
        _check(table, "state IN ('draft', 'published', 'cancelled')", "state_known"),
        _check(table, "counts IN ('held', 'people')", "counts_known"),
        _check(table, "measure_id IS NOT NULL OR dialogue_id IS NOT NULL", "somebody_in_charge"),
        _check(table, "milestone_id IS NULL OR measure_id IS NOT NULL", "milestone_of_a_measure"),
        _check(table, "(counts IS NULL) = (milestone_id IS NULL)", "counts_for_a_milestone"),
        _check(table, "round_id IS NULL OR dialogue_id IS NOT NULL", "round_of_a_dialogue"),
        _check(table, "ends_at > starts_at", "ends_after_it_starts"),
        _check(table, "capacity > 0", "room_for_somebody"),
        _check(table, "state = 'draft' OR published_at IS NOT NULL", "published_at_known"),
        _check(table, "(state = 'cancelled') = (cancel_reason != '')", "cancelled_with_a_reason"),
        _check(table, "walk_ins >= 0", "walk_ins_counted"),
        _refers(table, "id", "subjects"),
        _refers(table, "measure_id", "measures"),
        _refers(table, "milestone_id", "milestones"),
        _refers(table, "dialogue_id", "dialogues"),
        _refers(table, "round_id", "rounds"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index("ix_meetings_state_starts_at", ["state", "starts_at", "id"])
        for column in ("measure_id", "milestone_id", "dialogue_id", "round_id"):
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column])


def _create_words() -> None:
    words, minutes = "meeting_words", "minutes"
    op.create_table(
        words,
        _number("meeting_id", nullable=False),
        _line("language", 12),
        _line("title", 200),
        _text("description"),
        _refers(words, "meeting_id", "meetings"),
        sa.PrimaryKeyConstraint("meeting_id", "language", name=op.f(f"pk_{words}")),
    )
    op.create_table(
        minutes,
        _number("meeting_id", nullable=False),
        _line("language", 12),
        _text("body"),
        _number("by_id"),
        _moment("at", nullable=False),
        _moment("published_at"),
        _check(minutes, "body != ''", "says_something"),
        _refers(minutes, "meeting_id", "meetings"),
        _refers(minutes, "by_id", "people"),
        sa.PrimaryKeyConstraint("meeting_id", "language", name=op.f(f"pk_{minutes}")),
    )
    with op.batch_alter_table(minutes, schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_by_id"), ["by_id"])


def _create_seats() -> None:
    table = "seats"
    op.create_table(
        table,
        _number("id", nullable=False),
        _number("meeting_id", nullable=False),
        _line("state", 40),
        _number("person_id"),
        _line("email", 254, nullable=True),
        _line("name", 120),
        _line("language", 12),
        _line("secret", 64),
        _moment("created_at", nullable=False),
        _moment("expires_at"),
        _moment("confirmed_at"),
        _moment("moved_up_at"),
        _moment("ended_at"),
        sa.Column("attended", sa.Boolean(), nullable=True),
        _moment("forgotten_at"),
        _check(table, "state IN ('place', 'waiting', 'given-back', 'lapsed')", "state_known"),
        _check(
            table,
            "(forgotten_at IS NULL AND (email IS NULL) != (person_id IS NULL)) OR "
            "(forgotten_at IS NOT NULL AND email IS NULL AND person_id IS NULL AND name = '')",
            "somebody_or_forgotten",
        ),
        _check(table, "person_id IS NULL OR confirmed_at IS NOT NULL", "accounts_are_sure"),
        _check(table, "confirmed_at IS NOT NULL OR expires_at IS NOT NULL", "confirmed_or_expires"),
        _check(table, "attended IS NULL OR confirmed_at IS NOT NULL", "attended_where_confirmed"),
        _check(table, "state != 'lapsed' OR confirmed_at IS NULL", "lapsed_unconfirmed"),
        _refers(table, "meeting_id", "meetings"),
        _refers(table, "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    held = sa.text("state IN ('place', 'waiting')")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seats_person_id"), ["person_id"])
        batch_op.create_index("ix_seats_meeting_id_state", ["meeting_id", "state", "id"])
        batch_op.create_index("ix_seats_state_expires_at", ["state", "expires_at"])
        for column in ("email", "person_id"):
            batch_op.create_index(
                f"uq_seats_{column}",
                ["meeting_id", column],
                unique=True,
                sqlite_where=held,
                postgresql_where=held,
            )


def downgrade() -> None:
    for table in ("seats", "minutes", "meeting_words", "meetings"):
        op.drop_table(table)
    known = ", ".join(f"'{kind}'" for kind in _KINDS)
    op.execute(f"DELETE FROM notices WHERE kind IN ({known})")  # noqa: S608 — our own words
    _notices_of(*_kinds())
    meetings = "SELECT id FROM subjects WHERE kind = 'meeting'"
    op.execute(f"DELETE FROM follows WHERE subject_id IN ({meetings})")  # noqa: S608 — our own words
    op.execute("DELETE FROM subjects WHERE kind = 'meeting'")
