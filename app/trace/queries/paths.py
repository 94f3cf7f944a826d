"""Walking the trace: from a proposal forward, from a measure back."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import contains_eager

from app.answers import queries as answers
from app.answers.models import Answer
from app.answers.states import AnswerState, Outcome
from app.core.blocks import TextBlock, TextCause
from app.core.db import db
from app.plan.models import Measure, Milestone, MilestoneState
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.models import Round
from app.rounds.states import RoundState
from app.trace.models import EdgeKind, TraceEdge
from app.voting.models import Question
from app.voting.states import QuestionState

MOST_SHOWN = 50


class What(StrEnum):
    """The kinds of steps on the way of a proposal, in their order."""

    DRAFT = "draft"
    HANDED_IN = "handed-in"
    PUBLISHED = "published"
    VOTE = "vote"
    RESULT = "result"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    SPLIT = "split"
    ANSWER = "answer"
    MEASURE = "measure"
    MILESTONE = "milestone"
    RULES = "rules"


class Step(NamedTuple):
    """One step: when it was (or is due), and the thing it led to."""

    what: What
    state: str  # done, current, todo: as components/steps.html wants it
    at: datetime | date | None = None
    id: int | None = None
    title: str = ""
    outcome: Outcome | None = None
    result: Question | None = None


class _Met(NamedTuple):
    kind: EdgeKind
    at: datetime
    question: Question | None
    answer: Answer | None
    measure: Measure | None
    milestone: Milestone | None
    round: Round | None


def path_of(proposal: Proposal, owed: Answer | None = None) -> list[Step]:
    """The way of a proposal, done and to come (needs its round with windows; ≤ 2 queries).

    `owed` is its answer, where a unit is named: it may be due on another day than the rest. Only
    what everybody may see is on it: a question that was taken back to be a draft is not.
    """
    if proposal.published_at is None:
        return _before_publication(proposal)
    met = _met(proposal.id)
    steps = [
        Step(What.HANDED_IN, "done", proposal.submitted_at),
        Step(What.PUBLISHED, "done", proposal.published_at),
        *_votes(met),
    ]
    if proposal.state is ProposalState.WITHDRAWN:
        return [*steps, Step(What.WITHDRAWN, "done", proposal.withdrawn_at)]
    if proposal.state is ProposalState.MERGED:
        return [*steps, Step(What.MERGED, "done", proposal.gone_on_at, proposal.merged_into_id)]
    if proposal.state is ProposalState.SPLIT:
        return [*steps, Step(What.SPLIT, "done", proposal.gone_on_at, proposal.id)]
    return _one_now([*steps, *_rules(met), *_answer(proposal, met, owed), *_plan(met)])


def _before_publication(proposal: Proposal) -> list[Step]:
    handed_in = proposal.submitted_at is not None and proposal.state is not ProposalState.DRAFT
    first = What.HANDED_IN if handed_in else What.DRAFT
    at = proposal.submitted_at if handed_in else proposal.saved_at
    if proposal.state is ProposalState.WITHDRAWN:
        return [Step(first, "done", at), Step(What.WITHDRAWN, "done", proposal.withdrawn_at)]
    return [
        Step(first, "done" if handed_in else "current", at),
        Step(What.PUBLISHED, "current" if handed_in else "todo"),
    ]


def _met(proposal_id: int) -> list[_Met]:
    """Everything that the proposal led to, in order, in one query."""
    first = select(TraceEdge.target_id, TraceEdge.kind, TraceEdge.at).where(
        TraceEdge.source_id == proposal_id
    )
    walk = first.cte("walk", recursive=True)
    onward = select(TraceEdge.target_id, TraceEdge.kind, TraceEdge.at)
    walk = walk.union(onward.join(walk, TraceEdge.source_id == walk.c.target_id))
    rows = db.session.execute(
        select(walk.c.kind, walk.c.at, Question, Answer, Measure, Milestone, Round)
        .outerjoin(Question, Question.id == walk.c.target_id)
        .outerjoin(Answer, Answer.id == walk.c.target_id)
        .outerjoin(Measure, Measure.id == walk.c.target_id)
        .outerjoin(Milestone, Milestone.id == walk.c.target_id)
        .outerjoin(Round, and_(Round.id == walk.c.target_id, Round.state != RoundState.DRAFT))
        .order_by(walk.c.at, walk.c.target_id)
    )
    return [_Met(*row) for row in rows]


def _votes(met: list[_Met]) -> list[Step]:
    steps = []
    for one in met:
        question = one.question
        if question is None or question.state is QuestionState.DRAFT:
            continue
        if question.state is QuestionState.COUNTED:
            at, what, state = question.counted_at, What.RESULT, "done"
        else:
            at, what, state = one.at, What.VOTE, "current"
        steps.append(Step(what, state, at, question.id, question.title, result=question))
    return steps


def _rules(met: list[_Met]) -> list[Step]:
    """The rounds that run by the rules it proposed, once they are public."""
    rounds = [(one.round, one.at) for one in met if one.round is not None]
    return [Step(What.RULES, "done", at, one.id, one.title) for one, at in rounds]


def _answer(proposal: Proposal, met: list[_Met], owed: Answer | None) -> list[Step]:
    given = next((m.answer for m in met if m.answer is not None), None)
    if given is not None and given.state is AnswerState.PUBLISHED:
        return [Step(What.ANSWER, "done", given.published_at, proposal.id, outcome=given.outcome)]
    if not answers.is_needed(proposal):
        return []
    due_on = owed.due_on if owed is not None else answers.due_on(proposal.round)
    return [Step(What.ANSWER, "todo", due_on)]


def _plan(met: list[_Met]) -> list[Step]:
    """The measure, what was done of it since then, and what comes next."""
    change = next((m for m in met if m.measure is not None), None)
    if change is None or change.measure is None:
        return []
    measure = change.measure
    steps = [Step(What.MEASURE, "done", change.at, measure.id, measure.title)]
    steps += [
        Step(What.MILESTONE, "done", m.at, measure.id, m.milestone.text)
        for m in met
        if m.milestone is not None and m.at >= change.at
    ]
    coming = db.session.scalar(
        select(Milestone)
        .where(
            Milestone.measure_id == measure.id,
            or_(Milestone.state.is_(None), Milestone.state != MilestoneState.DONE),
            Milestone.on.is_not(None),
        )
        .order_by(Milestone.on, Milestone.position, Milestone.id)
        .limit(1)
    )
    if coming is not None:
        steps.append(Step(What.MILESTONE, "todo", coming.on, measure.id, coming.text))
    return steps


def _one_now(steps: list[Step]) -> list[Step]:
    """Of what is to come, the first is what the proposal waits for now."""
    if any(step.state == "current" for step in steps):
        return steps
    first = next((n for n, step in enumerate(steps) if step.state == "todo"), None)
    return [s._replace(state="current") if n == first else s for n, s in enumerate(steps)]


def proposals_behind(measure_id: int) -> list[int]:
    """The proposals whose answers made or changed a measure, as far as they are public."""
    return list(
        db.session.scalars(
            select(Answer.proposal_id)
            .join(TraceEdge, TraceEdge.source_id == Answer.id)
            .join(Answer.proposal)
            .where(
                TraceEdge.kind == EdgeKind.CHANGED_PLAN,
                TraceEdge.target_id == measure_id,
                proposals.published(),
            )
            .order_by(Answer.proposal_id)
        )
    )


def causes_of_sentences(measure_id: int) -> list[int]:
    """What the paragraphs of a measure stand there because of, whatever it is."""
    return list(
        db.session.scalars(
            select(TextCause.cause_id)
            .join(TextBlock, TextBlock.id == TextCause.block_id)
            .where(TextBlock.owner_id == measure_id, TextBlock.gone_at.is_(None))
            .distinct()
            .order_by(TextCause.cause_id)
        )
    )


def because_of(measure_id: int) -> list[Answer]:
    """The published answers that made or changed a measure, newest first (one query).

    Each with its proposal and the proposal's organisation and author, as far as everybody may
    read the proposal.
    """
    return list(
        db.session.scalars(
            select(Answer)
            .join(TraceEdge, TraceEdge.source_id == Answer.id)
            .join(Answer.proposal)
            .options(
                contains_eager(Answer.proposal).joinedload(Proposal.organisation),
                contains_eager(Answer.proposal).joinedload(Proposal.author),
            )
            .where(
                TraceEdge.kind == EdgeKind.CHANGED_PLAN,
                TraceEdge.target_id == measure_id,
                Answer.state == AnswerState.PUBLISHED,
                proposals.published(),
            )
            .order_by(TraceEdge.at.desc(), Answer.id.desc())
            .limit(MOST_SHOWN)
        )
    )
