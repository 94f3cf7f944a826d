"""Edges from contribution to plan, walkable both ways."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Choice


class EdgeKind(StrEnum):
    PUT_TO_VOTE = "put-to-vote"  # proposal or amendment → question
    ANSWERED_BY = "answered-by"  # proposal → answer
    CHANGED_PLAN = "changed-plan"  # answer → measure
    MILESTONE = "milestone"  # measure → milestone
    BECAME_RULES = "became-rules"  # proposal of a method round → round
    DECIDED_METHOD = "decided-method"  # vote about a method → question that is held by it


class TraceEdge(Base):
    """From an earlier thing to what it led to."""

    __tablename__ = "trace_edges"
    __table_args__ = (UniqueConstraint("source_id", "target_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    kind: Mapped[EdgeKind] = mapped_column(Choice(EdgeKind))
    at: Mapped[datetime]
