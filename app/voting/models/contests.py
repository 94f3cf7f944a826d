"""Objections to the method of a question, in the days after it was published."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import freshness
from app.core.db import Base, Choice
from app.organisations.models import Organisation
from app.voting.states import HOLDING, Contest


class ObjectionPeriod(Base):
    """The time in which people and organisations can object to the method of a question.

    What was counted at its end stands beside what was needed; of people only where they are asked.
    `vote_id` is the vote about the method, `methods` what could be chosen there, in the order of
    its options; `method` is what came of it.
    """

    __tablename__ = "objection_periods"
    __table_args__ = (
        CheckConstraint("(state = 'running') = (ended_at IS NULL)", name="ended_at_known"),
        CheckConstraint(
            "(ended_at IS NULL) = (organisations IS NULL)"
            " AND (ended_at IS NULL) = (organisations_needed IS NULL)"
            " AND (persons IS NULL) = (persons_needed IS NULL)",
            name="counted_at_its_end",
        ),
        CheckConstraint(
            "(state IN ('voting', 'settled')) = (vote_id IS NOT NULL)", name="has_its_vote"
        ),
        CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="settled_at_known"),
        CheckConstraint("(settled_at IS NULL) = (method = '')", name="settled_is_a_method"),
        Index("ix_objection_periods_state_ends_at", "state", "ends_at"),
    )

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    ends_at: Mapped[datetime]
    state: Mapped[Contest] = mapped_column(Choice(Contest), default=Contest.RUNNING)
    ended_at: Mapped[datetime | None]
    organisations: Mapped[int | None]
    organisations_needed: Mapped[int | None]
    persons: Mapped[int | None]
    persons_needed: Mapped[int | None]
    vote_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), unique=True)
    methods: Mapped[list[str]] = mapped_column(JSON, default=list)
    method: Mapped[str] = mapped_column(String(40), default="")
    settled_at: Mapped[datetime | None]

    @property
    def holds(self) -> bool:
        """Whether the question cannot be voted on yet."""
        return self.state in HOLDING


@event.listens_for(ObjectionPeriod, "load")
@event.listens_for(ObjectionPeriod, "refresh")
def _pages_end_with_it(period: ObjectionPeriod, *_context: object) -> None:
    freshness.met(period.ends_at)


class MethodObjection(Base):
    """Somebody would rather vote by another method.

    For an organisation with its reason, which everybody reads; of people only how many is told.
    `person_id` is who did it. It counts `against` that method only, and until it is taken back.
    """

    __tablename__ = "method_objections"
    __table_args__ = (
        UniqueConstraint("question_id", "against", "organisation_id"),
        Index(
            "uq_method_objections_own",
            "question_id",
            "against",
            "person_id",
            unique=True,
            sqlite_where=text("organisation_id IS NULL"),
            postgresql_where=text("organisation_id IS NULL"),
        ),
        CheckConstraint("against != instead", name="wants_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    against: Mapped[str] = mapped_column(String(40))
    instead: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text, default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
