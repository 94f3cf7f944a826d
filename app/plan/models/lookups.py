"""Papers that another server was asked for, until somebody has chosen."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Choice
from app.plan.states import LookupState


class PaperLookup(Base):
    """What somebody wants to look at: papers at an address, as far as `words` stand in them.

    `found` holds `papers`, `without_number` and `more` (see exchange.oparl.Found); `error` is a
    sentence in `language`, that of whoever asked. The same form sent again is the same one.
    """

    __tablename__ = "paper_lookups"
    __shown__ = False
    __table_args__ = (
        UniqueConstraint("person_id", "form_key"),
        CheckConstraint("(state = 'asked') = (done_at IS NULL)", name="done_at_known"),
        CheckConstraint("(state = 'failed') = (error != '')", name="failed_says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    form_key: Mapped[str] = mapped_column(String(64))
    state: Mapped[LookupState] = mapped_column(Choice(LookupState))
    address: Mapped[str] = mapped_column(String(500))
    words: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(12))
    found: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    error: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
