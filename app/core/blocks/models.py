"""Blocks, what happened to them, what they stand there because of, and quotes of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, Choice
from app.core.subjects import SubjectMixin
from app.core.text.blocks import What


class TextBlock(SubjectMixin, Base):
    """A paragraph, heading, quote or item of a text: `words` are its Markdown.

    `part` is which text of its owner it belongs to. Each `…_at` is when that last happened to it.
    What is gone keeps its last words; it may have gone into another one (`into_id`). `from_id` is
    the block that it was a part of before that one was split.
    """

    __tablename__ = "text_blocks"
    __kind__ = "block"
    __table_args__ = (
        CheckConstraint("into_id IS NULL OR gone_at IS NOT NULL", name="gone_where_merged"),
        Index("ix_text_blocks_text", "owner_id", "part", "language", "position"),
    )

    owner_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    part: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(12))
    position: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]
    split_at: Mapped[datetime | None]
    merged_at: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]
    from_id: Mapped[int | None] = mapped_column(ForeignKey("text_blocks.id"), index=True)
    into_id: Mapped[int | None] = mapped_column(ForeignKey("text_blocks.id"), index=True)
    comment_count: Mapped[int] = mapped_column(default=0)

    def since_then(self, moment: datetime) -> list[What]:
        """What happened to it after a moment, the gravest first."""
        gone = What.MERGED if self.into_id is not None else What.DELETED
        happened = (
            (gone, self.gone_at),
            (What.MERGED, self.merged_at),
            (What.SPLIT, self.split_at),
            (What.CHANGED, self.changed_at),
            (What.MOVED, self.moved_at),
        )
        found = [what for what, at in happened if at is not None and at > moment]
        return list(dict.fromkeys(found))


class BlockStep(Base):
    """Something that happened to a block in an edition of its owner, and its `words` before."""

    __tablename__ = "text_block_steps"
    __table_args__ = (UniqueConstraint("block_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("text_blocks.id"))
    edition: Mapped[int]
    at: Mapped[datetime]
    what: Mapped[What] = mapped_column(Choice(What))
    words: Mapped[str] = mapped_column(Text)


class Quote(Base):
    """The words of a block that `subject_id` (a comment, say) meant when it was written."""

    __tablename__ = "text_quotes"

    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("text_blocks.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    block: Mapped[TextBlock] = relationship(lazy="raise")

    @property
    def since(self) -> list[What]:
        """What happened to the block since then, the gravest first; empty: it says the same."""
        return self.block.since_then(self.at)


class TextCause(Base):
    """A block says what it says because of something; `words` are those that it led to."""

    __tablename__ = "text_causes"
    __table_args__ = (UniqueConstraint("block_id", "cause_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("text_blocks.id"))
    cause_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    edition: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
