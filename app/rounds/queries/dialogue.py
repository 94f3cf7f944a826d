"""Dialogues: who sees them, who moderates them."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.core.db import db
from app.core.policy import Actor
from app.rounds.models import (
    Accreditation,
    AccreditationState,
    Dialogue,
    Moderator,
)

PAGE = 20


def dialogue_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Published ones for everybody; drafts for their moderators and the operators."""
    if actor.has("operator"):
        return true()
    return or_(
        Dialogue.published_at.is_not(None), Dialogue.id.in_(actor.places("moderator") or {0})
    )


def dialogue_is_visible(dialogue_id: int, actor: Actor) -> bool:
    found = db.session.scalar(
        select(Dialogue.id).where(Dialogue.id == dialogue_id, dialogue_visible_to(actor))
    )
    return found is not None


def get_dialogue(id: int) -> Dialogue | None:
    """A dialogue with its plan, fresh."""
    return db.session.scalar(
        select(Dialogue)
        .options(joinedload(Dialogue.plan))
        .where(Dialogue.id == id)
        .execution_options(populate_existing=True)
    )


def dialogues(actor: Actor, before: int | None = None) -> tuple[list[Dialogue], int | None]:
    """Twenty dialogues that the actor may see, the newest first, and the next page's key."""
    query = select(Dialogue).where(dialogue_visible_to(actor)).order_by(Dialogue.id.desc())
    if before is not None:
        query = query.where(Dialogue.id < before)
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def dialogues_by_id(ids: Iterable[int]) -> list[Dialogue]:
    return list(db.session.scalars(select(Dialogue).where(Dialogue.id.in_(ids))))


def dialogues_of(organisation_id: int) -> list[Dialogue]:
    """The published dialogues in which the organisation takes part, the newest first."""
    return list(
        db.session.scalars(
            select(Dialogue)
            .join(Accreditation, Accreditation.dialogue_id == Dialogue.id)
            .where(
                Accreditation.organisation_id == organisation_id,
                Accreditation.state == AccreditationState.ACCREDITED,
                Dialogue.published_at.is_not(None),
            )
            .order_by(Dialogue.id.desc())
        )
    )


def moderators(dialogue_id: int) -> list[Person]:
    """Who moderates the dialogue now, in the order of appointment."""
    return list(
        db.session.scalars(
            select(Person)
            .join(Moderator, Moderator.person_id == Person.id)
            .where(Moderator.dialogue_id == dialogue_id, Moderator.ended_at.is_(None))
            .order_by(Moderator.id)
        )
    )


def moderated(actor: Actor, before: int | None = None) -> tuple[list[Dialogue], int | None]:
    """Twenty dialogues that the actor moderates, the newest first, and the next page's key."""
    mine = select(Dialogue).where(Dialogue.id.in_(actor.places("moderator")))
    query = mine.order_by(Dialogue.id.desc())
    if before is not None:
        query = query.where(Dialogue.id < before)
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def dialogue_title_taken(plan_id: int, title: str, *, but: int | None = None) -> bool:
    """Whether another dialogue about the plan has this title."""
    same = select(Dialogue.id).where(Dialogue.plan_id == plan_id, Dialogue.title == title)
    return db.session.scalar(same.where(Dialogue.id != but) if but else same) is not None
