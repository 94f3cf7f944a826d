"""What the plan says in other languages."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Base


class PlanTranslation(Base):
    """A version of what a measure or a field of action says in another language.

    `words` by the name of a piece: `{"of": the original that was translated, "words": …}`. It was
    shown from `at` until another version took its place (`until`); the newest has none.
    `of_version` is the version of the measure or field that whoever wrote it had before them.
    """

    __tablename__ = "plan_translations"
    __table_args__ = (UniqueConstraint("owner_id", "language", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    language: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    of_version: Mapped[int]
    complete: Mapped[bool]
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    by: Mapped[Person | None] = relationship(lazy="raise")
