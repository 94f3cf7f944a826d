"""What people see and change of their own account."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.accounts import commands, jobs, queries
from app.accounts.commands import passwords
from app.accounts.forms import ChangeEmailForm, LanguageForm, NameForm, OldPasswordField
from app.accounts.forms import PasswordForm as ChangePasswordForm
from app.accounts.models import Person
from app.accounts.views import bp, identity, paths
from app.accounts.views.sign_in import limit_mail
from app.accounts.views.sign_up import name_is_taken, say_taken
from app.core import clock, limits
from app.core.errors import NotFound
from app.core.jobs import enqueue
from app.core.languages import LANGUAGES
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.languages import current


def myself() -> Person:
    """The account of who is signed in; the guard has seen to it that somebody is."""
    person = queries.get(actor().person_id or 0)
    if person is None:
        raise NotFound
    return person


@bp.get("/account")
@guard("accounts.own")
def settings() -> ResponseReturnValue:
    """All settings at a glance, each with a way to change it."""
    person = myself()
    since = clock.now() - timedelta(days=paths.settings().session_days)
    return render_template(
        "accounts/settings.html",
        person=person,
        mail_language=LANGUAGES[person.language].native_name,
        sessions=queries.count_open_sessions(person.id, since=since),
    )


@bp.route("/account/name", methods=["GET", "POST"])
@guard("accounts.own")
def change_name() -> ResponseReturnValue:
    """Another display name, also on what is already written."""
    person = myself()
    form = NameForm(name=person.display_name)
    form.official_names = paths.official_names()
    if not form.validate_on_submit() or name_is_taken(form.name, but=person.id):
        return render_template("accounts/change_name.html", form=form), 422 if form.errors else 200
    try:
        with transaction(asking="accounts.own", of=person):
            commands.change_name(person, name=form.name.data, by=actor())
    except (commands.NameTaken, IntegrityError):
        say_taken(form.name)
        return render_template("accounts/change_name.html", form=form), 422
    flash(_("Your display name is changed."))
    return redirect(url_for("accounts.settings"), 303)


@bp.route("/account/language", methods=["GET", "POST"])
@guard("accounts.own")
def change_language() -> ResponseReturnValue:
    """The language of mails."""
    person = myself()
    form = LanguageForm(language=person.language)
    if not form.validate_on_submit():
        page = render_template("accounts/change_language.html", form=form)
        return page, 422 if form.errors else 200
    with transaction(asking="accounts.own", of=person):
        commands.change_language(person, language=form.language.data)
    flash(_("The language is changed."))
    return redirect(url_for("accounts.settings"), 303)


def is_my_password(person: Person, field: OldPasswordField) -> bool:
    """Whether the present password was typed; else the field says so. Guessing is slowed."""
    limits.hit("password", str(person.id), most=10, per=timedelta(minutes=10))
    right = passwords.matches(person.password_hash, field.data)
    if not right:
        field.errors = [*field.errors, _("This is not your present password.")]
    return right


@bp.route("/account/password", methods=["GET", "POST"])
@guard("accounts.own")
def change_password() -> ResponseReturnValue:
    """A new password, proved by the old one. Other browsers are signed out."""
    person = myself()
    form = ChangePasswordForm()
    if not form.validate_on_submit() or not is_my_password(person, form.old):
        page = render_template("accounts/change_password.html", form=form, person=person)
        return page, 422 if form.errors else 200
    password_hash = passwords.hash_password(form.password.data)
    with transaction(asking="accounts.own", of=person):
        commands.set_password(
            person,
            password_hash=password_hash,
            by=actor(),
            but_session=identity.present_token(),
        )
        if person.email is not None:
            jobs.compose(person.email, "password_changed", person.language)
    flash(_("Your new password is set. Other devices are signed out."))
    return redirect(url_for("accounts.settings"), 303)


@bp.route("/account/address", methods=["GET", "POST"])
@guard("accounts.own")
def change_email() -> ResponseReturnValue:
    """A new address, first confirmed by a link sent there."""
    person = myself()
    form = ChangeEmailForm()
    if not form.validate_on_submit() or not is_my_password(person, form.password):
        page = render_template("accounts/change_email.html", form=form, person=person)
        return page, 422 if form.errors else 200
    limit_mail(form.email.data)
    with transaction(asking="accounts.own", of=person):
        enqueue(
            "accounts.change-email",
            person_id=person.id,
            email=form.email.data.lower(),
            language=current().tag,
        )
    return redirect(url_for("accounts.sent"), 303)


@bp.post("/account/sessions/end")
@guard("accounts.own")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session, this one too."""
    person = myself()
    with transaction(asking="accounts.own", of=person):
        commands.end_sessions(person, by=actor())
    identity.end()
    flash(_("You are signed out everywhere."))
    return redirect(url_for("accounts.sign_in"), 303)


@bp.post("/account/link")
@guard("accounts.own")
def mail_myself() -> ResponseReturnValue:
    """A link to one's own address, to set a password or to delete the account without one."""
    person = myself()
    purpose = "delete" if request.form.get("purpose") == "delete" else "reset"
    limit_mail(person.email or "")
    with transaction(asking="accounts.own", of=person):
        enqueue("accounts.send-link", email=person.email, purpose=purpose, language=current().tag)
    return redirect(url_for("accounts.sent"), 303)
