"""What becomes of measures: a year's follow-up, and the report of each measure."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core import clock
from app.core.db import Base, Choice
from app.core.subjects import SubjectMixin
from app.followup.states import REPORT
from app.followup.states import ReportState as ReportState
from app.plan.models import Measure
from app.rounds.models import Round

PARTS = ("done", "late", "why", "next")
"""What a report says, in its order."""


class FollowUp(Base):
    """The year on which the measures of a plan report in a follow-up round. `moved` says why the
    reports are due on another day than was said first."""

    __tablename__ = "follow_ups"
    __table_args__ = (UniqueConstraint("plan_id", "year"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    year: Mapped[int]
    due_on: Mapped[date] = mapped_column(Date)
    moved: Mapped[str] = mapped_column(Text, default="")
    begun_at: Mapped[datetime]

    round: Mapped[Round] = relationship(lazy="raise")


class Report(SubjectMixin, Base):
    """One per measure and year. `edition` counts the saves, so that of two people of the unit the
    second does not overwrite the first. Before its publication its words are the unit's only."""

    __tablename__ = "reports_of_measures"
    __kind__ = "report"
    __table_args__ = (
        UniqueConstraint("measure_id", "round_id"),
        Index("ix_reports_of_measures_round_id_state", "round_id", "state"),
        CheckConstraint(
            "state != 'published' OR (published_at IS NOT NULL"
            " AND (done != '' OR late != '' OR next != ''))",
            name="published_says_something",
        ),
        CheckConstraint(
            "state != 'published' OR late = '' OR why != ''", name="late_with_a_reason"
        ),
    )

    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.round_id"))
    state: Mapped[ReportState] = mapped_column(Choice(ReportState), default=REPORT.initial)
    language: Mapped[str] = mapped_column(String(12), default="de")
    done: Mapped[str] = mapped_column(Text, default="")
    late: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")
    next: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[int] = mapped_column(default=0)
    version_number: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    comment_count: Mapped[int] = mapped_column(default=0)

    measure: Mapped[Measure] = relationship(lazy="raise")
    follow_up: Mapped[FollowUp] = relationship(lazy="raise")

    @property
    def round(self) -> Round:
        """The follow-up round, whose rules say who comments."""
        return self.follow_up.round

    @property
    def published(self) -> bool:
        return self.state is ReportState.PUBLISHED

    @property
    def overdue(self) -> bool:
        """By itself, from the day after the one on which it is due."""
        return not self.published and self.follow_up.due_on < clock.today()

    @property
    def was_late(self) -> bool:
        """Whether it was published after the day on which it was due."""
        at = self.published_at
        return at is not None and clock.local(at).date() > self.follow_up.due_on


class ReportVersion(Base):
    """What a report said from `at` on; the reason of every later one is public."""

    __tablename__ = "report_versions"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        CheckConstraint("number = 1 OR because != ''", name="later_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports_of_measures.id"))
    number: Mapped[int]
    content: Mapped[dict[str, str]] = mapped_column(JSON)
    because: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    by: Mapped[Person | None] = relationship(lazy="raise")
