"""Opinion landscapes: statements, and what people think of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, Choice
from app.core.states import Visibility
from app.core.subjects import SubjectMixin
from app.insights.states import LandscapeState, Opinion
from app.rounds.models import Round


class Landscape(SubjectMixin, Base):
    """An opinion round: it shows who agrees with whom, and never decides.

    `result` is `Result.to_json()` of the method with its statistic, from the close on.
    """

    __tablename__ = "landscapes"
    __kind__ = "landscape"
    __table_args__ = (
        CheckConstraint("(state = 'drawn') = (drawn_at IS NOT NULL)", name="drawn_at_known"),
        CheckConstraint("smallest_group >= 5", name="no_tiny_groups"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    open_to_statements: Mapped[bool] = mapped_column(default=True)
    smallest_group: Mapped[int] = mapped_column(default=10)
    state: Mapped[LandscapeState] = mapped_column(
        Choice(LandscapeState), default=LandscapeState.DRAFT
    )
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    result_hash: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship(lazy="raise")


class Statement(Base):
    """A short sentence one can agree with or not; those of moderators have no author."""

    __tablename__ = "statements"
    __table_args__ = (
        CheckConstraint("visibility != 'hidden' OR reason != ''", name="reason_where_hidden"),
        Index("ix_statements_landscape_id_visibility", "landscape_id", "visibility", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    landscape_id: Mapped[int] = mapped_column(ForeignKey("landscapes.id"))
    text: Mapped[str] = mapped_column(String(140))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    visibility: Mapped[Visibility] = mapped_column(Choice(Visibility))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class StatementCount(Base):
    """How many have answered a statement, to show next what few have seen; shown to nobody."""

    __tablename__ = "statement_counts"
    __shown__ = False

    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id"), primary_key=True)
    seen: Mapped[int] = mapped_column(default=0)


class PersonOpinion(Base):
    """What a person thinks of a statement. Read by that person and by the drawing only."""

    __tablename__ = "person_opinions"
    __shown__ = False

    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    opinion: Mapped[Opinion] = mapped_column(Choice(Opinion))
