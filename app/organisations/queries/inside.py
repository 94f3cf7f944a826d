"""What members tell each other: notes and positions. Never asked for anybody else."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.policy import MEMBERS, Actor
from app.organisations.models import Note, Organisation, Position
from app.organisations.states import Stand

PAGE = 20


class Inside(NamedTuple):
    """Of one organisation about one thing: its position, if any, and how many notes there are."""

    organisation_id: int
    name: str
    stand: Stand | None
    notes: int


def about(subject_id: int, actor: Actor) -> list[Inside]:
    """For each organisation the actor belongs to, by name; one statement, none for strangers."""
    query = about_query(subject_id, actor)
    return [] if query is None else [Inside(*row) for row in db.session.execute(query)]


def about_query(subject_id: int, actor: Actor) -> Select[Any] | None:
    """The statement for it, to which others may add; none where there is nobody to ask for."""
    places = actor.places(*MEMBERS)
    if not places:
        return None
    notes = (
        select(func.count())
        .where(
            Note.organisation_id == Organisation.id,
            Note.subject_id == subject_id,
            Note.removed_at.is_(None),
        )
        .correlate(Organisation)
        .scalar_subquery()
    )
    return (
        select(Organisation.id, Organisation.name, Position.stand, notes)
        .outerjoin(
            Position,
            (Position.organisation_id == Organisation.id) & (Position.subject_id == subject_id),
        )
        .where(Organisation.id.in_(places))
        .order_by(Organisation.name_sort, Organisation.id)
    )


def position(organisation_id: int, subject_id: int) -> Position | None:
    """With who set it; fresh."""
    return db.session.get(
        Position,
        (organisation_id, subject_id),
        options=[joinedload(Position.by)],
        populate_existing=True,
    )


class Notes(NamedTuple):
    """Twenty notes with their authors, newest first; the key of the next page (none: the last)."""

    notes: list[Note]
    after: int | None


def notes(organisation_id: int, subject_id: int | None, after: int | None = None) -> Notes:
    """About one thing, or (none) about no thing; those that were removed leave a gap that shows."""
    query = (
        select(Note)
        .options(joinedload(Note.author))
        .where(Note.organisation_id == organisation_id, Note.subject_id == subject_id)
        .order_by(Note.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(Note.id < after)
    found = list(db.session.scalars(query))
    return Notes(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def note(id: int) -> Note | None:
    return db.session.get(Note, id, populate_existing=True)


class Talk(NamedTuple):
    """A thing that members wrote about or took a position on, and when last."""

    subject_id: int
    stand: Stand | None
    notes: int
    note_id: int
    """The newest note's; 0 without any."""


def talks(organisation_id: int, most: int = 50) -> list[Talk]:
    """What the members talk about, where something was said last first; one statement."""
    counted = (
        select(Note.subject_id, func.count().label("notes"), func.max(Note.id).label("last"))
        .where(
            Note.organisation_id == organisation_id,
            Note.subject_id.is_not(None),
            Note.removed_at.is_(None),
        )
        .group_by(Note.subject_id)
        .subquery()
    )
    stands = (
        select(Position.subject_id, Position.stand)
        .where(Position.organisation_id == organisation_id)
        .subquery()
    )
    subject_id = func.coalesce(counted.c.subject_id, stands.c.subject_id)
    last = func.coalesce(counted.c.last, 0)
    query = (
        select(subject_id, stands.c.stand, func.coalesce(counted.c.notes, 0), last)
        .select_from(counted)
        .join(stands, stands.c.subject_id == counted.c.subject_id, full=True)
        .order_by(last.desc(), subject_id.desc())
        .limit(most)
    )
    return [Talk(*row) for row in db.session.execute(query)]


def being_agreed(organisation_ids: Iterable[int]) -> list[Position]:
    """What is still being agreed, the longest waiting first."""
    query = (
        select(Position)
        .where(
            Position.organisation_id.in_(list(organisation_ids)), Position.stand == Stand.AGREEING
        )
        .order_by(Position.at, Position.subject_id)
        .limit(PAGE)
    )
    return list(db.session.scalars(query))
