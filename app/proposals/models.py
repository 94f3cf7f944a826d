"""Proposals, their versions, districts and supporters."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Base, Choice
from app.core.states import Visibility
from app.core.subjects import SubjectMixin
from app.organisations.models import Organisation
from app.plan.models import Field
from app.proposals.states import ChangeState, CosponsorState, ProposalState
from app.rounds.models import BroughtIn, Procedure, Round, brought_in_checks

RANKED = 500
"""So many of a round, the most supported, have a place in its harmonic order."""
CUTTABLE = ("body", "goal", "carried_by")
"""The texts out of which moderators can take words, the main one first."""
REWRITABLE = ("title", *CUTTABLE)
"""The texts that are different once a proposal that was given back is handed in again."""
_UNRANKED = text("unranked_since IS NOT NULL")


class WithProcedure:
    """In a method round a text carries the rules that it proposes (`procedure_data`, as JSON)."""

    procedure_data: Mapped[dict[str, Any] | None]

    @property
    def procedure(self) -> Procedure | None:
        """The rules that it proposes, if it proposes rules."""
        return None if self.procedure_data is None else Procedure.from_json(self.procedure_data)


class Proposal(SubjectMixin, BroughtIn, WithProcedure, Base):
    """A proposal, by an organisation (with the person who writes for it) or by a person.

    Its text here is the newest; what was supported or voted on is a ProposalVersion. `edition`
    counts saves, so that an older save never silently overwrites a newer one; `form_key` is the
    form it was first sent with, so that sending twice makes one draft. `author_id` began it,
    `saved_by_id` kept it last (nobody: only the author ever did). `for_plan` is a draft text of the
    plan that the moderators have published: what becomes of it they decide together. Of one that
    was said or handed in on paper the author is who entered it, `brought_name` whose it is.
    """

    __tablename__ = "proposals"
    __kind__ = "proposal"
    __table_args__ = (
        CheckConstraint(
            "visibility NOT IN ('hidden', 'returned') OR visibility_reason != ''",
            name="reason_where_not_visible",
        ),
        CheckConstraint(
            "state IN ('draft', 'submitted', 'withdrawn') OR published_at IS NOT NULL",
            name="published_at_known",
        ),
        CheckConstraint(
            "discarded_at IS NULL OR (state = 'draft' AND submitted_at IS NULL)",
            name="discarded_never_handed_in",
        ),
        CheckConstraint(
            "forgotten_at IS NULL OR (discarded_at IS NOT NULL AND title = '' AND body = '')",
            name="forgotten_says_nothing",
        ),
        UniqueConstraint("author_id", "form_key"),
        *brought_in_checks(),
        CheckConstraint("brought_name = '' OR channel IS NOT NULL", name="name_of_who_brought_it"),
        CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_another"
        ),
        CheckConstraint(
            "(state IN ('merged', 'split')) = (gone_on_at IS NOT NULL)", name="gone_on_at_known"
        ),
        CheckConstraint(f"harmonic_rank BETWEEN 0 AND {RANKED}", name="harmonic_rank_known"),
        CheckConstraint(
            "harmonic_rank = 0 OR published_at IS NOT NULL", name="only_public_ones_ranked"
        ),
        Index("ix_proposals_round_newest", "round_id", "published_at", "id"),
        Index("ix_proposals_round_supported", "round_id", "support_count", "id"),
        Index("ix_proposals_round_discussed", "round_id", "comment_count", "id"),
        Index("ix_proposals_round_harmonic", "round_id", "harmonic_rank", "support_count", "id"),
        Index(
            "ix_proposals_unranked",
            "round_id",
            sqlite_where=_UNRANKED,
            postgresql_where=_UNRANKED,
        ),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    brought_name: Mapped[str] = mapped_column(String(120), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    procedure_data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    field_id: Mapped[int | None] = mapped_column(ForeignKey("fields.id"), index=True)
    state: Mapped[ProposalState] = mapped_column(Choice(ProposalState), default=ProposalState.DRAFT)
    visibility: Mapped[Visibility] = mapped_column(Choice(Visibility), default=Visibility.HELD)
    visibility_reason: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    goal: Mapped[str] = mapped_column(Text, default="")
    carried_by: Mapped[str] = mapped_column(Text, default="")
    cost_cents: Mapped[int | None] = mapped_column(BigInteger)
    city_wide: Mapped[bool] = mapped_column(default=True)
    for_plan: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(12), default="de")
    edition: Mapped[int] = mapped_column(default=1)
    form_key: Mapped[str | None] = mapped_column(String(64))
    version_number: Mapped[int] = mapped_column(default=0)
    support_count: Mapped[int] = mapped_column(default=0)
    organisation_support_count: Mapped[int] = mapped_column(default=0)
    earlier_support_count: Mapped[int] = mapped_column(default=0)  # of these, for older versions
    comment_count: Mapped[int] = mapped_column(default=0)
    harmonic_rank: Mapped[int] = mapped_column(default=0)  # RANKED is the first; 0: none
    unranked_since: Mapped[datetime | None]  # its supports changed after its round was ranked
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    gone_on_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None] = mapped_column(index=True)
    cut_at: Mapped[datetime | None]  # by moderators; none once that was taken back
    forgotten_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise", foreign_keys=author_id)
    saved_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=saved_by_id)
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    field: Mapped[Field | None] = relationship(lazy="raise")
    districts: Mapped[list["ProposalDistrict"]] = relationship(
        lazy="raise", order_by="ProposalDistrict.district", cascade="all, delete-orphan"
    )

    @property
    def proposer(self) -> str:
        """The name under which it stands; empty for a deleted account."""
        if self.organisation is not None:
            return self.organisation.name
        return self.brought_name or self.author.display_name

    @property
    def never_handed_in(self) -> bool:
        """A draft that only its own people have ever seen."""
        return self.state is ProposalState.DRAFT and self.submitted_at is None

    @property
    def district_numbers(self) -> list[int]:
        """None of them is the whole city (needs `districts`)."""
        return [row.district for row in self.districts]


class ProposalDistrict(Base):
    __tablename__ = "proposal_districts"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    district: Mapped[int] = mapped_column(primary_key=True, index=True)


class ProposalVersion(WithProcedure, Base):
    """The text as it stood when it was published or changed in public."""

    __tablename__ = "proposal_versions"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    goal: Mapped[str] = mapped_column(Text, default="")
    carried_by: Mapped[str] = mapped_column(Text, default="")
    cost_cents: Mapped[int | None] = mapped_column(BigInteger)
    field_id: Mapped[int | None] = mapped_column(ForeignKey("fields.id"))
    district_numbers: Mapped[list[int]] = mapped_column(JSON, default=list)
    procedure_data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")

    field: Mapped[Field | None] = relationship(lazy="raise")


_UNDER_WORK = text("state IN ('working', 'waiting')")


class ProposalChange(SubjectMixin, WithProcedure, Base):
    """A text to come of a public proposal: the working copy of its people, one at a time.

    `base_version` is the public version that it was written on, `author_id` who saved it last.
    """

    __tablename__ = "proposal_changes"
    __kind__ = "proposal-change"
    __shown__ = False
    __table_args__ = (
        CheckConstraint("state IN ('working', 'discarded') OR reason != ''", name="reason_given"),
        CheckConstraint(
            "(closed_at IS NULL) = (state IN ('working', 'waiting'))", name="closed_at_known"
        ),
        CheckConstraint(
            "state != 'refused' OR returned_because != ''", name="reason_where_refused"
        ),
        Index(
            "uq_proposal_changes_under_work",
            "proposal_id",
            unique=True,
            sqlite_where=_UNDER_WORK,
            postgresql_where=_UNDER_WORK,
        ),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    base_version: Mapped[int]
    state: Mapped[ChangeState] = mapped_column(Choice(ChangeState), default=ChangeState.WORKING)
    title: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    goal: Mapped[str] = mapped_column(Text, default="")
    carried_by: Mapped[str] = mapped_column(Text, default="")
    cost_cents: Mapped[int | None] = mapped_column(BigInteger)
    field_id: Mapped[int | None] = mapped_column(ForeignKey("fields.id"))
    district_numbers: Mapped[list[int]] = mapped_column(JSON, default=list)
    procedure_data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    language: Mapped[str] = mapped_column(String(12), default="de")
    edition: Mapped[int] = mapped_column(default=1)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    returned_because: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    proposal: Mapped[Proposal] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise")
    field: Mapped[Field | None] = relationship(lazy="raise")

    @property
    def round(self) -> Round:
        """Needs the proposal with its round."""
        return self.proposal.round

    @property
    def organisation_id(self) -> int | None:
        """The proposer's."""
        return self.proposal.organisation_id

    @property
    def visibility(self) -> Visibility:
        """As moderators see it: held while it waits for them."""
        if self.state is ChangeState.WORKING:
            return Visibility.RETURNED if self.returned_because else Visibility.HELD
        return _SEEN[self.state]


_SEEN = {
    ChangeState.WAITING: Visibility.HELD,
    ChangeState.PUBLISHED: Visibility.VISIBLE,
    ChangeState.REFUSED: Visibility.HIDDEN,
    ChangeState.DISCARDED: Visibility.HIDDEN,
}


class Cosponsor(Base):
    """Another organisation that is asked to stand behind a proposal, and what it said."""

    __tablename__ = "cosponsors"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), primary_key=True, index=True
    )
    state: Mapped[CosponsorState] = mapped_column(
        Choice(CosponsorState), default=CosponsorState.ASKED
    )
    note: Mapped[str] = mapped_column(Text, default="")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    proposal: Mapped[Proposal] = relationship(lazy="raise")


class Support(Base):
    """One support, by a person for themselves or by an organisation, for a version.

    `from_proposal_id`: it was given to that proposal, which was merged into or split up into this
    one; for a part of a split one `version_number` is 0 until it is renewed.
    """

    __tablename__ = "supports"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) != (organisation_id IS NULL)", name="one_supporter"),
        UniqueConstraint("proposal_id", "person_id"),
        UniqueConstraint("proposal_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    version_number: Mapped[int]
    at: Mapped[datetime]
    from_proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
