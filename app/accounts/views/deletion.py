"""Deleting one's account."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import commands, jobs, queries
from app.accounts.forms import DeleteForm
from app.accounts.models import Person, Purpose
from app.accounts.views import bp, identity
from app.accounts.views.paths import start_page
from app.accounts.views.settings import is_my_password, myself
from app.core.forms import Form
from app.core.policy import Actor
from app.core.transactions import transaction
from app.core.web import actor, guard


@bp.route("/account/delete", methods=["GET", "POST"])
@guard("accounts.own")
def delete() -> ResponseReturnValue:
    """Ask first, and for the password."""
    person = myself()
    form = DeleteForm()
    if not form.validate_on_submit() or not is_my_password(person, form.password):
        page = render_template("accounts/delete.html", form=form, person=person)
        return page, 422 if form.errors else 200
    with transaction(asking="accounts.own", of=person):
        _delete(person, by=actor())
    return _gone()


@bp.route("/account/delete/<string:token>", methods=["GET", "POST"])
@guard("accounts.enter")
def delete_by_link(token: str) -> ResponseReturnValue:
    """The same, proved by a link to the account's address."""
    found = queries.usable_link(token, Purpose.DELETE)
    if found is None:
        raise commands.LinkGone
    if not Form().validate_on_submit():
        return render_template("accounts/delete_by_link.html", name=found.person.display_name)
    with transaction():
        person = commands.use_link(token, Purpose.DELETE).person
        _delete(person, by=Actor(person_id=person.id))
    return _gone()


def _delete(person: Person, *, by: Actor) -> None:
    if person.email is not None:
        jobs.compose(person.email, "deleted", person.language)
    commands.delete(person, by=by)


def _gone() -> ResponseReturnValue:
    identity.end()
    flash(_("Your account is deleted. What you wrote stays, without your name."))
    return redirect(start_page(), 303)
