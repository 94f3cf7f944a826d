"""Rounds of the demonstration: written, announced, taken a step further."""

from collections.abc import Callable

from app.core.errors import NotFound
from app.core.transactions import transaction
from app.pages.cli.stage import Stage, settle
from app.rounds import commands as rounds
from app.rounds import queries as round_queries
from app.rounds.models import Procedure, RoundKind
from app.rounds.states import Activity

Windows = dict[Activity, tuple[float, float]]


def begin_round(
    stage: Stage,
    *,
    title: str,
    summary: str,
    procedure: Procedure,
    windows: Windows,
    kind: RoundKind = RoundKind.CALL,
    rules: Callable[[Stage], None] | None = None,
) -> None:
    """Written and announced; `rules` gives it what a method round has decided."""
    by = stage.actor("moderation")
    with transaction():
        dialogue = round_queries.get_dialogue(stage.dialogue_id)
        if dialogue is None:
            raise NotFound
        stage.round_id = rounds.create_round(
            dialogue, kind=kind, title=title, summary=summary, procedure=procedure, by=by
        ).id
    for activity, (opens, closes) in windows.items():
        with transaction():
            rounds.set_window(
                stage.round(),
                activity,
                opens_at=stage.moment(opens),
                closes_at=stage.moment(closes),
                by=by,
            )
    if rules is not None:
        rules(stage)
    step(stage, rounds.announce)


def step(stage: Stage, what: Callable[..., None]) -> None:
    with transaction():
        what(stage.round(), by=stage.actor("moderation"))
    settle()
