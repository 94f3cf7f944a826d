"""The desk of the administration's units."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import contains_eager, joinedload

from app.answers.models import Answer, AnswerVersion
from app.answers.queries.reading import needs_answer
from app.answers.states import AnswerState
from app.core import clock
from app.core.db import db
from app.core.policy import Actor
from app.organisations.models import Unit
from app.proposals.models import Proposal

PAGE = 20


class Desk(StrEnum):
    """The parts of a unit's desk."""

    DUE = "due"
    OVERDUE = "overdue"
    PREPARED = "prepared"
    TO_APPROVE = "to-approve"
    PUBLISHED = "published"


_OPEN = Answer.state == AnswerState.PREPARED


def _on_desk() -> dict[Desk, ColumnElement[bool]]:
    prepared = and_(_OPEN, Answer.outcome.is_not(None))
    approved = func.coalesce(Answer.approved_edition, -1) == Answer.edition
    change_waits = exists().where(
        AnswerVersion.answer_id == Answer.id,
        AnswerVersion.published_at.is_(None),
        AnswerVersion.refusal_id.is_(None),
    )
    return {
        Desk.DUE: and_(_OPEN, Answer.outcome.is_(None)),
        Desk.OVERDUE: and_(_OPEN, Answer.due_on < clock.today()),
        Desk.PREPARED: prepared,
        Desk.TO_APPROVE: or_(and_(prepared, Answer.second_wanted, ~approved), change_waits),
        Desk.PUBLISHED: Answer.state == AnswerState.PUBLISHED,
    }


def units_of(actor: Actor) -> list[Unit]:
    """The units for which the actor answers, by name."""
    query = select(Unit).where(Unit.id.in_(actor.places("unit")))
    return list(db.session.scalars(query.order_by(Unit.name, Unit.id)))


def desk_counts(unit_ids: Iterable[int]) -> dict[Desk, int]:
    """How many lie in each part."""
    parts = _on_desk()
    sums = [func.coalesce(func.sum(case((where, 1), else_=0)), 0) for where in parts.values()]
    row = db.session.execute(_of_units(select(*sums).select_from(Answer), unit_ids)).one()
    return {part: int(count) for part, count in zip(parts, row, strict=True)}


def desk(
    unit_ids: Iterable[int], part: Desk, after: tuple[date, int] | None = None
) -> tuple[list[Answer], str]:
    """Twenty answers with unit, proposal and round; what is due first first, published last first.

    The second value is the key of the next page, if any.
    """
    query = _of_units(select(Answer), unit_ids).where(_on_desk()[part])
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
