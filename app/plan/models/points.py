"""Contact points (Anlaufstellen) of measures."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Choice


class PointMode(StrEnum):
    FULL_TIME = "full-time"
    BY_DAY = "by-day"
    OPEN_HOURS = "open-hours"


class PointState(StrEnum):
    IN_OPERATION = "in-operation"
    IN_PREPARATION = "in-preparation"


class StepFree(StrEnum):
    """Whether one gets in without a step; nothing said means unknown."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class ContactPoint(Base):
    """A contact point (Anlaufstelle), numbered per state. Empty opening hours mean unknown.

    `exceptions` are days with other hours: ``{"date": "2027-12-24", "text": "closed"}``.
    `further` are services beside the first: ``{"service": "…", "target_group": "…"}``.
    `languages` are tags of those in which people are spoken with there.
    """

    __tablename__ = "contact_points"
    __table_args__ = (Index("ix_contact_points_measure_id_state", "measure_id", "state", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"), index=True)
    state: Mapped[PointState] = mapped_column(Choice(PointState))
    state_since: Mapped[date | None] = mapped_column(Date)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    street: Mapped[str] = mapped_column(String(200), default="")
    district: Mapped[int | None]
    mode: Mapped[PointMode] = mapped_column(Choice(PointMode))
    opening_hours: Mapped[str] = mapped_column(Text, default="")
    exceptions: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    service: Mapped[str] = mapped_column(Text, default="")
    target_group: Mapped[str] = mapped_column(Text, default="")
    further: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    step_free: Mapped[StepFree | None] = mapped_column(Choice(StepFree))
    access_notes: Mapped[str] = mapped_column(Text, default="")
    partners: Mapped[str] = mapped_column(Text, default="")
