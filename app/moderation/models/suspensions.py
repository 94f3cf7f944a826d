"""Suspensions for more than a week: one moderator asks, another person agrees or not."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Base, Choice
from app.moderation.models.rules import BrokenRule

_OPEN = text("decided_at IS NULL")


class SuspensionRequest(Base):
    """Nothing has happened to anybody until a second person has agreed."""

    __tablename__ = "suspension_requests"
    __shown__ = False
    __table_args__ = (
        CheckConstraint("days > 0 AND facts != ''", name="says_how_long_and_why"),
        CheckConstraint(
            "(decided_at IS NULL) = (agreed IS NULL)"
            " AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id != by_id", name="by_another_person"
        ),
        CheckConstraint("agreed IS NULL OR agreed OR answer != ''", name="declined_for_a_reason"),
        Index("ix_suspension_requests_dialogue_id_decided_at", "dialogue_id", "decided_at"),
        Index(
            "uq_suspension_requests_open",
            "dialogue_id",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    days: Mapped[int]
    rule: Mapped[BrokenRule] = mapped_column(Choice(BrokenRule))
    facts: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    agreed: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise")
    by: Mapped[Person] = relationship(foreign_keys=[by_id], lazy="raise")
