"""What moderators sum up of a round or of a paragraph, who disputes it, what a minority says."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.blocks import TextBlock
from app.core.db import Base, Choice
from app.core.states import Visibility
from app.core.subjects import SubjectMixin
from app.organisations.models import Organisation
from app.rounds.models import Round


class Part(StrEnum):
    """A round is summed up in three parts, a paragraph of a text under review as a whole."""

    AGREEMENT = "agreement"
    DISSENT = "dissent"
    OPEN = "open"
    WHOLE = "whole"


OF_ROUND = (Part.AGREEMENT, Part.DISSENT, Part.OPEN)
OF_PARAGRAPH = (Part.WHOLE,)
COLUMNS: Mapping[Part, str] = {
    Part.AGREEMENT: "agreement",
    Part.DISSENT: "dissent",
    Part.OPEN: "open_questions",
    Part.WHOLE: "whole",
}
"""Where a version holds the words of a part."""


class Ending(StrEnum):
    """How a dispute ended."""

    CHANGED = "changed"
    KEPT = "kept"


class Summary(SubjectMixin, Base):
    """Of one round, or (`block_id`) of one paragraph of a text under review in it.

    Its words are those of the SummaryVersion `edition`.
    """

    __tablename__ = "summaries"
    __kind__ = "summary"
    __table_args__ = (
        Index(
            "uq_summaries_of_round",
            "round_id",
            unique=True,
            sqlite_where=text("block_id IS NULL"),
            postgresql_where=text("block_id IS NULL"),
        ),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    block_id: Mapped[int | None] = mapped_column(ForeignKey("text_blocks.id"), unique=True)
    edition: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    round: Mapped[Round] = relationship(lazy="raise")
    block: Mapped[TextBlock | None] = relationship(lazy="raise")


class SummaryVersion(Base):
    """One edition of a summary; earlier ones stay readable.

    That of a paragraph speaks about the version `draft` of the text.
    """

    __tablename__ = "summary_versions"
    __table_args__ = (
        UniqueConstraint("summary_id", "number"),
        CheckConstraint(
            "agreement != '' OR dissent != '' OR open_questions != '' OR whole != ''",
            name="says_something",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    summary_id: Mapped[int] = mapped_column(ForeignKey("summaries.id"))
    number: Mapped[int]
    agreement: Mapped[str] = mapped_column(Text, default="")
    dissent: Mapped[str] = mapped_column(Text, default="")
    open_questions: Mapped[str] = mapped_column(Text, default="")
    whole: Mapped[str] = mapped_column(Text, default="")
    draft: Mapped[int | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    @property
    def words(self) -> dict[Part, str]:
        """Of each part that says something."""
        said = {part: str(getattr(self, column)) for part, column in COLUMNS.items()}
        return {part: words for part, words in said.items() if words}


class SummarySource(Base):
    """What a part of a summary rests on."""

    __tablename__ = "summary_sources"

    summary_id: Mapped[int] = mapped_column(ForeignKey("summaries.id"), primary_key=True)
    part: Mapped[Part] = mapped_column(Choice(Part), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), primary_key=True, index=True)


class Dispute(Base):
    """Somebody who took part says that a part is not right. Its words are read by the moderators
    and its author; how it ended, with the reason, by everybody.
    """

    __tablename__ = "summary_disputes"
    __table_args__ = (
        CheckConstraint(
            "(ended_at IS NULL) = (ending IS NULL) AND (ended_at IS NULL) = (reason = '')",
            name="ended_with_a_reason",
        ),
        Index("ix_summary_disputes_summary_id_id", "summary_id", "id"),
        Index(
            "uq_summary_disputes_open",
            "summary_id",
            "person_id",
            "part",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    summary_id: Mapped[int] = mapped_column(ForeignKey("summaries.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    part: Mapped[Part] = mapped_column(Choice(Part))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[Ending | None] = mapped_column(Choice(Ending))
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    summary: Mapped[Summary] = relationship(lazy="raise")


class MinorityStatement(SubjectMixin, Base):
    """What an organisation of the dialogue says beside a summary, in its own words.

    Public at once; it can be reported and moderated like every contribution. Taken back it has no
    words any more, and can be said anew. `author_id` wrote it last.
    """

    __tablename__ = "minority_statements"
    __kind__ = "minority-statement"
    __table_args__ = (
        UniqueConstraint("summary_id", "organisation_id"),
        CheckConstraint("(words = '') = (withdrawn_at IS NOT NULL)", name="says_something"),
        CheckConstraint(
            "visibility NOT IN ('hidden', 'returned') OR visibility_reason != ''",
            name="reason_where_not_visible",
        ),
    )

    summary_id: Mapped[int] = mapped_column(ForeignKey("summaries.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12), default="de")
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    visibility: Mapped[Visibility] = mapped_column(Choice(Visibility), default=Visibility.VISIBLE)
    visibility_reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")

    @property
    def submitted_at(self) -> datetime:
        return self.at

    @property
    def published_at(self) -> datetime:
        return self.at
