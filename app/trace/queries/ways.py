"""How far many proposals have come, for lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.answers.models import Answer
from app.answers.states import AnswerState, Outcome
from app.core.db import db
from app.plan.models import Measure
from app.trace.models import EdgeKind, TraceEdge
from app.voting.models import Question
from app.voting.states import QuestionState


@dataclass
class Way:
    """What everybody may know: the last vote, the answer's outcome, the measure, its milestones."""

    question: int | None = None
    counted: bool = False
    outcome: Outcome | None = None
    measure_id: int | None = None
    measure: str = ""
    milestones: int = 0


def ways(proposal_ids: Iterable[int]) -> dict[int, Way]:
    """Of each that has gone on at all (two queries however many there are)."""
    ids = list(proposal_ids)
    found: dict[int, Way] = {}
    votes = db.session.execute(
        select(TraceEdge.source_id, Question.id, Question.state)
        .join(Question, Question.id == TraceEdge.target_id)
        .where(TraceEdge.source_id.in_(ids), Question.state != QuestionState.DRAFT)
        .order_by(TraceEdge.at, Question.id)
    ).tuples()
    for id, question_id, state in votes:
        way = found.setdefault(id, Way())
        way.question, way.counted = question_id, state is QuestionState.COUNTED
    later = aliased(TraceEdge)
    done = (
        select(func.count())
        .select_from(later)
        .where(
            later.source_id == Answer.measure_id,
            later.kind == EdgeKind.MILESTONE,
            later.at >= Answer.published_at,
        )
        .correlate(Answer)
        .scalar_subquery()
    )
    answers = db.session.execute(
        select(Answer.proposal_id, Answer.outcome, Answer.measure_id, Measure.title, done)
        .outerjoin(Measure, Measure.id == Answer.measure_id)
        .where(Answer.proposal_id.in_(ids), Answer.state == AnswerState.PUBLISHED)
    ).tuples()
    for id, outcome, measure_id, title, milestones in answers:
        way = found.setdefault(id, Way())
        way.outcome, way.measure_id, way.measure = outcome, measure_id, title or ""
        way.milestones = milestones
    return found
