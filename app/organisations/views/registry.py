"""The registry: what waits to be verified, and the decisions."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.transactions import transaction
from app.core.web import actor, guard
from app.organisations import commands, queries
from app.organisations.forms import KINDS as KIND
from app.organisations.forms import ReasonForm
from app.organisations.models import Organisation
from app.organisations.states import OrganisationState
from app.organisations.views import bp
from app.organisations.views.words import STATES


@bp.get("/registry")
@guard("organisations.registry")
def registry() -> ResponseReturnValue:
    """Organisations of one state, those that wait unless another is chosen; oldest first."""
    wanted = request.args.get("state", "")
    chosen = OrganisationState(wanted) if wanted in set(OrganisationState) else None
    state = chosen or OrganisationState.REGISTERED
    found, next_key = queries.waiting(state, request.args.get("after", ""))
    counts = queries.count_waiting()
    tabs = [
        {
            "label": STATES[one][0],
            "url": url_for("organisations.registry", state=one.value),
            "current": one is state,
            "count": counts.get(one, 0),
        }
        for one in OrganisationState
    ]
    return render_template(
        "organisations/registry.html",
        found=found,
        tabs=tabs,
        state=state,
        kinds=KIND,
        total=counts.get(state, 0),
        next_url=url_for("organisations.registry", state=state.value, after=next_key)
        if next_key
        else "",
    )


@bp.post("/organisations/<int:id>/verify")
@guard("organisations.verify", organisation=queries.get)
def verify(organisation: Organisation) -> ResponseReturnValue:
    with transaction(asking="organisations.verify", of=organisation):
        commands.verify(organisation, by=actor())
    flash(_("The organisation is verified. Its representatives are told."))
    return redirect(url_for("organisations.registry"), 303)


@bp.route("/organisations/<int:id>/refuse", methods=["GET", "POST"])
@guard("organisations.refuse", organisation=queries.get)
def refuse(organisation: Organisation) -> ResponseReturnValue:
    """With a reason that its representatives read."""
    return _with_reason(
        organisation,
        "refuse",
        commands.refuse,
        _("The organisation is not verified. Its representatives are told the reason."),
    )


@bp.route("/organisations/<int:id>/dissolve", methods=["GET", "POST"])
@guard("organisations.dissolve", organisation=queries.get)
def dissolve(organisation: Organisation) -> ResponseReturnValue:
    """With a reason that everybody reads on its page."""
    return _with_reason(
        organisation, "dissolve", commands.dissolve, _("The organisation is marked as dissolved.")
    )


def _with_reason(
    organisation: Organisation, action: str, command: Callable[..., None], done: str
) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate_on_submit():
        page = render_template(f"organisations/{action}.html", form=form, organisation=organisation)
        return page, 422 if form.errors else 200
    with transaction(asking=f"organisations.{action}", of=organisation):
        command(organisation, because=form.reason.data, by=actor())
    flash(done)
    return redirect(url_for("organisations.show", id=organisation.id), 303)
