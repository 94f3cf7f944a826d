"""Keep somebody from writing in a dialogue for a time."""

from datetime import timedelta

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Refused
from app.core.events import emit
from app.core.policy import Actor
from app.rounds import queries
from app.rounds.commands.dialogues import lock_dialogue
from app.rounds.events import PersonSuspended, SuspensionEnded
from app.rounds.models import ALONE, Suspension


def suspend(
    dialogue_id: int, person_id: int, *, days: int, by: Actor, asked_by: int | None = None
) -> Suspension:
    """From now until the end of the day `days` from today.

    `asked_by` is the first person, where `by` is the second to say so. Raises Refused where more
    than a week lacks a second person, Conflict where they are suspended already.
    """
    if by.person_id in (None, asked_by, person_id) or (days > ALONE and asked_by is None):
        raise Refused
    lock_dialogue(dialogue_id)
    if queries.suspension(dialogue_id, person_id) is not None:
        raise Conflict(_("This person is suspended already."))
    made = Suspension(
        dialogue_id=dialogue_id,
        person_id=person_id,
        days=days,
        at=clock.now(),
        last_day=clock.today() + timedelta(days=days),
        by_id=asked_by or by.person_id,
        second_id=by.person_id if asked_by is not None else None,
    )
    db.session.add(made)
    db.session.flush()
    emit(
        PersonSuspended(
            by=by,
            suspension_id=made.id,
            dialogue_id=dialogue_id,
            person_id=person_id,
            days=days,
            second_id=made.second_id,
        )
    )
    return made


def end_suspension(found: Suspension, *, by: Actor) -> None:
    """They may write again at once."""
    if found.ended_at is None:
        found.ended_at = clock.now()
        emit(
            SuspensionEnded(
                by=by,
                suspension_id=found.id,
                dialogue_id=found.dialogue_id,
                person_id=found.person_id,
            )
        )
