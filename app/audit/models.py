"""The append-only log."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column

from app.core.db import Base


class LogLine(Base):
    """One event. A ballot's line names no person and only the day."""

    __tablename__ = "log_lines"
    __shown__ = False
    __table_args__ = (Index("ix_log_lines_event", "event", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(80))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class AppendOnly(Exception):
    """A line of the log was about to be changed or deleted."""


@event.listens_for(LogLine, "before_update")
@event.listens_for(LogLine, "before_delete")
def _keep(_mapper: object, _connection: object, line: LogLine) -> None:
    raise AppendOnly(f"line {line.id} of the log stays as it is")


@event.listens_for(Session, "do_orm_execute")
def _keep_all(statement: ORMExecuteState) -> None:
    """Statements that change many rows at once pass the mapper by."""
    mapper = statement.bind_mapper
    if (statement.is_update or statement.is_delete) and mapper and mapper.class_ is LogLine:
        raise AppendOnly("the log is only ever added to")
