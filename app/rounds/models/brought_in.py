"""What moderators enter for others: from a meeting or from paper, equal to all else."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.core.db import Choice


class Channel(StrEnum):
    MEETING = "meeting"
    PAPER = "paper"


class BroughtIn:
    """For contributions. Without a `channel` somebody wrote it here.

    `said_on` is the day on which it was said or handed in, `said_at_id` the meeting, if it was one
    that stands here; `entered_by_id` typed it in.
    """

    channel: Mapped[Channel | None] = mapped_column(Choice(Channel))
    said_on: Mapped[date | None] = mapped_column(Date)

    @declared_attr
    def said_at_id(cls) -> Mapped[int | None]:  # noqa: N805 — SQLAlchemy's declared form
        return mapped_column(ForeignKey("subjects.id"), index=True)

    @declared_attr
    def entered_by_id(cls) -> Mapped[int | None]:  # noqa: N805 — SQLAlchemy's declared form
        return mapped_column(ForeignKey("people.id"))


def brought_in_checks() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint(
            "(channel IS NULL) = (said_on IS NULL) AND (channel IS NULL) = (entered_by_id IS NULL)",
            name="brought_in_by_somebody",
        ),
        CheckConstraint(
            "said_at_id IS NULL OR (channel IS NOT NULL AND channel = 'meeting')",
            name="said_at_a_meeting",
        ),
    )
