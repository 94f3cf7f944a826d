"""What moderators sum up of what was said about one paragraph of a text under review."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.blocks import TextBlock
from app.core.db import Base


class ParagraphSummary(Base):
    """Of one paragraph. `version_number` is the version of the text that it speaks about,
    `edition` counts how often it was written.
    """

    __tablename__ = "paragraph_summaries"
    __table_args__ = (CheckConstraint("words != ''", name="says_something"),)

    block_id: Mapped[int] = mapped_column(ForeignKey("text_blocks.id"), primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    version_number: Mapped[int]
    edition: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]

    block: Mapped[TextBlock] = relationship(lazy="raise")
