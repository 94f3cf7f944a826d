"""Pages behind links sent by mail: a new password, a new address."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import commands, jobs, queries
from app.accounts.commands import passwords
from app.accounts.forms import ResetForm
from app.accounts.models import Purpose
from app.accounts.views import bp, identity
from app.accounts.views.paths import start_page
from app.accounts.views.sign_in import ask_for_link, refuse_suspended
from app.core.forms import Form
from app.core.policy import Actor
from app.core.transactions import transaction
from app.core.web import guard


@bp.route("/reset-password", methods=["GET", "POST"])
@guard("accounts.enter")
def ask_reset_link() -> ResponseReturnValue:
    """Forgotten: a link to choose a new one. The answer is the same for every address."""
    return ask_for_link(Purpose.RESET, "accounts/ask_reset_link.html")


@bp.route("/reset-password/<string:token>", methods=["GET", "POST"])
@guard("accounts.enter")
def reset_password(token: str) -> ResponseReturnValue:
    """Choose a new password; every browser is signed out, then this one is signed in."""
    found = queries.usable_link(token, Purpose.RESET)
    if found is None:
        raise commands.LinkGone
    refuse_suspended(found.person)
    form = ResetForm()
    page = {"form": form, "email": found.link.email}
    if not form.validate_on_submit():
        return render_template("accounts/reset_password.html", **page), 422 if form.errors else 200
    password_hash = passwords.hash_password(form.password.data)
    with transaction():
        person = commands.use_link(token, Purpose.RESET).person
        by = Actor(person_id=person.id)
        commands.set_password(person, password_hash=password_hash, by=by)
        session = commands.start_session(person)
        if person.email is not None:
            jobs.compose(person.email, "password_changed", person.language)
    identity.begin(session)
    flash(_("Your new password is set and you are signed in."))
    return redirect(start_page(), 303)


@bp.route("/account/address/<string:token>", methods=["GET", "POST"])
@guard("accounts.enter")
def confirm_email(token: str) -> ResponseReturnValue:
    """The new address is reached: one button makes it the account's; the old one is told."""
    found = queries.usable_link(token, Purpose.CHANGE_EMAIL)
    if found is None:
        raise commands.LinkGone
    if not Form().validate_on_submit():
        return render_template("accounts/confirm_email.html", email=found.link.email)
    with transaction():
        link, person = commands.use_link(token, Purpose.CHANGE_EMAIL)
        old = person.email
        by = Actor(person_id=person.id)
        commands.change_email(person, email=link.email, by=by)
        if old is not None:
            jobs.compose(old, "address_changed", person.language)
    flash(_("Your new address is set."))
    return redirect(url_for("accounts.settings"), 303)
