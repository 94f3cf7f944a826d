"""Who follows what, and what they were told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Choice
from app.notifications.states import PERSONAL, Kind


class Follow(Base):
    __tablename__ = "follows"
    __shown__ = False
    __table_args__ = (
        UniqueConstraint("person_id", "subject_id"),
        Index("ix_follows_subject_id_person_id", "subject_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    since: Mapped[datetime]


class Notice(Base):
    """One thing a person is told: `kind` names the sentence, the subject what it is about.

    `key` says what happened, so that nobody is told it twice.
    """

    __tablename__ = "notices"
    __shown__ = False
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_notices_person_id_read_at", "person_id", "read_at", "id"),
        Index("ix_notices_person_id_id", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    kind: Mapped[Kind] = mapped_column(Choice(Kind))
    key: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    @property
    def personal(self) -> bool:
        return self.kind in PERSONAL


class MailChoice(Base):
    """Whether a person also wants mails. Without a row: yes."""

    __tablename__ = "mail_choices"
    __shown__ = False

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    wanted: Mapped[bool] = mapped_column(default=True)
