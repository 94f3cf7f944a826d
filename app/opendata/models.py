"""The archive of a dialogue: one package, made by a job."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Choice
from app.opendata.states import ArchiveState


class Archive(Base):
    """`edition` counts how often it was asked for; the making of an older one ends by itself.

    `sha256`, `size`, `files` and `made_at` are of the package that everybody can have, if there is
    one; it stays while another one is made, unless it holds what is not public any more.
    """

    __tablename__ = "archives"
    __shown__ = False
    __table_args__ = (
        CheckConstraint("(sha256 = '') = (made_at IS NULL)", name="made_with_a_checksum"),
        CheckConstraint("step >= 0 AND steps >= step", name="step_of_steps"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"), unique=True)
    state: Mapped[ArchiveState] = mapped_column(Choice(ArchiveState))
    edition: Mapped[int] = mapped_column(default=0)
    step: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    told_at: Mapped[datetime | None]  # when its job last said how far it is
    made_at: Mapped[datetime | None]
    sha256: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    files: Mapped[int] = mapped_column(default=0)
