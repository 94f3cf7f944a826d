"""Who belongs to an organisation: seen by its members, changed by its representatives."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Conflict, NotFound
from app.core.forms import choices
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.organisations import commands, queries
from app.organisations.forms import DUTIES, ROLES, HandOverForm, MandateForm
from app.organisations.models import Mandate, MandateRole, Organisation
from app.organisations.views import bp


@bp.get("/organisations/<int:id>/members")
@guard("organisations.members", organisation=queries.get)
def members(organisation: Organisation) -> ResponseReturnValue:
    """Mandates, the roles explained, and for representatives the open invitations."""
    represents = can("organisations.hand-over", organisation)
    return render_template(
        "organisations/members.html",
        organisation=organisation,
        mandates=queries.mandates(organisation.id),
        invitations=queries.open_invitations(organisation.id) if represents else [],
        represents=represents,
        today=clock.today(),
        roles=ROLES,
        duties=DUTIES,
    )


@bp.get("/mandates/<int:id>/end")
@guard("organisations.end-mandate", mandate=queries.mandate)
def ask_end_mandate(mandate: Mandate) -> ResponseReturnValue:
    own = mandate.person_id == actor().person_id
    return render_template("organisations/end_mandate.html", mandate=mandate, own=own)


@bp.post("/mandates/<int:id>/end")
@guard("organisations.end-mandate", mandate=queries.mandate)
def end_mandate(mandate: Mandate) -> ResponseReturnValue:
    """One's own, or as representative that of another: its power ends at once."""
    organisation, own = mandate.organisation, mandate.person_id == actor().person_id
    with transaction(asking="organisations.end-mandate", of=organisation):
        commands.end_mandate(mandate, by=actor())
    if own:
        flash(_("You do not belong to the organisation any more."))
        return redirect(url_for("organisations.mine"), 303)
    flash(_("The mandate has ended."))
    return redirect(url_for("organisations.members", id=organisation.id), 303)


@bp.route("/mandates/<int:id>/change", methods=["GET", "POST"])
@guard("organisations.change-mandate", mandate=queries.mandate)
def change_mandate(mandate: Mandate) -> ResponseReturnValue:
    """Another role, or a last day."""
    form = MandateForm(role=mandate.role.value, until=mandate.ends_on)
    valid = form.validate_on_submit()
    if valid and form.until.data is not None and form.until.data < clock.today():
        form.until.errors = [_("The last day of a mandate cannot lie in the past.")]
        valid = False
    if not valid:
        page = render_template(
            "organisations/change_mandate.html", form=form, mandate=mandate, duties=DUTIES
        )
        return page, 422 if form.errors else 200
    organisation = mandate.organisation
    with transaction(asking="organisations.change-mandate", of=organisation):
        changed = commands.change_role(mandate, MandateRole(form.role.data), by=actor())
        commands.limit(changed, form.until.data, by=actor())
    flash(_("The mandate is changed."))
    return redirect(url_for("organisations.members", id=organisation.id), 303)


@bp.route("/organisations/<int:id>/hand-over", methods=["GET", "POST"])
@guard("organisations.hand-over", organisation=queries.get)
def hand_over(organisation: Organisation) -> ResponseReturnValue:
    """Another member represents the organisation; oneself stays as a member."""
    form, id = HandOverForm(), organisation.id
    others = [
        m
        for m in queries.mandates(id)
        if m.person_id != actor().person_id and m.starts_on <= clock.today()
    ]
    form.successor.choices = choices((m.id, m.person.display_name) for m in others)
    if not others or not form.validate_on_submit():
        page = render_template(
            "organisations/hand_over.html", form=form, organisation=organisation, others=others
        )
        return page, 422 if form.errors else 200
    with transaction(asking="organisations.hand-over", of=organisation):
        mine = queries.mandate_of(actor().person_id, id)
        successor = queries.mandate(form.successor.data)
        if mine is None or successor is None:
            raise NotFound
        if successor.person.deleted_at is not None:
            raise Conflict
        commands.hand_over(mine, successor, by=actor())
    flash(_("The organisation has a new representative."))
    return redirect(url_for("organisations.members", id=id), 303)
