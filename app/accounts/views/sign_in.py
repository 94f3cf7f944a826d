"""Signing in by password or by a link, and signing out."""

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import commands, queries
from app.accounts.commands import passwords
from app.accounts.forms import AddressForm, SignInForm
from app.accounts.models import Person, Purpose
from app.accounts.views import bp, identity
from app.accounts.views.paths import safe, settings, start_page
from app.core import clock, limits
from app.core.errors import Refused
from app.core.jobs import enqueue
from app.core.transactions import transaction
from app.core.web import actor, guard, kept
from app.core.web.context import localdatetime
from app.core.web.languages import current


@bp.route("/sign-in", methods=["GET", "POST"])
@guard("accounts.enter")
def sign_in() -> ResponseReturnValue:
    """The form. A POST with only `kept` comes from the page that asked to sign in."""
    form = SignInForm()
    brought = request.method == "POST" and "email" not in request.form
    if brought and actor().signed_in:
        return go_on(form.kept.data)
    if request.method == "GET":
        form.next.data = safe(request.args.get("next"))
    if brought or not form.validate_on_submit():
        refused = request.method == "POST" and not brought
        return _show(form), 422 if refused else 200
    email = form.email.data.lower()
    limits.hit("sign-in.network", request.remote_addr or "", most=100, per=timedelta(minutes=10))
    limits.hit("sign-in.account", email, most=10, per=timedelta(minutes=10))
    person = queries.by_email(email)
    right = passwords.matches(person.password_hash if person else None, form.password.data)
    if person is None or not right:
        form.form_errors.append(_("The address or the password is not right."))
        return _show(form), 422
    refuse_suspended(person)
    with transaction(of=person):
        token = commands.start_session(person)
    identity.begin(token, stay=form.stay.data)
    return go_on(form.kept.data, form.next.data)


def _show(form: SignInForm) -> str:
    return render_template(
        "accounts/sign_in.html", form=form, kept=kept.unpack(form.kept.data or "")
    )


def go_on(packed: str | None, next: str | None = None) -> ResponseReturnValue:
    """After signing in: to what was typed before, to the page asked for, or to the start page."""
    found = kept.unpack(packed or "")
    if found is not None:
        words = [value for _name, value in found.fields if len(value) > 20 or " " in value.strip()]
        return render_template("accounts/kept.html", kept=found, words=words)
    flash(_("You are signed in."))
    return redirect(safe(next) or start_page(), 303)


def refuse_suspended(person: Person) -> None:
    """Say until when, to who has shown whose account it is."""
    until = person.suspended_until
    if until is not None and until > clock.now():
        raise Refused(_("This account is suspended until %(until)s.", until=localdatetime(until)))


@bp.route("/sign-in/link", methods=["GET", "POST"])
@guard("accounts.enter")
def ask_sign_in_link() -> ResponseReturnValue:
    """Ask for a link by mail. The answer is the same whether the address is known or not."""
    return ask_for_link(Purpose.SIGN_IN, "accounts/ask_sign_in_link.html")


def ask_for_link(purpose: Purpose, template: str) -> ResponseReturnValue:
    form = AddressForm()
    if request.method == "GET":
        form.next.data = safe(request.args.get("next"))
    brought = request.method == "POST" and "email" not in request.form
    if brought or not form.validate_on_submit():
        return render_template(template, form=form), 422 if form.errors else 200
    limit_mail(form.email.data)
    with transaction():
        enqueue(
            "accounts.send-link",
            email=form.email.data.lower(),
            purpose=purpose.value,
            language=current().tag,
            next=safe(form.next.data),
        )
    if kept.unpack(form.kept.data or "") is not None:  # it cannot travel by mail, so it waits here
        return _sent(form.kept.data or "")
    return redirect(url_for("accounts.sent"), 303)


def limit_mail(email: str) -> None:
    """Nobody's letter box is filled through us."""
    limits.hit_mail(request.remote_addr or "", email)


@bp.get("/sign-in/sent")
@guard("accounts.enter")
def sent() -> ResponseReturnValue:
    """Look into your mail."""
    return _sent("")


def _sent(packed: str) -> str:
    # In the demonstration mails can be read on a page.
    mails = settings().demonstration and "pages.mails" in current_app.view_functions
    return render_template(
        "accounts/sent.html",
        packed=packed,
        minutes=settings().link_minutes,
        mails_url=url_for("pages.mails") if mails else "",
    )


@bp.route("/sign-in/link/<string:token>", methods=["GET", "POST"])
@guard("accounts.enter")
def use_sign_in_link(token: str) -> ResponseReturnValue:
    """The page behind the link: one button."""
    found = queries.usable_link(token, Purpose.SIGN_IN)
    if found is None:
        raise commands.LinkGone
    next = safe(request.args.get("next"))
    if request.method == "GET":
        return render_template("accounts/use_sign_in_link.html", name=found.person.display_name)
    refuse_suspended(found.person)
    with transaction():
        person = commands.use_link(token, Purpose.SIGN_IN).person
        session = commands.start_session(person)
    identity.begin(session)
    return go_on(None, next)


@bp.post("/sign-out")
@guard("accounts.enter")
def sign_out() -> ResponseReturnValue:
    """End this browser's session. Without one it is already true."""
    token = identity.present_token()
    if token is not None:
        with transaction():
            commands.end_session(token)
        identity.end()
    flash(_("You are signed out."))
    return redirect(start_page(), 303)
