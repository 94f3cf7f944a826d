"""Inviting people by a one-time link, and accepting."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.core import clock, limits
from app.core.errors import Refused, SignInFirst
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.context import localdate
from app.core.web.languages import current
from app.organisations import commands, jobs, queries
from app.organisations.forms import DUTIES, ROLES, InviteForm
from app.organisations.models import Invitation, MandateRole, Organisation
from app.organisations.views import bp
from app.organisations.views.words import settings


@bp.route("/organisations/<int:id>/invite", methods=["GET", "POST"])
@guard("organisations.invite", organisation=queries.get)
def invite(organisation: Organisation) -> ResponseReturnValue:
    """A link to an address, with the role that waits there."""
    form = InviteForm()
    if form.validate_on_submit():
        id = organisation.id
        _limit_mail(organisation, form.email.data)
        try:
            with transaction(asking="organisations.invite", of=organisation):
                sent, token = commands.invite(
                    organisation,
                    form.email.data,
                    MandateRole(form.role.data),
                    days=settings().invitation_days,
                    by=actor(),
                    starts_on=form.starts_on.data,
                    ends_on=form.ends_on.data,
                )
                _send(sent, organisation, token)
            flash(_("The invitation is on its way."))
            return redirect(url_for("organisations.members", id=id), 303)
        except commands.BelongsAlready as refused:
            form.email.errors = [str(refused)]
    page = render_template(
        "organisations/invite.html",
        form=form,
        organisation=organisation,
        duties=DUTIES,
        days=settings().invitation_days,
    )
    return page, 422 if form.errors else 200


def _limit_mail(organisation: Organisation, email: str) -> None:
    """Nobody's letter box is filled through us."""
    limits.hit("organisations.invite", str(organisation.id), most=60, per=timedelta(days=1))
    limits.hit_mail(request.remote_addr or "", email)


def _send(invitation: Invitation, organisation: Organisation, token: str) -> None:
    jobs.compose(
        invitation,
        organisation,
        token,
        inviter=actor().display_name,
        language=current().tag,
    )


@bp.post("/organisations/<int:organisation_id>/invitations/<int:invitation_id>/again")
@guard("organisations.invited", organisation=queries.get, invitation=queries.invitation_by_id)
def invite_again(organisation: Organisation, invitation: Invitation) -> ResponseReturnValue:
    """A fresh link; the old one ends."""
    _limit_mail(organisation, invitation.email)
    with transaction(asking="organisations.invited", of=[organisation, invitation]):
        sent, token = commands.send_again(
            invitation, organisation, days=settings().invitation_days, by=actor()
        )
        _send(sent, organisation, token)
    flash(_("The invitation is on its way again. The earlier link does not work any more."))
    return redirect(url_for("organisations.members", id=organisation.id), 303)


@bp.post("/organisations/<int:organisation_id>/invitations/<int:invitation_id>/withdraw")
@guard("organisations.invited", organisation=queries.get, invitation=queries.invitation_by_id)
def withdraw_invitation(organisation: Organisation, invitation: Invitation) -> ResponseReturnValue:
    with transaction(asking="organisations.invited", of=[organisation, invitation]):
        commands.withdraw_invitation(invitation, by=actor())
    flash(_("The invitation is withdrawn. Its link does not work any more."))
    return redirect(url_for("organisations.members", id=organisation.id), 303)


@bp.get("/invitations/<string:token>")
@guard("organisations.accept", invitation=queries.invitation)
def accept(invitation: Invitation) -> ResponseReturnValue:
    """The page behind the link: who invites, and one button."""
    commands.refuse_gone(invitation)
    person = accounts.get(actor().person_id or 0) if actor().signed_in else None
    return render_template(
        "organisations/accept.html",
        invitation=invitation,
        token=(request.view_args or {})["token"],
        role=ROLES[invitation.role],
        duty=DUTIES[invitation.role],
        fits=person is not None and actor().email_confirmed and person.email == invitation.email,
        belongs=actor().belongs_to(invitation.organisation_id),
    )


@bp.post("/invitations/<string:token>")
@guard("organisations.accept", invitation=queries.invitation)
def take(invitation: Invitation) -> ResponseReturnValue:
    """Accept: only with the account of the address the link was sent to."""
    if not actor().signed_in:
        raise SignInFirst
    organisation = invitation.organisation
    with transaction(asking="organisations.accept", of=[organisation, invitation]):
        person = accounts.get(actor().person_id or 0)
        if person is None:
            raise Refused
        starts_on = commands.accept_invitation(invitation, person, by=actor()).starts_on
    if starts_on > clock.today():
        flash(_("Welcome! Your mandate begins on %(day)s.", day=localdate(starts_on)))
    else:
        flash(_("Welcome! You belong to the organisation from now on."))
    return redirect(url_for("organisations.show", id=organisation.id), 303)
