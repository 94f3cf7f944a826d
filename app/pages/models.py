"""Legal texts in versions, and reports about barriers."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Choice


class LegalKind(StrEnum):
    IMPRINT = "imprint"
    PRIVACY = "privacy"
    RULES = "rules"
    ACCESSIBILITY = "accessibility"


class LegalText(Base):
    """One version of a text in one language; the highest number is in force."""

    __tablename__ = "legal_texts"
    __table_args__ = (UniqueConstraint("kind", "language", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LegalKind] = mapped_column(Choice(LegalKind))
    language: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class BarrierReport(Base):
    """A barrier somebody met; needs no account and gives a receipt."""

    __tablename__ = "barrier_reports"
    __shown__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    words: Mapped[str] = mapped_column(Text)
    page: Mapped[str] = mapped_column(String(300), default="")
    contact: Mapped[str] = mapped_column(String(254), default="")
    at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
