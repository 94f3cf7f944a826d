"""What an organisation's members tell each other and prepare: nobody outside ever sees it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Base, Choice
from app.organisations.models.organisation import Organisation
from app.organisations.states import ReleaseState, Stand


class Note(Base):
    """A note among the members, about a thing of the dialogue (`subject_id`) or about none."""

    __tablename__ = "organisation_notes"
    __table_args__ = (
        CheckConstraint("body != '' OR removed_at IS NOT NULL", name="says_something"),
        Index("ix_organisation_notes_organisation_id_subject_id", "organisation_id", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    author: Mapped[Person] = relationship(lazy="raise")


class Position(Base):
    """Where the organisation stands on a thing, among its members: often "being agreed"."""

    __tablename__ = "organisation_positions"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), primary_key=True, index=True)
    stand: Mapped[Stand] = mapped_column(Choice(Stand))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    by: Mapped[Person] = relationship(lazy="raise")


class Release(Base):
    """A form that was sent in the organisation's name and waits for a second person.

    `endpoint`, `arguments` and `fields` are what core.policy.Sent holds, `fingerprint` their
    SHA-256, so that the same form waits once. `subject_id` is what it is about.
    """

    __tablename__ = "releases"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_at_known"),
        CheckConstraint("state != 'refused' OR reason != ''", name="refused_with_a_reason"),
        CheckConstraint(
            "state NOT IN ('released', 'refused')"
            " OR (decided_by_id IS NOT NULL AND decided_by_id != prepared_by_id)",
            name="second_person",
        ),
        Index("ix_releases_organisation_id_state", "organisation_id", "state", "id"),
        Index(
            "uq_releases_waiting",
            "organisation_id",
            "fingerprint",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    endpoint: Mapped[str] = mapped_column(String(80))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    fields: Mapped[list[list[str]]] = mapped_column(JSON)
    fingerprint: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), index=True)
    state: Mapped[ReleaseState] = mapped_column(Choice(ReleaseState), default=ReleaseState.WAITING)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    prepared_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    prepared_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[prepared_by_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])
