"""Reading answers: what is owed in a round, a unit's desk, the answer to a proposal."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from app.answers.models import Answer
from app.answers.states import AnswerState
from app.core import clock
from app.core.db import db
from app.core.policy import ANYBODY, Actor
from app.core.states import Visibility
from app.organisations.models import Unit
from app.plan.models import Measure, MeasureState
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.models import Dialogue, Round
from app.rounds.states import Activity
from app.voting.methods.chambers import FAR_APART
from app.voting.models import Option, Question
from app.voting.states import QuestionState

PAGE = 20
_LARGEST = 2**31 - 1


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
    """
    gone = (ProposalState.WITHDRAWN, ProposalState.MERGED)
    return and_(proposals.published(), Proposal.state.not_in(gone))


def is_needed(proposal: Proposal) -> bool:
    """The same for one that is loaded."""
    return (
        proposal.published_at is not None
        and proposal.visibility is Visibility.VISIBLE
        and proposal.state not in (ProposalState.WITHDRAWN, ProposalState.MERGED)
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Published ones, of proposals that the actor may read; a unit's people see all of its own."""
    readable = select(Proposal.id).where(proposals.visible_to(actor))
    public = and_(Answer.state == AnswerState.PUBLISHED, Answer.proposal_id.in_(readable))
    units = actor.places("unit")
    return or_(public, Answer.unit_id.in_(units)) if units else public


def is_visible(answer_id: int, actor: Actor) -> bool:
    found = db.session.scalar(select(Answer.id).where(Answer.id == answer_id, visible_to(actor)))
    return found is not None


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


class Show(StrEnum):
    """What one looks at in a round's list."""

    ALL = "all"
    UNNAMED = "unnamed"
    OWED = "owed"
    LATE = "late"
    ANSWERED = "answered"


class Owed(NamedTuple):
    """A proposal of the list; without an answer no unit is named yet."""

    proposal: Proposal
    answer: Answer | None


def _kinds(due: date) -> dict[Show, ColumnElement[bool]]:
    answered = Answer.state == AnswerState.PUBLISHED
    owed = or_(Answer.id.is_(None), ~answered)
    unnamed = Answer.id.is_(None)
    today = clock.today()
    late_unnamed = unnamed if due < today else false()
    return {
        Show.ALL: literal(True),
        Show.UNNAMED: unnamed,
        Show.OWED: owed,
        Show.LATE: or_(late_unnamed, and_(~answered, Answer.due_on < today)),
        Show.ANSWERED: and_(Answer.id.is_not(None), answered),
    }


def round_counts(round_: Round) -> dict[Show, int]:
    """How many of each, in one query."""
    kinds = _kinds(due_on(round_))
    sums = [func.coalesce(func.sum(case((where, 1), else_=0)), 0) for where in kinds.values()]
    row = db.session.execute(
        select(*sums)
        .select_from(Proposal)
        .outerjoin(Answer, Answer.proposal_id == Proposal.id)
        .where(Proposal.round_id == round_.id, needs_answer())
    ).one()
    return {show: int(count) for show, count in zip(kinds, row, strict=True)}


def in_round(round_: Round, show: Show, after: int = 0) -> tuple[list[Owed], int | None]:
    """Twenty proposals of a round, oldest first, with answer and unit; and the next page's key."""
    rows = db.session.execute(
        select(Proposal, Answer)
        .outerjoin(Answer, Answer.proposal_id == Proposal.id)
        .options(
            joinedload(Proposal.organisation),
            joinedload(Proposal.author),
            joinedload(Answer.unit),
        )
        .where(
            Proposal.round_id == round_.id,
            needs_answer(),
            _kinds(due_on(round_))[show],
            Proposal.id > min(after, _LARGEST),
        )
        .order_by(Proposal.id)
        .limit(PAGE + 1)
    ).tuples()
    found = [Owed(*row) for row in rows]
    return found[:PAGE], found[PAGE - 1].proposal.id if len(found) > PAGE else None


class Desk(StrEnum):
    """The parts of a unit's desk."""

    DUE = "due"
    PREPARED = "prepared"
    PUBLISHED = "published"


_ON_DESK: dict[Desk, ColumnElement[bool]] = {
    Desk.DUE: and_(Answer.state == AnswerState.PREPARED, Answer.outcome.is_(None)),
    Desk.PREPARED: and_(Answer.state == AnswerState.PREPARED, Answer.outcome.is_not(None)),
    Desk.PUBLISHED: Answer.state == AnswerState.PUBLISHED,
}


def units_of(actor: Actor) -> list[Unit]:
    """The units for which the actor answers, by name."""
    query = select(Unit).where(Unit.id.in_(actor.places("unit")))
    return list(db.session.scalars(query.order_by(Unit.name, Unit.id)))


def desk_counts(unit_ids: Iterable[int]) -> dict[Desk, int]:
    """How many lie in each part."""
    sums = [func.coalesce(func.sum(case((where, 1), else_=0)), 0) for where in _ON_DESK.values()]
    row = db.session.execute(_of_units(select(*sums).select_from(Answer), unit_ids)).one()
    return {part: int(count) for part, count in zip(_ON_DESK, row, strict=True)}


def desk(
    unit_ids: Iterable[int], part: Desk, after: tuple[date, int] | None = None
) -> tuple[list[Answer], str]:
    """Twenty answers with unit, proposal and round; what is due first first, published last first.

    The second value is the key of the next page, if any.
    """
    query = _of_units(select(Answer), unit_ids).where(_ON_DESK[part])
    key = tuple_(Answer.due_on, Answer.id)
    if part is Desk.PUBLISHED:
        query = query.order_by(Answer.due_on.desc(), Answer.id.desc())
        query = query.where(key < after) if after else query
    else:
        query = query.order_by(Answer.due_on, Answer.id)
        query = query.where(key > after) if after else query
    found = list(
        db.session.scalars(
            query.options(
                joinedload(Answer.unit),
                contains_eager(Answer.proposal).joinedload(Proposal.organisation),
                contains_eager(Answer.proposal).joinedload(Proposal.author),
                contains_eager(Answer.proposal).joinedload(Proposal.round),
            ).limit(PAGE + 1)
        )
    )
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.due_on.isoformat()}.{last.id}" if last else ""


def _of_units(query: Select[Any], unit_ids: Iterable[int]) -> Select[Any]:
    """Those of the units, as far as they are still wanted: a withdrawn proposal needs none."""
    return query.join(Answer.proposal).where(
        Answer.unit_id.in_(list(unit_ids)),
        or_(needs_answer(), Answer.state == AnswerState.PUBLISHED),
    )


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
