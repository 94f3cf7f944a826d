"""When something can be done: set, moved, removed; once the round is open only with a reason."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.rounds import queries
from app.rounds.commands.clock import locked, run_edges
from app.rounds.events import WindowChanged, WindowRemoved
from app.rounds.models import RoughWindow, Round, Window, WindowChange
from app.rounds.states import NOT_BEGUN, Activity, Edge, RoundState


def set_window(
    round_: Round,
    activity: Activity,
    *,
    opens_at: datetime,
    closes_at: datetime,
    because: str = "",
    by: Actor,
) -> Window:
    """Open an activity from one instant to another, or move it. The same times change nothing.

    From the opening of the round on a reason is published with the change, and what has happened
    stays as it was: an opening that has come cannot move, nor a closing be put into the past.
    """
    _may_change(round_, activity)
    window = round_.window(activity)
    if window is not None and (window.opens_at, window.closes_at) == (opens_at, closes_at):
        return window
    _check_times(round_, window, opens_at, closes_at)
    _check_reason(round_, because)
    _forget_words(round_, activity)
    _note(round_, activity, window, opens_at, closes_at, because)
    if window is None:
        window = Window(activity=activity, opens_at=opens_at, closes_at=closes_at)
        round_.windows.append(window)
    else:
        window.opens_at, window.closes_at = opens_at, closes_at
    db.session.flush()
    emit(
        WindowChanged(by=by, round_id=round_.id, dialogue_id=round_.dialogue_id, activity=activity)
    )
    run_edges(round_.id, round_.dialogue_id, clock.now())
    return window


def give_back(round_: Round, *, since: datetime, because: str, by: Actor) -> None:
    """Add the pause that began at `since` and ends now to what had not closed before it.

    To the second, whatever the clocks were put forward or back: the time that was taken. The round
    is locked. Whoever follows it is told once.
    """
    _check_reason(round_, because)
    now = clock.now()
    moved = [window for window in round_.windows if window.closes_at > since]
    for window in moved:
        opens_at = window.opens_at + (now - since) * (window.opens_at > since)
        closes_at = window.closes_at + (now - since)
        _note(round_, window.activity, window, opens_at, closes_at, because, at=now)
        window.opens_at, window.closes_at = opens_at, closes_at
    db.session.flush()
    for window in moved:
        emit(
            WindowChanged(
                by=by,
                round_id=round_.id,
                dialogue_id=round_.dialogue_id,
                activity=window.activity,
            )
        )


def set_roughly(round_: Round, activity: Activity, words: str, *, by: Actor) -> None:
    """Say in words when something will be possible, until the round is announced.

    Exact dates that were set before go; `set_window` gives exact ones again.
    """
    _may_change(round_, activity)
    if round_.state is not RoundState.DRAFT:
        raise Conflict(_("The round is announced: it needs exact dates."))
    if not words.strip():
        raise Invalid(_("Please say roughly when."))
    if queries.rough_windows(round_.id).get(activity) == words.strip():
        return
    _forget_words(round_, activity)
    window = round_.window(activity)
    if window is not None:
        round_.windows.remove(window)
        db.session.delete(window)
    db.session.add(RoughWindow(round_id=round_.id, activity=activity, words=words.strip()))
    db.session.flush()
    emit(
        WindowChanged(by=by, round_id=round_.id, dialogue_id=round_.dialogue_id, activity=activity)
    )


def _forget_words(round_: Round, activity: Activity) -> bool:
    """Whether there were some."""
    there = activity in queries.rough_windows(round_.id)
    if there:
        db.session.execute(
            delete(RoughWindow).where(
                RoughWindow.round_id == round_.id, RoughWindow.activity == activity
            )
        )
    return there


def remove_window(round_: Round, activity: Activity, *, because: str = "", by: Actor) -> None:
    """Take back an activity whose opening has not come."""
    _may_change(round_, activity)
    window = round_.window(activity)
    if window is None and not _forget_words(round_, activity):
        raise Conflict(_("This has been done already. Nothing was changed."))
    if window is not None:
        _take_back(round_, window, because)
    db.session.flush()
    emit(
        WindowRemoved(by=by, round_id=round_.id, dialogue_id=round_.dialogue_id, activity=activity)
    )


def _take_back(round_: Round, window: Window, because: str) -> None:
    if queries.edges_ran(window.id):
        raise Conflict(_("This has opened already and cannot be removed."))
    _check_reason(round_, because)
    _note(round_, window.activity, window, None, None, because)
    round_.windows.remove(window)
    db.session.delete(window)


def _may_change(round_: Round, activity: Activity) -> None:
    locked(round_)
    running = (*NOT_BEGUN, RoundState.PAUSED, *queries.RUNS_IN[activity])
    if round_.state not in running:
        raise Conflict(_("The round is over. Its windows cannot be changed."))
    run_edges(round_.id, round_.dialogue_id, clock.now())


def _check_times(
    round_: Round, window: Window | None, opens_at: datetime, closes_at: datetime
) -> None:
    now = clock.now()
    if closes_at <= opens_at:
        raise Invalid(_("The end must come after the beginning."))
    if closes_at <= now:
        raise Invalid(
            _("The end has to lie in the future. To end everything now, close the round instead.")
        )
    if round_.state in NOT_BEGUN:
        return
    ran = queries.edges_ran(window.id) if window is not None else frozenset()
    if Edge.CLOSES in ran:
        raise Conflict(_("This has closed already. What is closed is not opened again."))
    moved = window is None or opens_at != window.opens_at
    if moved and Edge.OPENS in ran:
        raise Conflict(_("This has opened already. Only its end can be moved."))
    if moved and opens_at < now:
        raise Invalid(_("The beginning has to lie in the future, because the round has begun."))


def _check_reason(round_: Round, because: str) -> None:
    if round_.state not in NOT_BEGUN and not because.strip():
        raise Invalid(_("The round has begun: please give a reason, it is published."))


def _note(
    round_: Round,
    activity: Activity,
    window: Window | None,
    opens_at: datetime | None,
    closes_at: datetime | None,
    because: str,
    *,
    at: datetime | None = None,
) -> None:
    """Keep what was public; a draft's windows were not."""
    if round_.state is RoundState.DRAFT:
        return
    db.session.add(
        WindowChange(
            round_id=round_.id,
            activity=activity,
            old_opens_at=window.opens_at if window else None,
            old_closes_at=window.closes_at if window else None,
            opens_at=opens_at,
            closes_at=closes_at,
            reason=because.strip(),
            changed_at=at or clock.now(),
        )
    )
