"""Dialogues and who moderates them."""

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.plan.models import Plan
from app.rounds import queries
from app.rounds.events import (
    DialogueChanged,
    DialogueCreated,
    DialoguePublished,
    ModeratorAppointed,
    ModeratorEnded,
)
from app.rounds.models import Dialogue, Moderator


class TitleTaken(Invalid):
    """Readers could not tell the two apart; and a form sent twice makes one thing."""

    default = _("This title is there already. Please choose another.")


def create_dialogue(
    plan: Plan, *, title: str, question: str = "", summary: str = "", by: Actor
) -> Dialogue:
    """A draft that operators and its moderators see. A title stands once for each plan.

    A moderator who makes it moderates it; for operators somebody is appointed.
    """
    db.session.execute(select(Plan.id).where(Plan.id == plan.id).with_for_update(key_share=True))
    if queries.dialogue_title_taken(plan.id, title):
        raise TitleTaken
    dialogue = Dialogue(
        plan_id=plan.id, title=title, question=question, summary=summary, created_at=clock.now()
    )
    db.session.add(dialogue)
    db.session.flush()
    emit(DialogueCreated(by=by, dialogue_id=dialogue.id))
    if by.person_id is not None and by.places("moderator"):
        _appoint(dialogue, by.person_id, by=by)
    return dialogue


def change_dialogue(
    dialogue: Dialogue, *, title: str, question: str, summary: str, by: Actor
) -> None:
    """Nothing happens where nothing changed."""
    new = (title, question, summary)
    if new == (dialogue.title, dialogue.question, dialogue.summary):
        return
    if queries.dialogue_title_taken(dialogue.plan_id, title, but=dialogue.id):
        raise TitleTaken
    dialogue.title, dialogue.question, dialogue.summary = new
    emit(DialogueChanged(by=by, dialogue_id=dialogue.id))


def publish_dialogue(dialogue: Dialogue, *, by: Actor) -> None:
    """Show it to everybody, for good. The dialogue must be locked."""
    if dialogue.published_at is not None:
        raise Conflict(_("This dialogue is public already."))
    dialogue.published_at = clock.now()
    emit(DialoguePublished(by=by, dialogue_id=dialogue.id))


def appoint_moderator(dialogue: Dialogue, person: Person, *, by: Actor) -> None:
    """Give the person power in this dialogue and in no other."""
    lock_dialogue(dialogue.id)
    if person.deleted_at is not None:
        raise Conflict(_("This account was deleted."))
    if person.id in {one.id for one in queries.moderators(dialogue.id)}:
        raise Conflict(_("This person moderates the dialogue already."))
    _appoint(dialogue, person.id, by=by)


def _appoint(dialogue: Dialogue, person_id: int, *, by: Actor) -> None:
    db.session.add(Moderator(dialogue_id=dialogue.id, person_id=person_id, since=clock.now()))
    db.session.flush()
    emit(ModeratorAppointed(by=by, dialogue_id=dialogue.id, person_id=person_id))


def end_moderator(dialogue: Dialogue, person: Person, *, by: Actor) -> None:
    """The power ends with this transaction."""
    lock_dialogue(dialogue.id)
    held = db.session.scalars(
        select(Moderator).where(
            Moderator.dialogue_id == dialogue.id,
            Moderator.person_id == person.id,
            Moderator.ended_at.is_(None),
        )
    ).all()
    if not held:
        raise Conflict(_("This person does not moderate the dialogue any more."))
    for one in held:
        one.ended_at = clock.now()
    db.session.flush()
    emit(ModeratorEnded(by=by, dialogue_id=dialogue.id, person_id=person.id))


def lock_dialogue(dialogue_id: int) -> None:
    """One at a time for this dialogue; rows that point to it can still be written meanwhile."""
    db.session.execute(
        select(Dialogue.id).where(Dialogue.id == dialogue_id).with_for_update(key_share=True)
    )
