"""Mergings and splittings of proposals, what moved with them, and objections."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Base, Choice
from app.proposals.models import Proposal
from app.rounds.models import Round


class Kind(StrEnum):
    MERGE = "merge"
    SPLIT = "split"


class Merging(Base):
    """One act of a moderator. Merged: `source` went on in `target`, whose text became `version`
    (none: it stayed). Split: `source` went on in the parts. Until `open_until` it can be undone
    and objected to.
    """

    __tablename__ = "mergings"
    __table_args__ = (
        CheckConstraint("reason != ''", name="reason_given"),
        CheckConstraint("(kind = 'merge') = (target_id IS NOT NULL)", name="merged_into_a_target"),
        CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)"
            " AND (undone_at IS NULL OR undone_reason != '')",
            name="undone_with_a_reason",
        ),
        Index("ix_mergings_source_id", "source_id"),
        Index("ix_mergings_target_id", "target_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(Choice(Kind))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    open_until: Mapped[datetime]
    version_before: Mapped[int | None]
    version: Mapped[int | None]
    joined_organisations: Mapped[list[int]] = mapped_column(JSON, default=list)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    undone_reason: Mapped[str] = mapped_column(Text, default="")

    round: Mapped[Round] = relationship(lazy="raise")
    source: Mapped[Proposal] = relationship(lazy="raise", foreign_keys=[source_id])
    target: Mapped[Proposal | None] = relationship(lazy="raise", foreign_keys=[target_id])
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[by_id])
    parts: Mapped[list["MergingPart"]] = relationship(
        lazy="raise", order_by="MergingPart.proposal_id"
    )
    objections: Mapped[list["MergingObjection"]] = relationship(
        lazy="raise", order_by="MergingObjection.id"
    )


class MergingPart(Base):
    """A proposal that a splitting made."""

    __tablename__ = "merging_parts"

    merging_id: Mapped[int] = mapped_column(ForeignKey("mergings.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposals.id"), primary_key=True, index=True
    )

    proposal: Mapped[Proposal] = relationship(lazy="raise")


class MergingMove(Base):
    """A comment that went along, so that it finds its way back."""

    __tablename__ = "merging_moves"

    merging_id: Mapped[int] = mapped_column(ForeignKey("mergings.id"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, index=True)


class MergingObjection(Base):
    """Those who made one of the proposals object; a moderator decides with a reason."""

    __tablename__ = "merging_objections"
    __table_args__ = (
        CheckConstraint("words != ''", name="says_why"),
        CheckConstraint(
            "(decided_at IS NULL) = (upheld IS NULL)"
            " AND (decided_at IS NULL) = (decided_by_id IS NULL)"
            " AND (decided_at IS NULL OR answer != '')",
            name="decided_with_a_reason",
        ),
        UniqueConstraint("merging_id", "proposal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    merging_id: Mapped[int] = mapped_column(ForeignKey("mergings.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")

    proposal: Mapped[Proposal] = relationship(lazy="raise")
    merging: Mapped[Merging] = relationship(lazy="raise", overlaps="objections")
