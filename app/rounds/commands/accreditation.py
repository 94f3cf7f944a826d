"""Organisations ask to take part in a dialogue; its moderators decide."""

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.organisations.models import Organisation
from app.organisations.states import OrganisationState
from app.rounds import queries
from app.rounds.commands.dialogues import lock_dialogue
from app.rounds.events import (
    AccreditationAsked,
    AccreditationRefused,
    OrganisationAccredited,
)
from app.rounds.models import Accreditation, AccreditationState, Dialogue


def ask_accreditation(
    dialogue: Dialogue, organisation: Organisation, *, by: Actor
) -> Accreditation:
    """A verified organisation asks; one that was refused may ask again."""
    lock_dialogue(dialogue.id)
    if organisation.state is not OrganisationState.VERIFIED:
        raise Conflict(_("This organisation is not verified (yet)."))
    asked = queries.accreditation_of(dialogue.id, organisation.id)
    if asked is not None and asked.state is AccreditationState.ACCREDITED:
        raise Conflict(_("This organisation takes part already."))
    if asked is not None and asked.state is AccreditationState.ASKED:
        raise Conflict(_("This organisation has asked already. The moderators will decide."))
    if asked is None:
        asked = Accreditation(dialogue_id=dialogue.id, organisation_id=organisation.id)
        db.session.add(asked)
    asked.state = AccreditationState.ASKED
    asked.reason = ""
    asked.asked_at = clock.now()
    asked.decided_at = None
    db.session.flush()
    emit(AccreditationAsked(by=by, dialogue_id=dialogue.id, organisation_id=organisation.id))
    return asked


def accredit(asked: Accreditation, *, by: Actor) -> None:
    """The organisation takes part from now on."""
    _check_waiting(asked)
    if asked.organisation.state is not OrganisationState.VERIFIED:
        raise Conflict(_("This organisation is not verified (yet)."))
    asked.state = AccreditationState.ACCREDITED
    asked.decided_at = clock.now()
    db.session.flush()
    emit(
        OrganisationAccredited(
            by=by, dialogue_id=asked.dialogue_id, organisation_id=asked.organisation_id
        )
    )


def refuse_accreditation(asked: Accreditation, because: str, *, by: Actor) -> None:
    """The organisation's representatives read the reason."""
    _check_waiting(asked)
    if not because.strip():
        raise Invalid(_("Please give a reason. The organisation's representatives read it."))
    asked.state = AccreditationState.REFUSED
    asked.reason = because.strip()
    asked.decided_at = clock.now()
    db.session.flush()
    emit(
        AccreditationRefused(
            by=by, dialogue_id=asked.dialogue_id, organisation_id=asked.organisation_id
        )
    )


def _check_waiting(asked: Accreditation) -> None:
    """Two moderators decide one after the other: the second learns what was decided."""
    lock_dialogue(asked.dialogue_id)
    queries.get_accreditation(asked.id)  # fills the same object afresh
    if asked.state is not AccreditationState.ASKED:
        raise Conflict(_("This has been decided already."))
