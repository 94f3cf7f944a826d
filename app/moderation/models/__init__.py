"""Reports and decisions with their reasons. Nothing is ever deleted."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Base, Choice
from app.moderation.models.rules import (
    GONE,
    NEEDS_REASONS,
    RULES,
    Action,
    BrokenRule,
    Rulebook,
    RulebookText,
)
from app.moderation.models.summaries import (
    COLUMNS,
    OF_PARAGRAPH,
    OF_ROUND,
    Dispute,
    Ending,
    MinorityStatement,
    Part,
    Summary,
    SummarySource,
    SummaryVersion,
)
from app.moderation.models.suspensions import SuspensionRequest

__all__ = [
    "COLUMNS",
    "GONE",
    "NEEDS_REASONS",
    "OF_PARAGRAPH",
    "OF_ROUND",
    "RULES",
    "Action",
    "Appeal",
    "BrokenRule",
    "Decision",
    "Dispute",
    "Ending",
    "MinorityStatement",
    "Part",
    "Report",
    "Rulebook",
    "RulebookText",
    "Summary",
    "SummarySource",
    "SummaryVersion",
    "SuspensionRequest",
]


class Decision(Base):
    """A moderator's decision: the statement of reasons that the author receives.

    It names the version of the dialogue's rules that was in force.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(
            "action NOT IN ('return', 'hide', 'warn', 'lock', 'cut', 'suspend')"
            " OR (rule IS NOT NULL AND facts != '')",
            name="reasons_given",
        ),
        CheckConstraint(
            "(action = 'suspend') = (until IS NOT NULL)"
            " AND (action = 'suspend') = (suspension_id IS NOT NULL)",
            name="suspended_until",
        ),
        CheckConstraint("second_id IS NULL OR second_id != by_id", name="by_two_people"),
        ForeignKeyConstraint(
            ["dialogue_id", "rulebook_number"], ["rulebooks.dialogue_id", "rulebooks.number"]
        ),
        Index("ix_decisions_dialogue_id_at", "dialogue_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    action: Mapped[Action] = mapped_column(Choice(Action))
    rule: Mapped[BrokenRule | None] = mapped_column(Choice(BrokenRule))
    facts: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    waited_since: Mapped[datetime | None]  # handed in or first reported; none: on a moderator's own
    promised_by: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(String(12), default="de")
    rulebook_number: Mapped[int | None]  # in force then; none: the platform's general rules
    second_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who agreed
    suspension_id: Mapped[int | None] = mapped_column(ForeignKey("suspensions.id"))
    listed: Mapped[bool] = mapped_column(default=False)  # a list of words or links let it wait
    until: Mapped[date | None]  # the last day of the suspension


_OF_THE_AUTHOR = text("report_id IS NULL")


class Report(Base):
    """A report, by anybody. The receipt shows its fate without an account.

    `due_at` is the promise of the round: by then somebody has decided.
    """

    __tablename__ = "reports"
    __shown__ = False
    __table_args__ = (
        CheckConstraint(
            "(decision_id IS NULL) = (decided_at IS NULL)", name="decided_with_a_decision"
        ),
        Index("ix_reports_dialogue_id_decided_at", "dialogue_id", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    rule: Mapped[BrokenRule] = mapped_column(Choice(BrokenRule))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    due_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))

    reporter: Mapped[Person | None] = relationship(lazy="raise")
    decision: Mapped[Decision | None] = relationship(lazy="raise")
    appeal: Mapped["Appeal | None"] = relationship(lazy="raise", back_populates="report")


class Appeal(Base):
    """An objection to a decision: by its author, or by who reported the contribution.

    `by_guest`: its author has no account, but the private link to what they wrote. Another
    person than the first decides. `new_decision_id` is what took the decision's place.
    """

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint(
            "by_id IS NOT NULL OR report_id IS NOT NULL OR by_guest", name="by_somebody"
        ),
        CheckConstraint(
            "NOT by_guest OR (by_id IS NULL AND report_id IS NULL)", name="guest_without_account"
        ),
        CheckConstraint("words != ''", name="says_why"),
        CheckConstraint(
            "(decided_at IS NULL) = (overturned IS NULL)"
            " AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint("decided_at IS NULL OR reason != ''", name="decided_with_a_reason"),
        UniqueConstraint("report_id"),
        Index(
            "uq_appeals_of_the_author",
            "decision_id",
            unique=True,
            sqlite_where=_OF_THE_AUTHOR,
            postgresql_where=_OF_THE_AUTHOR,
        ),
        Index("ix_appeals_decision_id", "decision_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    by_guest: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    due_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    overturned: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    new_decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))

    decision: Mapped[Decision] = relationship(foreign_keys=[decision_id], lazy="raise")
    report: Mapped[Report | None] = relationship(lazy="raise", back_populates="appeal")
