"""Who is kept from writing in a dialogue."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import db
from app.rounds.models import Suspension


def suspension(dialogue_id: int, person_id: int) -> Suspension | None:
    """The one that counts today."""
    return db.session.scalar(
        select(Suspension).where(
            Suspension.dialogue_id == dialogue_id, Suspension.person_id == person_id, _counts()
        )
    )


def suspensions(dialogue_id: int) -> Sequence[Suspension]:
    """All that count today with the people, the first to end first; a hundred at most."""
    return db.session.scalars(
        select(Suspension)
        .options(joinedload(Suspension.person))
        .where(Suspension.dialogue_id == dialogue_id, _counts())
        .order_by(Suspension.last_day, Suspension.id)
        .limit(100)
    ).all()


def _counts() -> ColumnElement[bool]:
    return and_(Suspension.ended_at.is_(None), Suspension.last_day >= clock.today())
