"""Writing the trace."""

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.trace.models import EdgeKind, TraceEdge


def link(source_id: int, target_id: int, kind: EdgeKind) -> None:
    """The earlier thing led to the later one. Twice is once."""
    known = select(TraceEdge.id).where(
        TraceEdge.source_id == source_id,
        TraceEdge.target_id == target_id,
        TraceEdge.kind == kind,
    )
    if db.session.scalar(known) is None:
        db.session.add(
            TraceEdge(source_id=source_id, target_id=target_id, kind=kind, at=clock.now())
        )
        db.session.flush()
