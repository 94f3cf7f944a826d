"""What becomes of windows and procedures, and windows that are not fixed yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Choice
from app.rounds.states import Activity, Edge


class RoughWindow(Base):
    """When something will be possible, in words ("spring 2027"), while the round is a draft.

    An activity has either these words or a Window: only that counts.
    """

    __tablename__ = "rough_windows"
    __table_args__ = (
        UniqueConstraint("round_id", "activity"),
        CheckConstraint("words != ''", name="says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    activity: Mapped[Activity] = mapped_column(Choice(Activity))
    words: Mapped[str] = mapped_column(String(200))


class WindowEdge(Base):
    """An opening or closing that has been turned into its event: exactly once."""

    __tablename__ = "window_edges"
    __table_args__ = (UniqueConstraint("window_id", "edge"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    window_id: Mapped[int] = mapped_column(ForeignKey("windows.id"))
    edge: Mapped[Edge] = mapped_column(Choice(Edge))
    due_at: Mapped[datetime]
    ran_at: Mapped[datetime]


class WindowChange(Base):
    """What became of a public window, with the reason that the round's page shows.

    A new window has no earlier times, a removed one no later ones.
    """

    __tablename__ = "window_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    activity: Mapped[Activity] = mapped_column(Choice(Activity))
    old_opens_at: Mapped[datetime | None]
    old_closes_at: Mapped[datetime | None]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime]


class ProcedureChange(Base):
    """A change of the rules of a round that has begun, with the reason that everybody reads.

    `old` and `new` are whole procedures as JSON; `edition` is the one that the change made.
    """

    __tablename__ = "procedure_changes"
    __table_args__ = (
        UniqueConstraint("round_id", "edition"),
        CheckConstraint("reason != ''", name="has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    edition: Mapped[int]
    old: Mapped[dict[str, Any]] = mapped_column(JSON)
    new: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
