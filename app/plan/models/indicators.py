"""By what one sees whether a measure does what it is for."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Choice
from app.plan.models import Precision


class Indicator(Base):
    """An indicator with where it began, where it is to be by when, and what was counted since.

    Numbers are whole hundredths, so that they are exact. `actual` is what was counted, the oldest
    first: ``{"date": "2026", "value": 12000}``, dated as precisely as it is known.
    """

    __tablename__ = "indicators"
    __table_args__ = (
        CheckConstraint('("by" IS NULL) = (precision IS NULL)', name="precise_where_dated"),
        CheckConstraint('"by" IS NULL OR target IS NOT NULL', name="dated_where_there_is_a_target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(200))
    counted_in: Mapped[str] = mapped_column(String(80), default="")
    baseline: Mapped[int | None] = mapped_column(BigInteger)
    target: Mapped[int | None] = mapped_column(BigInteger)
    by: Mapped[date | None] = mapped_column(Date)
    precision: Mapped[Precision | None] = mapped_column(Choice(Precision))
    source: Mapped[str] = mapped_column(Text, default="")
    actual: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    @property
    def latest(self) -> int | None:
        """What was counted last."""
        return int(self.actual[-1]["value"]) if self.actual else None

    @property
    def reached(self) -> bool:
        """Whether the last count is where it is to be, whichever way that lies."""
        if self.target is None or self.latest is None:
            return False
        falls = self.baseline is not None and self.target < self.baseline
        return self.latest <= self.target if falls else self.latest >= self.target
