"""The append-only log."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class LogLine(Base):
    """One event. A ballot's line names no person and only the day."""

    __tablename__ = "log_lines"
    __table_args__ = (Index("ix_log_lines_event", "event", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(80))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
