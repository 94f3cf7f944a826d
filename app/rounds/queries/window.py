"""Windows: what counts when, what has come due, what was moved."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select

from app.core.db import db
from app.rounds.models import (
    RoughWindow,
    Round,
    Window,
    WindowChange,
    WindowEdge,
)
from app.rounds.states import Activity, Edge, RoundState


class DueEdge(NamedTuple):
    """An opening or closing that has come and has not become its event yet."""

    window_id: int
    activity: Activity
    edge: Edge
    due_at: datetime


RUNS_IN: dict[Activity, tuple[RoundState, ...]] = dict.fromkeys(Activity, (RoundState.OPEN,))
"""In which states of its round a window counts."""
RUNS_IN[Activity.ANSWER] = (RoundState.OPEN, RoundState.CLOSED)  # the city answers after the end


def edges_to_run(round_id: int, now: datetime) -> list[DueEdge]:
    """A round's due edges in order; at one instant closings come before openings."""
    rows = db.session.execute(_EDGES, {"round_id": round_id}).all()
    ran = {(row.id, row.edge) for row in rows}
    windows = {row.id: row for row in rows if row.state in RUNS_IN[row.activity]}
    due = [
        DueEdge(w.id, w.activity, edge, at)
        for w in windows.values()
        for edge, at in ((Edge.OPENS, w.opens_at), (Edge.CLOSES, w.closes_at))
        if at <= now and (w.id, edge) not in ran
    ]
    return sorted(due, key=lambda e: (e.due_at, e.edge is Edge.OPENS, e.window_id))


# Built once: every act in a round asks it first.
_EDGES = (
    select(
        Round.state,
        Window.id,
        Window.activity,
        Window.opens_at,
        Window.closes_at,
        WindowEdge.edge,
    )
    .join(Window, Window.round_id == Round.id)
    .outerjoin(WindowEdge, WindowEdge.window_id == Window.id)
    .where(Round.id == bindparam("round_id"))
)


def rounds_with_due_edges(now: datetime) -> list[int]:
    """Ids of the rounds that `commands.catch_up` would change something for."""

    def waiting(edge: Edge, at: ColumnElement[datetime]) -> ColumnElement[bool]:
        ran = exists().where(WindowEdge.window_id == Window.id, WindowEdge.edge == edge)
        return and_(at <= now, ~ran)

    counts = or_(
        Round.state == RoundState.OPEN,
        and_(Round.state == RoundState.CLOSED, Window.activity == Activity.ANSWER),
    )
    return list(
        db.session.scalars(
            select(Round.id)
            .join(Window, Window.round_id == Round.id)
            .where(
                counts,
                or_(
                    waiting(Edge.OPENS, Window.__table__.c.opens_at),
                    waiting(Edge.CLOSES, Window.__table__.c.closes_at),
                ),
            )
            .distinct()
            .order_by(Round.id)
        )
    )


def edges_ran(window_id: int) -> frozenset[Edge]:
    """Which of a window's opening and closing have become their events."""
    ran = select(WindowEdge.edge).where(WindowEdge.window_id == window_id)
    return frozenset(db.session.scalars(ran))


def windows_running(round_id: int) -> list[Window]:
    """What has opened and not closed yet, in order."""

    def ran(edge: Edge) -> ColumnElement[bool]:
        return exists().where(WindowEdge.window_id == Window.id, WindowEdge.edge == edge)

    return list(
        db.session.scalars(
            select(Window)
            .where(Window.round_id == round_id, ran(Edge.OPENS), ~ran(Edge.CLOSES))
            .order_by(Window.opens_at, Window.id)
        )
    )


def rough_windows(round_id: int) -> dict[Activity, str]:
    """What a draft says of its times in words only."""
    rows = db.session.execute(
        select(RoughWindow.activity, RoughWindow.words).where(RoughWindow.round_id == round_id)
    ).tuples()
    return dict(rows.all())


def window_changes(round_id: int) -> list[WindowChange]:
    """What became of a public round's windows, the newest first."""
    return list(
        db.session.scalars(
            select(WindowChange)
            .where(WindowChange.round_id == round_id)
            .order_by(WindowChange.id.desc())
        )
    )


def windows_moved(round_ids: Iterable[int]) -> dict[tuple[int, Activity], tuple[int, datetime]]:
    """By round and activity: how often what was public changed, and when last."""
    rows = db.session.execute(
        select(
            WindowChange.round_id,
            WindowChange.activity,
            func.count(),
            func.max(WindowChange.changed_at),
        )
        .where(WindowChange.round_id.in_(round_ids))
        .group_by(WindowChange.round_id, WindowChange.activity)
    ).tuples()
    return {(round_id, activity): (count, last) for round_id, activity, count, last in rows}
