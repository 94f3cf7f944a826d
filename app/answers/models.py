"""The administration's answer to a proposal."""

from datetime import date, datetime
from typing import Any

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
from app.answers.states import AnswerState, Outcome
from app.core import clock
from app.core.db import Base, Choice
from app.core.subjects import SubjectMixin
from app.organisations.models import Unit
from app.plan.models import Measure
from app.proposals.models import Proposal


class Answer(SubjectMixin, Base):
    """One per proposal, owed as soon as a unit is named. `due_on` is public, so is being late.

    `measure_id` is the measure it changes, `plan_text` what it writes into the plan (see
    `commands.PlanText`); without a `measure_id` a new measure is made of it. `edition` counts the
    saves, so that of two clerks the second does not overwrite the first. Where the chambers
    differed in a vote about the proposal, each is owed words of its own (`to_chambers`). `easy` is
    the answer in Leichte Sprache. Where `second_wanted`, an edition is published only after
    somebody who did not write it has approved it.
    """

    __tablename__ = "answers"
    __kind__ = "answer"
    __table_args__ = (
        CheckConstraint(
            "state != 'published' OR (outcome IS NOT NULL AND reason != ''"
            " AND published_at IS NOT NULL)",
            name="published_with_reason",
        ),
        CheckConstraint(
            "state != 'published' OR (outcome = 'deferred') = (deferred_until IS NOT NULL)",
            name="deferred_until_known",
        ),
        CheckConstraint(
            "state != 'published' OR outcome NOT IN ('adopted', 'adopted-with-changes', 'merged')"
            " OR measure_id IS NOT NULL",
            name="adopted_into_a_measure",
        ),
        CheckConstraint(
            "state != 'published' OR NOT to_chambers"
            " OR (to_organisations != '' AND to_persons != '')",
            name="both_chambers_answered",
        ),
        CheckConstraint(
            "approved_edition IS NULL OR approved_by_id IS NOT NULL", name="approved_by_someone"
        ),
        Index("ix_answers_unit_id_state_due_on", "unit_id", "state", "due_on"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    state: Mapped[AnswerState] = mapped_column(Choice(AnswerState), default=AnswerState.PREPARED)
    outcome: Mapped[Outcome | None] = mapped_column(Choice(Outcome))
    reason: Mapped[str] = mapped_column(Text, default="")
    easy: Mapped[str] = mapped_column(Text, default="")
    to_chambers: Mapped[bool] = mapped_column(default=False)
    to_organisations: Mapped[str] = mapped_column(Text, default="")
    to_persons: Mapped[str] = mapped_column(Text, default="")
    deferred_until: Mapped[date | None] = mapped_column(Date)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id"), index=True)
    plan_text: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    due_on: Mapped[date] = mapped_column(Date)
    edition: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    second_wanted: Mapped[bool] = mapped_column(default=False)
    approved_edition: Mapped[int | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None]

    proposal: Mapped[Proposal] = relationship(lazy="raise")
    unit: Mapped[Unit] = relationship(lazy="raise")
    measure: Mapped[Measure | None] = relationship(lazy="raise")

    @property
    def words(self) -> dict[str, str]:
        """What is said in it, by name, as far as there is any; Leichte Sprache stands apart."""
        said = {n: getattr(self, n) for n in ("reason", "to_organisations", "to_persons")}
        return {name: words for name, words in said.items() if words}

    @property
    def days_left(self) -> int:
        """Days from its publication, or else from today, to the deadline; below zero when late."""
        at = clock.local(self.published_at).date() if self.published_at else clock.today()
        return (self.due_on - at).days


class AnswerVersion(Base):
    """What an answer said, from its publication on. A later one says `why` it is different; without
    `published_at` it waits for a second person; `edition` counts how often it was kept until then.
    One that a second person has refused (`refusal` says why) waits to be taken up again.
    """

    __tablename__ = "answer_versions"
    __table_args__ = (
        UniqueConstraint("answer_id", "number"),
        CheckConstraint("number = 1 OR why != ''", name="later_with_reason"),
        CheckConstraint("number != 1 OR published_at IS NOT NULL", name="first_published"),
        CheckConstraint("refusal_id IS NULL OR published_at IS NULL", name="refused_not_published"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"))
    number: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(Choice(Outcome))
    reason: Mapped[str] = mapped_column(Text)
    easy: Mapped[str] = mapped_column(Text, default="")
    to_organisations: Mapped[str] = mapped_column(Text, default="")
    to_persons: Mapped[str] = mapped_column(Text, default="")
    deferred_until: Mapped[date | None] = mapped_column(Date)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id"))
    plan_text: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    why: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    refusal_id: Mapped[int | None] = mapped_column(ForeignKey("answer_notes.id"))
    at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    refusal: Mapped["AnswerNote | None"] = relationship(lazy="raise")


class AnswerNote(Base):
    """What a person of the unit tells the others about an answer; never public."""

    __tablename__ = "answer_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    author: Mapped[Person] = relationship(lazy="raise")


class AnswerTemplate(Base):
    """A text with which the people of a unit begin an answer."""

    __tablename__ = "answer_templates"
    __table_args__ = (UniqueConstraint("unit_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    title: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
