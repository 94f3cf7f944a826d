"""A round or a dialogue as the pattern of a new one: rules and times, nothing anybody wrote."""

from datetime import datetime, timedelta

from app.core import clock
from app.core.policy import Actor
from app.plan.models import Plan
from app.rounds import queries
from app.rounds.commands.dialogues import create_dialogue
from app.rounds.commands.running import create_round
from app.rounds.commands.windows import set_window
from app.rounds.models import Dialogue, Round


def copy_round(
    round_: Round, dialogue: Dialogue, *, title: str, begins_at: datetime | None, by: Actor
) -> Round:
    """A draft in the dialogue with the same kind, summary and rules.

    Its first window begins at `begins_at` and the others keep their distance on the city's clock;
    without it there are no windows. Raises TitleTaken, and Invalid for windows that would be over.
    """
    made = create_round(
        dialogue,
        kind=round_.kind,
        title=title,
        summary=round_.summary,
        procedure=round_.procedure,
        by=by,
    )
    begin = _beginning([round_])
    if begins_at is not None and begin is not None:
        _move(round_, made, _distance(begin, begins_at), by)
    return made


def copy_dialogue(
    dialogue: Dialogue, plan: Plan, *, title: str, begins_at: datetime | None, by: Actor
) -> Dialogue:
    """A draft about the plan with the same question, summary and rounds.

    The very first window of all begins at `begins_at`; without it there are no windows.
    """
    made = create_dialogue(
        plan, title=title, question=dialogue.question, summary=dialogue.summary, by=by
    )
    rounds = queries.rounds_of(dialogue.id, by)
    begin = _beginning(rounds)
    for one in rounds:
        new = copy_round(one, made, title=one.title, begins_at=None, by=by)
        if begins_at is not None and begin is not None:
            _move(one, new, _distance(begin, begins_at), by)
    return made


def _beginning(rounds: list[Round]) -> datetime | None:
    return min((window.opens_at for one in rounds for window in one.windows), default=None)


def _distance(old: datetime, new: datetime) -> timedelta:
    """On the wall clock, so that what closes at midnight closes at midnight in summer too."""
    return _wall(new) - _wall(old)


def _wall(at: datetime) -> datetime:
    return clock.local(at).replace(tzinfo=None)


def _move(round_: Round, made: Round, distance: timedelta, by: Actor) -> None:
    for window in round_.windows:
        set_window(
            made,
            window.activity,
            opens_at=clock.from_local(_wall(window.opens_at) + distance),
            closes_at=clock.from_local(_wall(window.closes_at) + distance),
            by=by,
        )
