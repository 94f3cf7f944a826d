"""What the start page shows: what is open now, what came of the last round, the plan."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.answers.models import Answer
from app.answers.states import AnswerState
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.organisations.models import Organisation, OrganisationKind
from app.plan.models import Measure, MeasureState, Plan
from app.proposals.models import Proposal
from app.proposals.states import EVER_PUBLIC, GONE_ON, ProposalState
from app.rounds.models import Dialogue, Round, RoundKind, Window
from app.rounds.states import Activity, RoundState

OUTCOMES_SHOWN = 3


def current_round() -> Round | None:
    """The round to show first: open before paused before announced before what ended last.

    A follow-up looks back on all the rounds before it; the one that is still deciding goes first.
    Of several that run, the one where there is least time left to take part.
    """
    time_left = (
        select(func.min(Window.closes_at))
        .where(
            Window.round_id == Round.id,
            Window.activity != Activity.ANSWER,
            Window.closes_at > clock.now(),
        )
        .scalar_subquery()
    )
    rank = case(
        (and_(Round.state == RoundState.OPEN, Round.kind != RoundKind.FOLLOW_UP), 0),
        (Round.state == RoundState.OPEN, 1),
        (Round.state == RoundState.PAUSED, 2),
        (Round.state == RoundState.ANNOUNCED, 3),
        else_=4,
    )
    return db.session.scalar(
        select(Round)
        .join(Round.dialogue)
        .where(Round.state != RoundState.DRAFT, Dialogue.published_at.is_not(None))
        .options(joinedload(Round.dialogue).joinedload(Dialogue.plan), selectinload(Round.windows))
        .order_by(rank, time_left.is_(None), time_left, Round.opened_at.desc(), Round.id.desc())
        .limit(1)
    )


def rounds_of(dialogue_id: int) -> Sequence[Round]:
    """The public rounds of a dialogue, their windows loaded, in order."""
    return db.session.scalars(
        select(Round)
        .where(Round.dialogue_id == dialogue_id, Round.state != RoundState.DRAFT)
        .options(selectinload(Round.windows))
        .order_by(Round.number)
    ).all()


def open_windows(round_: Round) -> list[Window]:
    """What can be done at this moment, what closes first first."""
    if round_.state is not RoundState.OPEN:
        return []
    now = clock.now()
    return sorted((w for w in round_.windows if w.covers(now)), key=lambda w: w.closes_at)


def latest_answers() -> Sequence[Answer]:
    """The newest published answers to proposals that may be read."""
    return db.session.scalars(
        select(Answer)
        .join(Answer.proposal)
        .where(Answer.state == AnswerState.PUBLISHED, Proposal.visibility == Visibility.VISIBLE)
        .options(joinedload(Answer.proposal).joinedload(Proposal.organisation))
        .order_by(Answer.published_at.desc(), Answer.id.desc())
        .limit(OUTCOMES_SHOWN)
    ).all()


class PlanPicture(NamedTuple):
    """A plan and how many of its measures are new, running and completed."""

    plan: Plan
    counts: dict[MeasureState, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def plan_picture() -> PlanPicture | None:
    plan = db.session.scalar(select(Plan).order_by(Plan.id).limit(1))
    if plan is None:
        return None
    rows = db.session.execute(
        select(Measure.state, func.count())
        .where(Measure.plan_id == plan.id)
        .group_by(Measure.state)
    )
    counts: dict[MeasureState, int] = dict(rows.tuples().all())
    return PlanPicture(plan, {state: counts.get(state, 0) for state in MeasureState})


def proposals_by_kind(dialogue_id: int) -> dict[OrganisationKind, int]:
    """How many readable proposals each kind of partner has made in a dialogue."""
    readable: tuple[ColumnElement[bool], ...] = (
        Round.dialogue_id == dialogue_id,
        Proposal.state.in_(EVER_PUBLIC),
        Proposal.state.not_in((ProposalState.WITHDRAWN, *GONE_ON)),
        Proposal.visibility == Visibility.VISIBLE,
    )
    rows = db.session.execute(
        select(Organisation.kind, func.count())
        .join(Proposal, Proposal.organisation_id == Organisation.id)
        .join(Round, Round.id == Proposal.round_id)
        .where(*readable)
        .group_by(Organisation.kind)
    )
    counts: dict[OrganisationKind, int] = dict(rows.tuples().all())
    return {kind: counts.get(kind, 0) for kind in OrganisationKind}
