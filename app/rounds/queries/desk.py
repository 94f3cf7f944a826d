"""What moderators tell each other, and what they hope for. Never asked for anybody else."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.rounds.models import HopedFor, ModeratorNote, Side
from app.rounds.queries.accreditation import counted_waiting
from app.rounds.queries.dialogue import PAGE


class Notes(NamedTuple):
    """Twenty notes with their authors, newest first; the key of the next page (none: the last)."""

    notes: list[ModeratorNote]
    after: int | None


def notes(dialogue_id: int, after: int | None = None) -> Notes:
    """Those that were removed leave a gap that shows."""
    query = (
        select(ModeratorNote)
        .options(joinedload(ModeratorNote.author))
        .where(ModeratorNote.dialogue_id == dialogue_id)
        .order_by(ModeratorNote.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(ModeratorNote.id < after)
    found = list(db.session.scalars(query))
    return Notes(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def note(id: int) -> ModeratorNote | None:
    return db.session.get(ModeratorNote, id, populate_existing=True)


class OnDesk(NamedTuple):
    """How many organisations wait for a decision, and how many notes still say something."""

    waiting: int
    notes: int


def on_desk(dialogue_id: int) -> OnDesk:
    """One statement."""
    noted = select(func.count()).where(
        ModeratorNote.dialogue_id == dialogue_id, ModeratorNote.removed_at.is_(None)
    )
    both = (counted_waiting(dialogue_id).scalar_subquery(), noted.scalar_subquery())
    return OnDesk(*db.session.execute(select(*both)).one())


def hopes(dialogue_id: int) -> dict[tuple[Side, str], int]:
    """How many are hoped for, by side and what it is."""
    rows = db.session.execute(
        select(HopedFor.side, HopedFor.which, HopedFor.number).where(
            HopedFor.dialogue_id == dialogue_id
        )
    ).tuples()
    return {(side, which): number for side, which, number in rows}
