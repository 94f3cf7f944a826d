"""What an organisation's members tell each other: nobody outside ever sees it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Base, Choice
from app.organisations.states import Stand


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
