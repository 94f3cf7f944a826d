"""One-time links that bring people into an organisation."""

import secrets
from datetime import date, timedelta

from flask_babel import lazy_gettext as _

from app.accounts.models import Person
from app.accounts.queries import by_email, digest
from app.core import clock
from app.core.db import db
from app.core.errors import AppError, Refused
from app.core.events import emit
from app.core.policy import Actor
from app.organisations import queries
from app.organisations.commands.mandates import BelongsAlready, give_mandate
from app.organisations.events import InvitationAccepted, InvitationSent, InvitationWithdrawn
from app.organisations.models import Invitation, Mandate, MandateRole, Organisation
from app.organisations.states import OrganisationState


class InvitationGone(AppError):
    """Accepted, withdrawn or too old: the sentence says which."""

    status = 410
    title = _("This invitation cannot be used any more")


def invite(
    organisation: Organisation,
    email: str,
    role: MandateRole,
    *,
    days: int,
    by: Actor,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> tuple[Invitation, str]:
    """A new invitation and the token for its mail. An older open one to the address ends.

    Of the mandate: without `starts_on` it begins when it is accepted. Raises BelongsAlready where
    the address belongs to a member.
    """
    email = email.strip().lower()
    person = by_email(email)
    if person is not None and queries.belongs(person.id, organisation.id):
        raise BelongsAlready
    for older in queries.open_invitations(organisation.id):
        if older.email == email:
            withdraw_invitation(older, by=by)
    if by.person_id is None:
        raise Refused
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        token_hash=digest(token),
        organisation_id=organisation.id,
        email=email,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        invited_by_id=by.person_id,
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=days),
    )
    db.session.add(invitation)
    db.session.flush()
    emit(
        InvitationSent(
            by=by, invitation_id=invitation.id, organisation_id=invitation.organisation_id
        )
    )
    return invitation, token


def send_again(
    invitation: Invitation, organisation: Organisation, *, days: int, by: Actor
) -> tuple[Invitation, str]:
    """A fresh link to the same address; the one sent before ends."""
    refuse_gone(invitation, expired=False)
    return invite(
        organisation,
        invitation.email,
        invitation.role,
        days=days,
        by=by,
        starts_on=invitation.starts_on,
        ends_on=invitation.ends_on,
    )


def withdraw_invitation(invitation: Invitation, *, by: Actor) -> None:
    """The link does not work any more; raises InvitationGone where it was accepted."""
    if invitation.withdrawn_at is not None:
        return
    refuse_gone(invitation, expired=False)
    invitation.withdrawn_at = clock.now()
    emit(
        InvitationWithdrawn(
            by=by, invitation_id=invitation.id, organisation_id=invitation.organisation_id
        )
    )


def accept_invitation(invitation: Invitation, person: Person, *, by: Actor) -> Mandate:
    """The person belongs from now on, or from the day it says.

    The invitation must be locked: of many, one gets it.
    """
    refuse_gone(invitation)
    if person.email_confirmed_at is None or person.email != invitation.email:
        raise Refused(_("This invitation was sent to another address."))
    mandate = give_mandate(
        invitation.organisation_id,
        person.id,
        invitation.role,
        by=by,
        start=invitation.starts_on,
        until=invitation.ends_on,
    )
    invitation.accepted_at = clock.now()
    emit(
        InvitationAccepted(
            by=by, invitation_id=invitation.id, organisation_id=invitation.organisation_id
        )
    )
    return mandate


def refuse_gone(invitation: Invitation, *, expired: bool = True) -> None:
    """Raise InvitationGone with the sentence that says what became of it."""
    if invitation.accepted_at is not None:
        raise InvitationGone(_("This invitation has been accepted already. It works once."))
    if invitation.withdrawn_at is not None:
        raise InvitationGone(
            _("This invitation was withdrawn. Please ask the organisation for a new one.")
        )
    over = invitation.ends_on is not None and invitation.ends_on < clock.today()
    if expired and (over or invitation.expires_at <= clock.now()):
        raise InvitationGone(
            _("This invitation is too old. Please ask the organisation for a new one.")
        )
    if expired and invitation.organisation.state is OrganisationState.DISSOLVED:
        raise InvitationGone(_("This organisation has been dissolved."))
