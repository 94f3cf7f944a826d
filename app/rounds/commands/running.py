"""Rounds and their life: made, changed until they open, opened, paused, closed, answered."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.rounds import queries
from app.rounds.commands.clock import close_windows, locked, run_edges
from app.rounds.commands.dialogues import TitleTaken, lock_dialogue
from app.rounds.commands.windows import give_back
from app.rounds.events import (
    RoundAnnounced,
    RoundAnswered,
    RoundArchived,
    RoundChanged,
    RoundClosed,
    RoundCreated,
    RoundEvent,
    RoundOpened,
    RoundPaused,
    RoundResumed,
)
from app.rounds.models import Dialogue, Procedure, Round, RoundKind
from app.rounds.states import NOT_BEGUN, ROUND, RoundState


def create_round(
    dialogue: Dialogue,
    *,
    kind: RoundKind,
    title: str,
    summary: str = "",
    procedure: Procedure | None = None,
    by: Actor,
) -> Round:
    """The dialogue's next round, as a draft."""
    lock_dialogue(dialogue.id)
    if queries.title_taken(dialogue.id, title):
        raise TitleTaken
    last = db.session.scalar(select(func.max(Round.number)).where(Round.dialogue_id == dialogue.id))
    round_ = Round(
        dialogue_id=dialogue.id,
        number=(last or 0) + 1,
        kind=kind,
        title=title,
        summary=summary,
        procedure_data=(procedure or Procedure()).to_json(),
    )
    round_.windows = []
    db.session.add(round_)
    db.session.flush()
    emit(_fact(RoundCreated, round_, by))
    return round_


def change_round(
    round_: Round,
    *,
    kind: RoundKind,
    title: str,
    summary: str,
    procedure: Procedure | None = None,
    by: Actor,
) -> None:
    """Until the opening. None leaves the procedure as it is."""
    locked(round_)
    if round_.state not in NOT_BEGUN:
        raise Conflict(
            _("The round has opened: its rules change only with a reason that everybody reads.")
        )
    rules = procedure.to_json() if procedure is not None else round_.procedure_data
    if round_.method_proposal_id is not None and rules != round_.procedure_data:
        raise Conflict(_("The rules of this round were decided in a method round: they stay."))
    new = (kind, title, summary, rules)
    if new == (round_.kind, round_.title, round_.summary, round_.procedure_data):
        return
    if queries.title_taken(round_.dialogue_id, title, but=round_.id):
        raise TitleTaken
    round_.kind, round_.title, round_.summary, round_.procedure_data = new
    if round_.state is RoundState.ANNOUNCED:
        _check_ready(round_)  # what was promised in public stays complete
    db.session.flush()
    emit(_fact(RoundChanged, round_, by))


def announce(round_: Round, *, by: Actor) -> None:
    """Make the round public. Raises Invalid while something is missing."""
    _step(round_, "announce")
    _check_ready(round_)
    round_.announced_at = clock.now()
    _tell(RoundAnnounced, round_, by)


def open_(round_: Round, *, by: Actor) -> None:
    """From now on the windows count and the procedure is fixed."""
    _step(round_, "open")
    _check_ready(round_)
    round_.opened_at = clock.now()
    _tell(RoundOpened, round_, by)
    run_edges(round_.id, round_.dialogue_id, clock.now())


def pause(round_: Round, *, by: Actor) -> None:
    """Nothing can be done meanwhile; what was due before is done first."""
    _step(round_, "pause", catching_up=True)
    round_.paused_at = clock.now()
    _tell(RoundPaused, round_, by)


def resume(round_: Round, *, add_pause: bool = False, because: str = "", by: Actor) -> None:
    """Go on. What came due meanwhile happens now, unless the pause is added to what was left.

    Raises Invalid where it is added without a reason.
    """
    _step(round_, "resume")
    since, round_.paused_at = round_.paused_at, None
    _tell(RoundResumed, round_, by)
    if add_pause and since is not None:
        give_back(round_, since=since, because=because, by=by)
    run_edges(round_.id, round_.dialogue_id, clock.now())


def close(round_: Round, *, by: Actor) -> None:
    """End the round for good; windows that are open close with it."""
    _step(round_, "close", catching_up=True)
    now = clock.now()
    round_.paused_at = None
    round_.closed_at = now
    db.session.flush()
    close_windows(round_, now)
    _tell(RoundClosed, round_, by)


def mark_answered(round_: Round, *, by: Actor) -> None:
    """Everything is answered; a handler refuses while something is not."""
    _step(round_, "answer", catching_up=True)
    round_.answered_at = clock.now()
    _tell(RoundAnswered, round_, by)


def archive(round_: Round, *, by: Actor) -> None:
    """Nothing changes any more; a handler refuses while an outcome is missing."""
    _step(round_, "archive")
    round_.archived_at = clock.now()
    _tell(RoundArchived, round_, by)


def _step(round_: Round, action: str, *, catching_up: bool = False) -> None:
    """Go on in the life cycle; what is done already is a Conflict that says so."""
    locked(round_)
    if round_.state in _AFTER[action]:
        raise Conflict(_("This has been done already. Nothing was changed."))
    ROUND.after(round_.state, action)
    if catching_up:
        run_edges(round_.id, round_.dialogue_id, clock.now())
    round_.state = ROUND.after(round_.state, action)


_AFTER = {
    action: {after for (_state, name), after in ROUND.table.items() if name == action}
    for _before, action in ROUND.table
}


def _check_ready(round_: Round) -> None:
    missing = queries.missing_before_opening(round_)
    if missing:
        raise Invalid(missing[0])


def _tell(kind: Callable[..., RoundEvent], round_: Round, by: Actor) -> None:
    db.session.flush()
    emit(_fact(kind, round_, by))


def _fact(kind: Callable[..., RoundEvent], round_: Round, by: Actor) -> RoundEvent:
    return kind(by=by, round_id=round_.id, dialogue_id=round_.dialogue_id)
