"""What leads to what, written as it happens."""

from app.answers.events import AnswerChanged, AnswerPublished
from app.core.events import on
from app.plan.events import MilestoneDone
from app.rounds.events import MethodApplied
from app.trace import commands
from app.trace.models import EdgeKind
from app.voting import queries as voting
from app.voting.events import MethodSettled, QuestionPublished


@on(AnswerPublished, AnswerChanged)
def answered(event: AnswerPublished | AnswerChanged) -> None:
    """Proposal → answer → measure."""
    commands.link(event.proposal_id, event.answer_id, EdgeKind.ANSWERED_BY)
    if event.measure_id is not None:
        commands.link(event.answer_id, event.measure_id, EdgeKind.CHANGED_PLAN)


@on(MilestoneDone)
def milestone_done(event: MilestoneDone) -> None:
    """Measure → milestone."""
    commands.link(event.measure_id, event.milestone_id, EdgeKind.MILESTONE)


@on(MethodApplied)
def became_rules(event: MethodApplied) -> None:
    """Proposal → the round that runs by it."""
    commands.link(event.proposal_id, event.round_id, EdgeKind.BECAME_RULES)


@on(MethodSettled)
def decided_a_method(event: MethodSettled) -> None:
    """A vote about a method → the question that is held by it."""
    commands.link(event.vote_id, event.question_id, EdgeKind.DECIDED_METHOD)


@on(QuestionPublished)
def put_to_vote(event: QuestionPublished) -> None:
    """Proposal or amendment → question, for each that can be chosen."""
    question = voting.get(event.question_id)
    for option in question.options if question is not None else ():
        about = option.proposal_id or option.amendment_id
        if about is not None:
            commands.link(about, event.question_id, EdgeKind.PUT_TO_VOTE)
