"""The clock of a round: due openings and closings become events, exactly once."""

from datetime import datetime

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.events import emit
from app.core.policy import SYSTEM
from app.rounds import queries
from app.rounds.events import WindowClosed, WindowOpened
from app.rounds.models import Round, WindowEdge
from app.rounds.states import Activity, Edge


def catch_up(round_: Round) -> None:
    """Turn the round's due openings and closings into their events, in order, exactly once.

    The first statement in the transaction of every act in a round. It locks the round where
    something is due, so nothing that a handler of these events locks may be locked before.
    """
    run_edges(round_.id, round_.dialogue_id, clock.now())


def run_edges(round_id: int, dialogue_id: int, now: datetime) -> None:
    if not queries.edges_to_run(round_id, now):
        return
    lock(round_id)
    for due in queries.edges_to_run(round_id, now):  # another may have run them while we waited
        _run(round_id, dialogue_id, due)


def close_windows(round_: Round, now: datetime) -> None:
    """End early what has opened and not closed; answers go on after the end of a round."""
    for window in queries.windows_running(round_.id):
        if window.activity is not Activity.ANSWER:
            due = queries.DueEdge(window.id, window.activity, Edge.CLOSES, now)
            _run(round_.id, round_.dialogue_id, due)


def _run(round_id: int, dialogue_id: int, due: queries.DueEdge) -> None:
    db.session.add(
        WindowEdge(window_id=due.window_id, edge=due.edge, due_at=due.due_at, ran_at=clock.now())
    )
    db.session.flush()
    fact = WindowOpened if due.edge is Edge.OPENS else WindowClosed
    emit(
        fact(
            by=SYSTEM,
            round_id=round_id,
            dialogue_id=dialogue_id,
            window_id=due.window_id,
            activity=due.activity,
        )
    )


def lock(round_id: int) -> None:
    """One at a time for this round; rows that point to it can still be written meanwhile."""
    db.session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True))


def locked(round_: Round) -> Round:
    """The round with its dialogue and windows as they are now that nobody else changes them."""
    db.session.flush()
    lock(round_.id)
    queries.get(round_.id)  # fills the same object afresh
    return round_
