"""Changes that others suggest to a proposal's text, and who supports them."""

from datetime import datetime
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.amendments.states import BADGES, NOT_SHOWN, AmendmentState, VoteSays
from app.core.db import Base, Choice
from app.core.states import Visibility
from app.core.subjects import SubjectMixin
from app.organisations.models import Organisation
from app.proposals.models import Proposal
from app.rounds.models import Round

CUTTABLE = ("reason", "new")
"""The texts out of which moderators can take words: why, and what should stand there."""


class Amendment(SubjectMixin, Base):
    """Other words for one paragraph of a proposal, or other rules, by a person or an organisation.

    `old` is the paragraph with index `paragraph` in the version it was written on, `new` what
    should stand there (nothing: it goes). `merged` is what came to stand there, `made_version` the
    version that came of it. `vote_wanted_at` is when those who made the proposal asked for a vote,
    `vote_says` what a vote has said; `moved_from_id` names the one that its author has moved to
    this proposal when the other one was merged. Subject of its own: it can be discussed, reported
    and followed.

    In a method round `rules` are those of the proposed procedure that should change, by name: what
    each was (`old`), what it should be (`new`), whether it was `taken` over. `old` and `new` then
    hold what is typed in words among them.
    """

    __tablename__ = "amendments"
    __kind__ = "amendment"
    __table_args__ = (
        CheckConstraint("rules IS NOT NULL OR old != new", name="changes_something"),
        CheckConstraint("reason != ''", name="reason_given"),
        CheckConstraint(
            "visibility NOT IN ('hidden', 'returned') OR visibility_reason != ''",
            name="reason_where_not_visible",
        ),
        CheckConstraint(
            "(state IN ('open', 'voting', 'voted')) = (decided_at IS NULL)",
            name="decided_at_known",
        ),
        CheckConstraint(
            "state != 'declined' OR decision_reason != ''", name="declined_with_a_reason"
        ),
        CheckConstraint(
            "(state IN ('accepted', 'in_part')) = (made_version IS NOT NULL)",
            name="version_where_merged",
        ),
        CheckConstraint(
            "state NOT IN ('open', 'voting') OR vote_says IS NULL", name="vote_says_after_the_vote"
        ),
        CheckConstraint("state != 'voted' OR voted_at IS NOT NULL", name="voted_at_known"),
        CheckConstraint("state != 'voted' OR vote_says IS NOT NULL", name="voted_with_a_result"),
        UniqueConstraint("author_id", "form_key"),
        Index("ix_amendments_proposal_id_state", "proposal_id", "state", "id"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    version_number: Mapped[int]
    paragraph: Mapped[int]
    old: Mapped[str] = mapped_column(Text)
    new: Mapped[str] = mapped_column(Text)
    rules: Mapped[dict[str, dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12), default="de")
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    form_key: Mapped[str] = mapped_column(String(64))
    state: Mapped[AmendmentState] = mapped_column(
        Choice(AmendmentState), default=AmendmentState.OPEN
    )
    visibility: Mapped[Visibility] = mapped_column(Choice(Visibility), default=Visibility.HELD)
    visibility_reason: Mapped[str] = mapped_column(Text, default="")
    support_count: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    cut_at: Mapped[datetime | None]  # by moderators; none once that was taken back
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    merged: Mapped[str] = mapped_column(Text, default="")
    made_version: Mapped[int | None]
    vote_wanted_at: Mapped[datetime | None]
    vote_says: Mapped[VoteSays | None] = mapped_column(Choice(VoteSays))
    voted_at: Mapped[datetime | None]  # since then it is left to those who made the proposal
    by_moderators: Mapped[bool] = mapped_column(default=False)  # decided in their place
    moved_from_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"), index=True)

    proposal: Mapped[Proposal] = relationship(lazy="raise")
    round: Mapped[Round] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise", foreign_keys=[author_id])
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")

    @property
    def cuttable(self) -> tuple[str, ...]:
        """Those of them that it has; other rules are no words of its author's."""
        return CUTTABLE if self.rules is None and self.new.strip() else CUTTABLE[:1]

    @property
    def badge(self) -> tuple[LazyString, str]:
        """The word for where it stands, and its tone."""
        return NOT_SHOWN.get(self.visibility, BADGES[self.state])


class AmendmentSupport(Base):
    """One support, by a person for themselves or by an organisation."""

    __tablename__ = "amendment_supports"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) != (organisation_id IS NULL)", name="one_supporter"),
        UniqueConstraint("amendment_id", "person_id"),
        UniqueConstraint("amendment_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    at: Mapped[datetime]
