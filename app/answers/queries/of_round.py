"""What is owed in a round."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import joinedload

from app.answers.models import Answer
from app.answers.queries.reading import due_on, needs_answer
from app.answers.states import AnswerState
from app.core import clock
from app.core.db import db
from app.proposals.models import Proposal
from app.rounds.models import Round

PAGE = 20
_LARGEST = 2**31 - 1


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
