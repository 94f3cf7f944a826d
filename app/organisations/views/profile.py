"""Registering an organisation and changing what it says about itself."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.core import clock, limits
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.organisations import commands, queries
from app.organisations.forms import (
    OrganisationNameField,
    RegisterForm,
    RenameForm,
    profile_form,
)
from app.organisations.models import Organisation
from app.organisations.states import OrganisationState
from app.organisations.views import bp
from app.organisations.views.words import official_names

TWICE = timedelta(minutes=10)
"""Within this, the same name from the same person is the same form sent again."""


@bp.route("/organisations/register", methods=["GET", "POST"])
@guard("organisations.register")
def register() -> ResponseReturnValue:
    """The organisation waits to be verified; who registers it represents it."""
    form = RegisterForm()
    form.official_names = official_names()
    if not form.validate_on_submit():
        page = render_template("organisations/register.html", form=form)
        return page, 422 if form.errors else 200
    sent_before = _just_registered(form.name.data)
    if sent_before is not None:
        return redirect(url_for("organisations.show", id=sent_before.id), 303)
    if not _is_taken(form.name):
        limits.hit("organisations.register", str(actor().person_id), most=10, per=timedelta(days=1))
        try:
            with transaction(asking="organisations.register"):
                made = commands.register(form.name.data, form.profile(), by=actor())
            flash(_("The organisation is registered. You are told as soon as it is verified."))
            return redirect(url_for("organisations.show", id=made.id), 303)
        except (commands.NameTaken, IntegrityError):
            _say_taken(form.name)
    return render_template("organisations/register.html", form=form), 422


def _just_registered(name: str) -> Organisation | None:
    """What this form has already made, where it was sent twice."""
    found = queries.similar(name)
    if found is None or found.name != name or found.registered_by_id != actor().person_id:
        return None
    fresh = found.registered_at > clock.now() - TWICE
    return found if fresh and found.state is OrganisationState.REGISTERED else None


def _is_taken(field: OrganisationNameField, *, other_than: int | None = None) -> bool:
    taken = queries.similar(field.data, other_than=other_than) is not None
    if taken:
        _say_taken(field, other_than=other_than)
    return taken


def _say_taken(field: OrganisationNameField, *, other_than: int | None = None) -> None:
    """Name the other one only to who may know it."""
    other = queries.similar(field.data, other_than=other_than)
    message = str(commands.NameTaken.default)
    if other is not None and can("organisations.show", other):
        message = _("This name looks like that of another organisation: %(name)s", name=other.name)
    field.errors = [*field.errors, message]


@bp.route("/organisations/<int:id>/edit", methods=["GET", "POST"])
@guard("organisations.edit", organisation=queries.get)
def edit(organisation: Organisation) -> ResponseReturnValue:
    form = profile_form(organisation)
    if not form.validate_on_submit():
        page = render_template("organisations/edit.html", form=form, organisation=organisation)
        return page, 422 if form.errors else 200
    with transaction(asking="organisations.edit", of=organisation):
        commands.change(organisation, form.profile(), by=actor())
    flash(_("The changes are saved."))
    return redirect(url_for("organisations.show", id=organisation.id), 303)


@bp.route("/organisations/<int:id>/rename", methods=["GET", "POST"])
@guard("organisations.rename", organisation=queries.get)
def rename(organisation: Organisation) -> ResponseReturnValue:
    form = RenameForm(name=organisation.name)
    form.official_names = official_names()
    if not form.validate_on_submit():
        page = render_template("organisations/rename.html", form=form, organisation=organisation)
        return page, 422 if form.errors else 200
    id = organisation.id
    if not _is_taken(form.name, other_than=id):
        try:
            with transaction(asking="organisations.rename", of=organisation):
                commands.rename(organisation, form.name.data, by=actor())
            flash(_("The organisation has its new name."))
            return redirect(url_for("organisations.show", id=id), 303)
        except (commands.NameTaken, IntegrityError):
            _say_taken(form.name, other_than=id)
    page = render_template("organisations/rename.html", form=form, organisation=queries.get(id))
    return page, 422


@bp.post("/organisations/<int:id>/ask-again")
@guard("organisations.ask-again", organisation=queries.get)
def ask_again(organisation: Organisation) -> ResponseReturnValue:
    with transaction(asking="organisations.ask-again", of=organisation):
        commands.ask_again(organisation, by=actor())
    flash(_("The registry will look at the organisation again."))
    return redirect(url_for("organisations.show", id=organisation.id), 303)
