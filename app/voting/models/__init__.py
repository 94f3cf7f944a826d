"""Questions, who may vote, and what was cast.

Secret votes: `Roll` (who has voted) and `Ballot` (what was cast) share no key, hold no time and no
order: random keys, and on SQLite tables without a hidden row number.
"""

from datetime import date, datetime
from typing import Any

from flask_babel.speaklater import LazyString
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

from app.core.db import Base, Choice
from app.core.subjects import SubjectMixin
from app.organisations.models import Organisation
from app.rounds.models import Round
from app.voting.models.contests import MethodObjection, ObjectionPeriod
from app.voting.states import BADGES, Chamber, Finding, QuestionState

__all__ = [
    "Ballot",
    "Batch",
    "Elector",
    "MethodObjection",
    "ObjectionPeriod",
    "ObjectionRuling",
    "OpenVote",
    "Option",
    "Progress",
    "PublishedHead",
    "Question",
    "Roll",
    "SealedRecount",
]


class Question(SubjectMixin, Base):
    """A question to the chambers. `parameters` belong to the method (seats, majority, budget).

    `settings` hold what is not as usual besides: reason, chambers, quorum, together, weights, lot;
    `decides_method_of` names the question that an objection's vote is about.
    `manifest_hash` fixes all of it from publication on. `draw` is the drawn value of the external
    draw that the settings name, once it is known.
    """

    __tablename__ = "questions"
    __kind__ = "question"
    __table_args__ = (
        CheckConstraint("state = 'draft' OR manifest_hash != ''", name="published_has_hash"),
        CheckConstraint("(state = 'counted') = (counted_at IS NOT NULL)", name="counted_at_known"),
        CheckConstraint("draw = '' OR state IN ('closed', 'counted')", name="drawn_after_close"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    method: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    persons_secret: Mapped[bool] = mapped_column(default=True)
    state: Mapped[QuestionState] = mapped_column(Choice(QuestionState), default=QuestionState.DRAFT)
    manifest_hash: Mapped[str] = mapped_column(String(64), default="")
    chain_head: Mapped[str] = mapped_column(String(64), default="")
    draw: Mapped[str] = mapped_column(String(200), default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    result_hash: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    counted_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship(lazy="raise")
    options: Mapped[list["Option"]] = relationship(
        lazy="raise", order_by="Option.number", cascade="all, delete-orphan"
    )
    period: Mapped[ObjectionPeriod | None] = relationship(
        lazy="raise", foreign_keys=ObjectionPeriod.question_id
    )

    @property
    def chambers(self) -> list[Chamber]:
        """Who is asked, from the publication on."""
        return [Chamber(name) for name in self.parameters.get("chambers", ())]

    @property
    def lot(self) -> dict[str, str] | None:
        """The external draw that decides a tie (`draw`, and when it is `published`), if any."""
        found: dict[str, str] | None = self.settings.get("lot")
        return found

    @property
    def awaits_draw(self) -> bool:
        """Closed, and not counted before the drawn value is known."""
        return self.state is QuestionState.CLOSED and self.lot is not None and not self.draw

    @property
    def amendment_id(self) -> int | None:
        """The amendment that it is about, if it is about one (needs `options`)."""
        return next((o.amendment_id for o in self.options if o.amendment_id is not None), None)

    @property
    def about_method_of(self) -> int | None:
        """The question whose method it decides, if it does."""
        found: int | None = self.settings.get("decides_method_of")
        return found

    @property
    def held(self) -> bool:
        """Whether objections to its method keep it from opening (needs `period`)."""
        return self.period is not None and self.period.holds

    @property
    def badge(self) -> tuple[LazyString, str]:
        return BADGES[self.state]

    @property
    def method_parameters(self) -> dict[str, Any]:
        """Those that the method reads."""
        return {name: value for name, value in self.parameters.items() if name != "chambers"}


class Option(Base):
    """One thing to choose: a proposal in a version, an amendment with the version it is written on
    and the hash of its words as `text`, or free words with a `text` of their own.
    """

    __tablename__ = "options"
    __table_args__ = (
        CheckConstraint("amendment_id IS NULL OR proposal_id IS NULL", name="one_thing"),
        UniqueConstraint("question_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"), index=True)
    version_number: Mapped[int | None]


class Elector(Base):
    """Who may vote, frozen when the question opens; `late` marks a recorded later accreditation."""

    __tablename__ = "electors"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) != (organisation_id IS NULL)", name="one_elector"),
        UniqueConstraint("question_id", "person_id"),
        UniqueConstraint("question_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    chamber: Mapped[Chamber] = mapped_column(Choice(Chamber))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    late: Mapped[bool] = mapped_column(default=False)


class OpenVote(Base):
    """An organisation's vote, public with its reason after the close; one per organisation."""

    __tablename__ = "open_votes"
    __shown__ = False
    __table_args__ = (UniqueConstraint("question_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    cast_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text, default="")

    organisation: Mapped[Organisation] = relationship(lazy="raise")


class ObjectionRuling(Base):
    """Whether an organisation's reasoned objection (consent) is upheld, ruled on in public.

    `change` says what becomes different because of it.
    """

    __tablename__ = "objection_rulings"
    __table_args__ = (CheckConstraint("reason != ''", name="reasoned"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), primary_key=True, index=True
    )
    upheld: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    change: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Roll(Base):
    """That a person has voted on a question. Nothing here says what, when or in which order.

    `told` becomes true for all of a batch at once, when they are told by mail.
    """

    __tablename__ = "rolls"
    __shown__ = False
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 — SQLAlchemy's declared form

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    told: Mapped[bool] = mapped_column(default=False)


class Ballot(Base):
    """A secret ballot. `nonce` comes from the voter's check code and opens the commitment.

    `sealed` are those whose commitment stands in a batch of the chain.
    """

    __tablename__ = "ballots"
    __shown__ = False
    __table_args__ = (
        Index("ix_ballots_question_id_commitment", "question_id", "commitment", unique=True),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    nonce: Mapped[str] = mapped_column(String(64))
    commitment: Mapped[str] = mapped_column(String(64))
    replaced: Mapped[bool] = mapped_column(default=False)
    sealed: Mapped[bool] = mapped_column(default=False)


class PublishedHead(Base):
    """The head of the chain as it was published on a day, on the page and by mail."""

    __tablename__ = "published_heads"
    __table_args__ = (UniqueConstraint("question_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    day: Mapped[date] = mapped_column(Date)
    head: Mapped[str] = mapped_column(String(64))


class SealedRecount(Base):
    """The sealed ballots were handed to witnesses, and what they found.

    `witnesses` are objects with `name`, `organisation` and `organisation_id`; `package_hash` is
    SHA-256 of the file that they got.
    """

    __tablename__ = "sealed_recounts"
    __table_args__ = (
        CheckConstraint("(found = 'open') = (recorded_at IS NULL)", name="recorded_when_found"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    witnesses: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    package_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    found: Mapped[Finding] = mapped_column(Choice(Finding), default=Finding.OPEN)
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime | None]


class Progress(Base):
    """How far a long count has come. In parts of a hundred: how many votes there are tells nobody
    anything before the result."""

    __tablename__ = "counts_in_progress"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="percent_of_a_whole"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    step: Mapped[int]
    steps: Mapped[int]
    percent: Mapped[int]
    at: Mapped[datetime]


class Batch(Base):
    """A sealed link of the chain: the commitments, sorted, and the head after them."""

    __tablename__ = "batches"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    number: Mapped[int]
    commitments: Mapped[list[str]] = mapped_column(JSON)
    head: Mapped[str] = mapped_column(String(64))
