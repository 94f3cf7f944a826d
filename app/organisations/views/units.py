"""The operator's pages of the administration's units and their people."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Person
from app.accounts.queries import by_email
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.organisations import commands, queries
from app.organisations.forms import AppointForm, UnitForm
from app.organisations.models import Unit, UnitMandate
from app.organisations.views import bp


@bp.route("/operator/units", methods=["GET", "POST"])
@guard("organisations.units")
def units() -> ResponseReturnValue:
    """Every unit, and a field for a new one."""
    form = UnitForm()
    if form.validate_on_submit():
        try:
            with transaction(asking="organisations.units"):
                made = commands.create_unit(form.name.data, by=actor())
            flash(_("The unit is there. Please appoint people to it."))
            return redirect(url_for("organisations.unit", id=made.id), 303)
        except (commands.UnitNameTaken, IntegrityError):
            form.name.errors = [str(commands.UnitNameTaken.default)]
    page = render_template(
        "organisations/units.html",
        form=form,
        units=queries.units(ended=True),
        sizes=queries.unit_sizes(),
    )
    return page, 422 if form.errors else 200


@bp.get("/operator/units/<int:id>")
@guard("organisations.unit", unit=queries.unit)
def unit(unit: Unit) -> ResponseReturnValue:
    """Who acts for the unit; people are appointed by the address of their account."""
    return _unit(unit, AppointForm())


def _unit(unit: Unit, form: AppointForm) -> ResponseReturnValue:
    page = render_template(
        "organisations/unit.html",
        unit=unit,
        form=form,
        mandates=queries.unit_mandates(unit.id),
        changes=can("organisations.change-unit", unit),
    )
    return page, 422 if form.errors else 200


@bp.post("/operator/units/<int:id>/people")
@guard("organisations.change-unit", unit=queries.unit)
def appoint(unit: Unit) -> ResponseReturnValue:
    form = AppointForm()
    if not form.validate_on_submit():
        return _unit(unit, form)
    person = _account(form.email.data)
    if person is None:
        form.email.errors = [
            _("Nobody has a confirmed account with this address. Please ask the person to sign up.")
        ]
        return _unit(unit, form)
    with transaction(asking="organisations.change-unit", of=[person, unit]):
        commands.appoint_to_unit(unit, person, by=actor())
    flash(_("The person acts for the unit from now on."))
    return redirect(url_for("organisations.unit", id=unit.id), 303)


def _account(email: str) -> Person | None:
    person = by_email(email)
    return person if person is not None and person.email_confirmed_at is not None else None


@bp.post("/operator/units/people/<int:id>/end")
@guard("organisations.end-unit-mandate", mandate=queries.unit_mandate)
def end_unit_mandate(mandate: UnitMandate) -> ResponseReturnValue:
    unit_id = mandate.unit_id
    with transaction(asking="organisations.end-unit-mandate", of=mandate.unit):
        commands.end_unit_mandate(mandate, by=actor())
    flash(_("The person does not act for the unit any more."))
    return redirect(url_for("organisations.unit", id=unit_id), 303)


@bp.route("/operator/units/<int:id>/rename", methods=["GET", "POST"])
@guard("organisations.change-unit", unit=queries.unit)
def rename_unit(unit: Unit) -> ResponseReturnValue:
    form, id = UnitForm(name=unit.name), unit.id
    if form.validate_on_submit():
        try:
            with transaction(asking="organisations.change-unit", of=unit):
                commands.rename_unit(unit, form.name.data, by=actor())
            flash(_("The unit has its new name."))
            return redirect(url_for("organisations.unit", id=id), 303)
        except (commands.UnitNameTaken, IntegrityError):
            form.name.errors = [str(commands.UnitNameTaken.default)]
    page = render_template("organisations/rename_unit.html", form=form, unit=queries.unit(id))
    return page, 422 if form.errors else 200


@bp.get("/operator/units/<int:id>/end")
@guard("organisations.change-unit", unit=queries.unit)
def ask_end_unit(unit: Unit) -> ResponseReturnValue:
    return render_template("organisations/end_unit.html", unit=unit)


@bp.post("/operator/units/<int:id>/end")
@guard("organisations.change-unit", unit=queries.unit)
def end_unit(unit: Unit) -> ResponseReturnValue:
    with transaction(asking="organisations.change-unit", of=unit):
        commands.end_unit(unit, by=actor())
    flash(_("The unit has ended. What it answered remains."))
    return redirect(url_for("organisations.units"), 303)
