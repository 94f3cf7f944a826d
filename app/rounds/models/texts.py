"""The same words in another language."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class TranslatedText(Base):
    """What a dialogue, a round, a summary or a report says in another language, or in Leichte
    Sprache.

    `words` by the name of what they translate. `of_digest` stands for the original as it was then:
    where it is another one now, the original has moved on.
    """

    __tablename__ = "translated_texts"
    __table_args__ = (UniqueConstraint("subject_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    language: Mapped[str] = mapped_column(String(12))
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    of_digest: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
