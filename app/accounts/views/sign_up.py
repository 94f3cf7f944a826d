"""Signing up, in two steps: the address first, then name and password behind the link."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.accounts import commands, queries
from app.accounts.commands import passwords
from app.accounts.forms import ConfirmForm, DisplayNameField, SignUpForm
from app.accounts.models import Purpose
from app.accounts.views import bp, identity
from app.accounts.views.paths import official_names, safe, start_page
from app.accounts.views.sign_in import limit_mail
from app.core.jobs import enqueue
from app.core.policy import Actor
from app.core.transactions import transaction
from app.core.web import guard
from app.core.web.languages import current


@bp.route("/sign-up", methods=["GET", "POST"])
@guard("accounts.enter")
def sign_up() -> ResponseReturnValue:
    """The same answer whether the address is known: the mail tells its owner."""
    form = SignUpForm()
    form.official_names = official_names()
    if request.method == "GET":
        form.next.data = safe(request.args.get("next"))
    if not form.validate_on_submit() or name_is_taken(form.name):
        return render_template("accounts/sign_up.html", form=form), 422 if form.errors else 200
    limit_mail(form.email.data)
    with transaction():
        enqueue(
            "accounts.sign-up",
            email=form.email.data.lower(),
            display_name=form.name.data,
            language=current().tag,
            next=safe(form.next.data),
        )
    return redirect(url_for("accounts.sent"), 303)


def name_is_taken(field: DisplayNameField, *, but: int | None = None) -> bool:
    """Whether another person has such a name; then the field says so."""
    taken = queries.name_taken(field.data, but=but)
    if taken:
        say_taken(field)
    return taken


def say_taken(field: DisplayNameField) -> None:
    field.errors = [*field.errors, str(commands.NameTaken.default)]


@bp.route("/sign-up/confirm/<string:token>", methods=["GET", "POST"])
@guard("accounts.enter")
def confirm(token: str) -> ResponseReturnValue:
    """Choose the password. Only who reads the mail does, so nobody can prepare an account."""
    found = queries.usable_link(token, Purpose.CONFIRM)
    if found is None:
        raise commands.LinkGone
    person_id = found.person.id
    form = ConfirmForm(name=found.person.display_name)
    form.official_names = official_names()
    page = {"form": form, "email": found.link.email}
    if not form.validate_on_submit() or name_is_taken(form.name, but=person_id):
        return render_template("accounts/confirm.html", **page), 422 if form.errors else 200
    password_hash = passwords.hash_password(form.password.data)
    try:
        with transaction():
            person = commands.use_link(token, Purpose.CONFIRM).person
            by = Actor(person_id=person.id)
            commands.confirm(person, name=form.name.data, password_hash=password_hash, by=by)
            session = commands.start_session(person)
    except (commands.NameTaken, IntegrityError):
        say_taken(form.name)
        return render_template("accounts/confirm.html", **page), 422
    identity.begin(session)
    flash(_("Welcome! Your account is ready."))
    return redirect(safe(request.args.get("next")) or start_page(), 303)
