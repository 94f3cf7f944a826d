"""What leads to what, written as it happens."""

from app.answers.events import AnswerPublished
from app.core.events import on
from app.plan.events import MilestoneDone
from app.trace import commands
from app.trace.models import EdgeKind


@on(AnswerPublished)
def answered(event: AnswerPublished) -> None:
    """Proposal → answer → measure."""
    commands.link(event.proposal_id, event.answer_id, EdgeKind.ANSWERED_BY)
    if event.measure_id is not None:
        commands.link(event.answer_id, event.measure_id, EdgeKind.CHANGED_PLAN)


@on(MilestoneDone)
def milestone_done(event: MilestoneDone) -> None:
    """Measure → milestone."""
    commands.link(event.measure_id, event.milestone_id, EdgeKind.MILESTONE)
