"""What a dialogue's moderators tell each other, and whom they hope to hear."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Base, Choice


class ModeratorNote(Base):
    """A note among the moderators of a dialogue: nobody else ever sees it."""

    __tablename__ = "moderator_notes"
    __shown__ = False
    __table_args__ = (
        CheckConstraint("body != '' OR removed_at IS NOT NULL", name="says_something"),
        Index("ix_moderator_notes_dialogue_id_id", "dialogue_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    author: Mapped[Person] = relationship(lazy="raise")


class Side(StrEnum):
    """From which side one looks at who takes part."""

    KIND = "kind"  # of organisation
    DISTRICT = "district"
    LANGUAGE = "language"


class HopedFor(Base):
    """How many the moderators hope for; `which` is a kind, a district's number or a language."""

    __tablename__ = "hoped_for"
    __shown__ = False
    __table_args__ = (CheckConstraint("number > 0", name="hopes_for_some"),)

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"), primary_key=True)
    side: Mapped[Side] = mapped_column(Choice(Side), primary_key=True)
    which: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]
