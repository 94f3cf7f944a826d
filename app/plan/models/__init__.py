"""The plan: fields of action, goals on three levels, measures and what belongs to them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Base, Choice
from app.core.named import NamedMixin
from app.core.subjects import SubjectMixin
from app.organisations.models import Unit
from app.plan.models.fields import FieldVersion as FieldVersion
from app.plan.models.lookups import PaperLookup as PaperLookup
from app.plan.models.points import ContactPoint as ContactPoint
from app.plan.models.points import PointMode as PointMode
from app.plan.models.points import PointState as PointState
from app.plan.models.points import StepFree as StepFree
from app.plan.models.translations import PlanTranslation as PlanTranslation
from app.plan.states import MeasureState as MeasureState


class Plan(SubjectMixin, Base):
    __tablename__ = "plans"
    __kind__ = "plan"

    key: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")


class Field(NamedMixin, SubjectMixin, Base):
    """A field of action (Handlungsfeld). `goals_lead` is how the sentences of its goals begin.

    `version_number` and `changed_at` are those of its newest version.
    """

    __tablename__ = "fields"
    __kind__ = "field"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    goals_lead: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)
    version_number: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime | None]

    plan: Mapped[Plan] = relationship(lazy="raise")


class GoalLevel(StrEnum):
    OVERARCHING = "overarching"
    YEAR = "year"
    DELIVERABLE = "deliverable"


class Measure(NamedMixin, SubjectMixin, Base):
    """A measure (Maßnahme, Vorhaben) as the city's page shows it.

    It is for the whole city or for some districts, never both. `source` is where its text is from.
    `version_number` and `changed_at` are those of its newest version.
    """

    __tablename__ = "measures"
    __kind__ = "measure"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    key: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    state: Mapped[MeasureState] = mapped_column(Choice(MeasureState))
    city_wide: Mapped[bool] = mapped_column(Boolean)
    description: Mapped[str] = mapped_column(Text, default="")
    council_involvement: Mapped[str] = mapped_column(Text, default="")
    public_participation: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="de")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id"), index=True)
    source: Mapped[str] = mapped_column(String(300), default="")
    version_number: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime | None]

    plan: Mapped[Plan] = relationship(lazy="raise")
    unit: Mapped[Unit | None] = relationship(lazy="raise")
    predecessor: Mapped["Measure | None"] = relationship(lazy="raise", remote_side="Measure.id")
    successors: Mapped[list["Measure"]] = relationship(
        primaryjoin="Measure.id == remote(foreign(Measure.predecessor_id))",
        order_by="Measure.id",
        lazy="raise",
        viewonly=True,
    )
    fields: Mapped[list[Field]] = relationship(
        secondary="measure_fields", order_by="Field.position", lazy="raise"
    )
    districts: Mapped[list["MeasureDistrict"]] = relationship(
        lazy="raise", order_by="MeasureDistrict.district", cascade="all, delete-orphan"
    )


class MeasureField(Base):
    __tablename__ = "measure_fields"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("fields.id"), primary_key=True, index=True)


class MeasureDistrict(Base):
    __tablename__ = "measure_districts"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), primary_key=True)
    district: Mapped[int] = mapped_column(primary_key=True, index=True)


class FormerName(Base):
    """A title that a measure had before; searching for it still finds the measure."""

    __tablename__ = "former_names"
    __table_args__ = (UniqueConstraint("measure_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    title: Mapped[str] = mapped_column(String(200))
    until: Mapped[datetime]


class MeasureVersion(Base):
    """Everything a measure said after a change: `content` is what the exchange format says of it.

    The keys are those of a measure in docs/plan-format.md. `because_id` is what led to it, if any.
    """

    __tablename__ = "measure_versions"
    __table_args__ = (UniqueConstraint("measure_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    because_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)

    by: Mapped[Person | None] = relationship(lazy="raise")


class Goal(SubjectMixin, Base):
    """Overarching goals belong to a field; a year's goals and deliverables to a measure.

    One that the plan does not name any more keeps its row: comments and links may point to it.
    """

    __tablename__ = "goals"
    __kind__ = "goal"
    __table_args__ = (
        CheckConstraint("(level = 'year') = (year IS NOT NULL)", name="year_where_due"),
        CheckConstraint(
            "since_year IS NULL OR (year IS NOT NULL AND since_year < year)", name="rolled_over"
        ),
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    field_id: Mapped[int | None] = mapped_column(ForeignKey("fields.id"), index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id"), index=True)
    level: Mapped[GoalLevel] = mapped_column(Choice(GoalLevel))
    year: Mapped[int | None]
    since_year: Mapped[int | None]  # for which it was a goal first, where it has rolled over
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    dropped_at: Mapped[datetime | None]


class Qualifier(StrEnum):
    """How the source dates an entry; kept as given."""

    FROM = "from"
    UNTIL = "until"
    ON = "on"
    ONGOING = "ongoing"


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class MilestoneState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"


class Milestone(SubjectMixin, Base):
    """An entry of the timeline. `on` is the first day of what `precision` names.

    A range target (two to three centres) is met by counting its contact points in operation, and
    what its meetings count (`counted`); so many of them were `held`, with so many who `attended`.
    An entry that the plan does not name any more keeps its row, as a goal does.
    """

    __tablename__ = "milestones"
    __kind__ = "milestone"
    __table_args__ = (
        CheckConstraint("(qualifier = 'ongoing') = (\"on\" IS NULL)", name="dated_unless_ongoing"),
        CheckConstraint('("on" IS NULL) = (precision IS NULL)', name="precise_where_dated"),
        CheckConstraint(
            "target_least IS NULL OR target_most >= target_least", name="target_in_order"
        ),
        CheckConstraint("counted >= 0 AND held >= 0 AND attended >= 0", name="meetings_counted"),
    )

    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(Text)
    qualifier: Mapped[Qualifier] = mapped_column(Choice(Qualifier))
    on: Mapped[date | None] = mapped_column(Date)
    precision: Mapped[Precision | None] = mapped_column(Choice(Precision))
    state: Mapped[MilestoneState | None] = mapped_column(Choice(MilestoneState))
    target_least: Mapped[int | None]
    target_most: Mapped[int | None]
    counted: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    attended: Mapped[int] = mapped_column(default=0)
    dropped_at: Mapped[datetime | None]


class CostPeriod(StrEnum):
    PER_YEAR = "per-year"
    ONCE = "once"


class CostKind(StrEnum):
    PLANNED = "planned"
    APPROVED = "approved"
    SPENT = "spent"


class Cost(Base):
    """Money, in integer cents."""

    __tablename__ = "costs"
    __table_args__ = (CheckConstraint("cents >= 0", name="not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    period: Mapped[CostPeriod] = mapped_column(Choice(CostPeriod))
    kind: Mapped[CostKind] = mapped_column(Choice(CostKind))
    note: Mapped[str] = mapped_column(Text, default="")


class CouncilPaper(Base):
    """A paper of the council (Drucksache)."""

    __tablename__ = "council_papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    number: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(80), default="")
    body: Mapped[str] = mapped_column(String(160), default="")
    on: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str] = mapped_column(String(500), default="")


class Partner(Base):
    """An external partner of a measure, in the plan's own words."""

    __tablename__ = "partners"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(200))
