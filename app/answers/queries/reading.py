"""The answer to a proposal: whether one is needed, by when, and what it says."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from app.answers.models import Answer
from app.answers.states import AnswerState
from app.core import clock
from app.core.db import db
from app.core.policy import ANYBODY, Actor
from app.core.states import Visibility
from app.plan.models import Measure, MeasureState
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.proposals.states import GONE_ON, ProposalState
from app.rounds.models import Dialogue, Round, RoundKind
from app.rounds.states import Activity
from app.voting.methods.chambers import FAR_APART
from app.voting.models import Option, Question
from app.voting.states import QuestionState


def due_on(round_: Round) -> date:
    """The day by which the administration answers: so many days after the round's closing.

    Before the closing, the last window's end is what is planned (needs `windows` loaded).
    """
    ends = [w.closes_at for w in round_.windows if w.activity is not Activity.ANSWER]
    end = round_.closed_at or max(ends, default=clock.now())
    return clock.local(end).date() + timedelta(days=round_.procedure.answer_days)


def needs_answer() -> ColumnElement[bool]:
    """Proposals to which an answer is owed or given.

    Withdrawn ones need none, and merged ones share that of their target. Hidden ones need none as
    long as nobody can read them: an answer would speak of what is hidden. Shown again, they do.
    About rules, in a method round, those who take part decide by themselves.
    """
    gone = (ProposalState.WITHDRAWN, *GONE_ON)
    method = select(Round.id).where(Round.kind == RoundKind.METHOD)
    return and_(
        proposals.published(), Proposal.state.not_in(gone), Proposal.round_id.not_in(method)
    )


def is_needed(proposal: Proposal) -> bool:
    """The same for one that is loaded with its round."""
    return (
        proposal.published_at is not None
        and proposal.visibility is Visibility.VISIBLE
        and proposal.state not in (ProposalState.WITHDRAWN, *GONE_ON)
        and proposal.round.kind is not RoundKind.METHOD
    )


def waits_for_second(answer: Answer) -> bool:
    """Whether somebody who did not write it has to approve it as it is now."""
    return answer.second_wanted and answer.approved_edition != answer.edition


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Published ones, of proposals that the actor may read; a unit's people see all of its own."""
    readable = select(Proposal.id).where(proposals.visible_to(actor))
    public = and_(Answer.state == AnswerState.PUBLISHED, Answer.proposal_id.in_(readable))
    units = actor.places("unit")
    return or_(public, Answer.unit_id.in_(units)) if units else public


def is_visible(answer_id: int, actor: Actor) -> bool:
    found = db.session.scalar(select(Answer.id).where(Answer.id == answer_id, visible_to(actor)))
    return found is not None


def received(organisation_id: int, since: datetime, most: int = 20) -> list[Answer]:
    """Answers to an organisation's proposals that were published since then, newest first."""
    return list(
        db.session.scalars(
            select(Answer)
            .join(Proposal, Proposal.id == Answer.proposal_id)
            .options(contains_eager(Answer.proposal))
            .where(
                Proposal.organisation_id == organisation_id,
                Answer.state == AnswerState.PUBLISHED,
                Answer.published_at >= since,
                proposals.published(),
            )
            .order_by(Answer.published_at.desc(), Answer.id.desc())
            .limit(most)
        )
    )


def _whole() -> tuple[ORMOption, ...]:
    proposal = joinedload(Answer.proposal)
    return (
        proposal.joinedload(Proposal.round).joinedload(Round.dialogue).joinedload(Dialogue.plan),
        proposal.joinedload(Proposal.organisation),
        proposal.joinedload(Proposal.author),
        proposal.joinedload(Proposal.field),
        proposal.selectinload(Proposal.districts),
        joinedload(Answer.unit),
        joinedload(Answer.measure),
    )


def get(id: int) -> Answer | None:
    """An answer with unit, measure and proposal (round, dialogue, plan, people, districts)."""
    return db.session.scalar(
        select(Answer)
        .options(*_whole())
        .where(Answer.id == id)
        .execution_options(populate_existing=True)
    )


def some(ids: Iterable[int]) -> list[Answer]:
    """Several such, by id."""
    return list(
        db.session.scalars(
            select(Answer)
            .options(*_whole())
            .where(Answer.id.in_(list(ids)))
            .order_by(Answer.id)
            .execution_options(populate_existing=True)
        )
    )


def of_proposal(proposal_id: int) -> Answer | None:
    """The answer to a proposal, owed or given, with unit, measure and round (one query)."""
    return db.session.scalar(
        select(Answer)
        .options(
            joinedload(Answer.unit),
            joinedload(Answer.measure),
            joinedload(Answer.proposal).joinedload(Proposal.round).joinedload(Round.dialogue),
        )
        .where(Answer.proposal_id == proposal_id)
    )


def owed_by_proposals(proposal_ids: Iterable[int]) -> dict[int, Answer]:
    """The answers of some proposals by their ids, locked."""
    found = db.session.scalars(
        select(Answer)
        .where(Answer.proposal_id.in_(list(proposal_ids)))
        .order_by(Answer.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {answer.proposal_id: answer for answer in found}


def chambers_differed(proposal_ids: Iterable[int]) -> set[int]:
    """Those of the proposals about which organisations and people differed in a counted vote."""
    rows = db.session.execute(
        select(Option.proposal_id, Option.id, Question.result)
        .join(Question, Question.id == Option.question_id)
        .where(Option.proposal_id.in_(list(proposal_ids)), Question.state == QuestionState.COUNTED)
    ).tuples()
    return {
        proposal_id
        for proposal_id, option_id, result in rows
        if proposal_id is not None and differs(result, option_id)
    }


def differs(result: dict[str, Any] | None, option_id: int) -> bool:
    """Whether the chambers of a result differ about an option: one chose it and the other did not,
    or they are far apart. Of a question about one proposal alone the whole result is about it."""
    comparison = (result or {}).get("comparison") or {}
    if result is None or comparison.get("verdict") != "differ":
        return False
    apart, key = comparison["apart"], str(option_id)
    if "yes" in apart:
        return True
    tables = [one["table"] for one in result["chambers"] if one["table"]]
    chosen = {key in {str(winner) for winner in table["winners"]} for table in tables}
    return len(chosen) > 1 or float(apart.get(key, 0)) >= FAR_APART


def unpublished_in(round_id: int) -> list[Answer]:
    """What is owed in a round by named units."""
    return list(
        db.session.scalars(
            select(Answer)
            .join(Answer.proposal)
            .where(Proposal.round_id == round_id, Answer.state != AnswerState.PUBLISHED)
            .order_by(Answer.id)
        )
    )


def missing(round_id: int) -> int:
    """How many proposals of a round lack their published answer."""
    answered = select(Answer.proposal_id).where(Answer.state == AnswerState.PUBLISHED)
    return (
        db.session.scalar(
            select(func.count(Proposal.id)).where(
                Proposal.round_id == round_id, needs_answer(), Proposal.id.not_in(answered)
            )
        )
        or 0
    )


def owed_in(round_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """By round: to how many proposals an answer is owed or given, and how many lack it."""
    given = and_(Answer.proposal_id == Proposal.id, Answer.state == AnswerState.PUBLISHED)
    rows = db.session.execute(
        select(Proposal.round_id, func.count(Proposal.id), func.count(Answer.id))
        .outerjoin(Answer, given)
        .where(Proposal.round_id.in_(round_ids), needs_answer())
        .group_by(Proposal.round_id)
    ).tuples()
    return {round_id: (owed, owed - there) for round_id, owed, there in rows}


class Choosable(NamedTuple):
    """A measure that an answer can change or go on from."""

    id: int
    title: str
    completed: bool


def measures_to_choose(plan_id: int) -> list[Choosable]:
    """The measures of a plan by title (one query)."""
    rows = db.session.execute(
        select(Measure.id, Measure.title, Measure.state)
        .where(Measure.plan_id == plan_id)
        .order_by(Measure.title, Measure.id)
    )
    return [Choosable(id, title, state is MeasureState.COMPLETED) for id, title, state in rows]


class Title(NamedTuple):
    proposal_id: int
    title: str
    public: bool


def titles(ids: list[int]) -> dict[int, Title]:
    """What others may show of answers: the title is the proposal's (one query)."""
    public = and_(Answer.state == AnswerState.PUBLISHED, proposals.published())
    rows = db.session.execute(
        select(Answer.id, Proposal.id, Proposal.title, public)
        .join(Proposal, Proposal.id == Answer.proposal_id)
        .where(Answer.id.in_(ids))
    )
    return {id: Title(proposal_id, title, bool(shown)) for id, proposal_id, title, shown in rows}


def public_texts() -> Select[Any]:
    """What search may find: published answers to what everybody may read, with its title."""
    return (
        select(Answer.id, Answer.proposal_id, Proposal.language, Proposal.title, Answer.reason)
        .join(Proposal, Proposal.id == Answer.proposal_id)
        .where(visible_to(ANYBODY))
    )


def to_proposal(proposal_id: int) -> Select[tuple[int]]:
    """The key of the answer to it."""
    return select(Answer.id).where(Answer.proposal_id == proposal_id)
