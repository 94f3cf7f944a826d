"""Reading meetings."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core import clock
from app.core.db import db
from app.core.policy import Actor
from app.meetings.models import Meeting, Minutes, Seat
from app.meetings.states import HOLDING, MeetingState, SeatState
from app.plan.models import Measure

NEXT = 3
"""So many are named where a page shows what comes next."""


def in_charge(actor: Actor) -> ColumnElement[bool]:
    """Of whose meetings the actor is in charge: of the unit's measures, of the own dialogues."""
    if not actor.signed_in:
        return false()
    measures = select(Measure.id)
    if not actor.has("operator"):
        measures = measures.where(Measure.unit_id.in_(sorted(actor.places("unit"))))
    return or_(
        Meeting.measure_id.in_(measures),
        Meeting.dialogue_id.in_(sorted(actor.places("moderator"))),
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Everybody sees what was ever published; a draft those in charge."""
    return or_(Meeting.published_at.is_not(None), in_charge(actor))


def is_visible(meeting_id: int, actor: Actor) -> bool:
    found = select(Meeting.id).where(Meeting.id == meeting_id, visible_to(actor))
    return db.session.scalar(found) is not None


def is_in_charge(meeting_id: int, actor: Actor) -> bool:
    found = select(Meeting.id).where(Meeting.id == meeting_id, in_charge(actor))
    return db.session.scalar(found) is not None


def get(id: int) -> Meeting | None:
    """A meeting with its words and what it belongs to (two statements)."""
    options = [
        selectinload(Meeting.words),
        joinedload(Meeting.measure),
        joinedload(Meeting.milestone),
        joinedload(Meeting.dialogue),
        joinedload(Meeting.round),
    ]
    return db.session.get(Meeting, id, options=options, populate_existing=True)


def locked(id: int) -> Meeting | None:
    """The meeting afresh, changed by nobody else until the end of the transaction."""
    query = select(Meeting).where(Meeting.id == id).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


class Places(NamedTuple):
    """How many places are taken (confirmed or kept until they are), and how many wait."""

    taken: int = 0
    waiting: int = 0


def places(meeting_ids: Iterable[int]) -> dict[int, Places]:
    """Of each meeting; what was kept too long does not count any more."""
    ids = list(meeting_ids)
    if not ids:
        return {}
    sure = or_(Seat.confirmed_at.is_not(None), Seat.expires_at > clock.now())
    rows = db.session.execute(
        select(
            Seat.meeting_id,
            func.sum(case((Seat.state == SeatState.PLACE, 1), else_=0)),
            func.sum(case((Seat.state == SeatState.WAITING, 1), else_=0)),
        )
        .where(Seat.meeting_id.in_(ids), Seat.state.in_(HOLDING), sure)
        .group_by(Seat.meeting_id)
    ).tuples()
    found = {id: Places(int(taken), int(waiting)) for id, taken, waiting in rows}
    return {id: found.get(id, Places()) for id in ids}


def coming(
    *,
    measure_id: int | None = None,
    dialogue_id: int | None = None,
    most: int = NEXT,
) -> list[Meeting]:
    """What comes next and can be read by everybody, with its words (one statement)."""
    query = (
        select(Meeting)
        .options(joinedload(Meeting.words))
        .where(Meeting.state == MeetingState.PUBLISHED, Meeting.ends_at > clock.now())
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(most)
    )
    if measure_id is not None:
        query = query.where(Meeting.measure_id == measure_id)
    if dialogue_id is not None:
        query = query.where(Meeting.dialogue_id == dialogue_id)
    return list(db.session.scalars(query).unique())


def minutes(meeting_id: int, *, public: bool) -> list[Minutes]:
    """The minutes in each language; only what is `public`, or drafts too."""
    query = select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(Minutes.language)
    if public:
        query = query.where(Minutes.published_at.is_not(None))
    return list(db.session.scalars(query))


def described(ids: Iterable[int]) -> list[tuple[int, str, bool]]:
    """Id, title, and whether everybody can read it."""
    rows = db.session.execute(
        select(Meeting.id, Meeting.title, Meeting.published_at).where(Meeting.id.in_(list(ids)))
    ).tuples()
    return [(id, title, at is not None) for id, title, at in rows]


def same_form(measure_id: int | None, dialogue_id: int | None, title: str, at: datetime) -> bool:
    """Whether there is one of this title at this moment already: the same form sent twice."""
    found = select(Meeting.id).where(
        Meeting.measure_id.is_not_distinct_from(measure_id),
        Meeting.dialogue_id.is_not_distinct_from(dialogue_id),
        Meeting.title == title,
        Meeting.starts_at == at,
        Meeting.state != MeetingState.CANCELLED,
    )
    return db.session.scalar(found.limit(1)) is not None


def begun(dialogue_id: int) -> list[Meeting]:
    """The dialogue's meetings at which something can have been said, the last first."""
    query = (
        select(Meeting)
        .where(
            Meeting.dialogue_id == dialogue_id,
            Meeting.state == MeetingState.PUBLISHED,
            Meeting.starts_at <= clock.now(),
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(50)
    )
    return list(db.session.scalars(query))
