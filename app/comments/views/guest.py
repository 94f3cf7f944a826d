"""Writing a comment without an account.

A page of its own, so that the pages everybody reads hold no token. Instead of a puzzle there is a
ticket that says when the page was opened, a field that only machines fill in, a little computing by
a script (who has none may write less often), and a moderator.
"""

import secrets
from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer

from app.accounts import queries as accounts
from app.comments import commands
from app.comments.commands import Words
from app.comments.forms import ConfirmedGuestForm, GuestForm, guest_form
from app.comments.queries import targets
from app.comments.queries.targets import Target
from app.comments.views import bp, confirming
from app.comments.views.keys import private_key
from app.comments.views.post import address, answered, promise
from app.core import clock, work
from app.core.errors import Conflict
from app.core.limits import hit, hit_mail
from app.core.policy import ANYBODY
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.rounds.commands import catch_up
from config import Settings

QUICKEST = 3
"""Seconds below which nobody has read the page and written a sentence."""

OLDEST = 12 * 3600


@bp.route("/subjects/<int:id>/comments/guest", methods=["GET", "POST"])
@guard("comments.post-as-guest", target=targets.target)
def guest(target: Target) -> ResponseReturnValue:
    asks = target.round.procedure.guests_confirm
    form = guest_form(confirmed=asks, parent_id=request.args.get("parent", ""))
    form.official_names = (_settings().city_name, _settings().site_name)
    if request.method == "GET" and actor().signed_in:
        return redirect(
            url_for("comments.new", id=target.id, parent=request.args.get("parent")), 303
        )
    if not form.validate_on_submit() or not _by_a_person(form):
        return _page(target, form)
    _count(form)
    return _keep(target, form) if isinstance(form, ConfirmedGuestForm) else _post(target, form)


def _count(form: GuestForm) -> None:
    worked = work.is_done(form.ticket.data or "", form.work.data or "")
    network = request.remote_addr or ""
    if not worked:
        hit("comment.guest-without-work", network, most=10, per=timedelta(hours=1))
    hit("comment.guest", network, most=30, per=timedelta(hours=1))


def _post(target: Target, form: GuestForm) -> ResponseReturnValue:
    """A moderator reads it next."""
    writer = ANYBODY.as_guest(form.name.data)
    with transaction(asking="comments.post-as-guest", of=target.thing):
        catch_up(target.round)
        words, token = _words(form)
        commands.post(target.id, target.round, words, by=writer)
        due = promise(target.round)
    flash(
        _(
            "Thank you. Comments without an account are read by a moderator first. Yours is read "
            "by %(moment)s; then it stands here, or it is hidden with a reason.",
            moment=due,
        ),
        "info",
    )
    return redirect(url_for("comments.private", token=token), 303)


def _keep(target: Target, form: ConfirmedGuestForm) -> ResponseReturnValue:
    """The address is confirmed next."""
    address = form.email.data
    hit_mail(request.remote_addr or "", address)
    with transaction(asking="comments.post-as-guest", of=target.thing):
        catch_up(target.round)
        words, token = _words(form)
        waiting = commands.keep_until_confirmed(
            target.id,
            target.round,
            words,
            name=form.name.data,
            address=address,
            hours=_settings().guest_confirm_hours,
        )
        if waiting is not None:
            confirming.ask(waiting, address)
    return redirect(url_for("comments.private", token=token), 303)


def _words(form: GuestForm) -> tuple[Words, str]:
    """What was written, and the private link to it."""
    key = _ticket_key(form.ticket.data or "")
    token = private_key(key)
    return Words(
        body=form.body.data,
        form_key=key,
        guest_key=token,
        stance=form.chosen_stance,
        language=form.chosen_language,
        parent_id=form.parent,
    ), token


def _by_a_person(form: GuestForm) -> bool:
    """Whether it looks so; else the form says why not, for it may be a person after all."""
    if form.website.data:
        form.form_errors.append(
            _("A hidden field was filled in that only machines see. Please send it once more.")
        )
        form.website.data = ""
    elif (opened := _opened(form.ticket.data or "")) is None:
        form.form_errors.append(
            _("This page was open for too long. Please read your text again and send it.")
        )
        form.ticket.data = _ticket()
    elif clock.now().timestamp() - opened < QUICKEST:
        form.form_errors.append(
            _("That was very quick. Please read your text again and send it once more.")
        )
    elif accounts.name_taken(form.name.data):
        form.name.errors = [
            _(
                "Somebody with an account has this name or one that looks like it. "
                "Please choose another."
            )
        ]
    return not form.errors


def _page(target: Target, form: GuestForm) -> ResponseReturnValue:
    if not form.ticket.data:
        form.ticket.data = _ticket()
    form.work.data = ""  # of this ticket, by a script on the page
    html = render_template(
        "comments/guest.html",
        form=form,
        target=target,
        parent=answered(target, form.parent),
        back=address(target),
        hours=target.round.procedure.reaction_hours,
        work_bits=work.BITS,
        asks=isinstance(form, ConfirmedGuestForm),
    )
    return html, 422 if form.errors else 200


def _ticket() -> str:
    return _serializer().dumps([int(clock.now().timestamp()), secrets.token_hex(16)])


def _opened(ticket: str) -> int | None:
    """When the page with this ticket was opened; None for a forged or too old one."""
    try:
        opened, _key = _serializer().loads(ticket)
    except (BadData, ValueError):
        return None
    age = clock.now().timestamp() - opened
    return int(opened) if age <= OLDEST else None


def _ticket_key(ticket: str) -> str:
    try:
        _opened_at, key = _serializer().loads(ticket)
    except (BadData, ValueError) as bad:
        raise Conflict from bad
    return str(key)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(_settings().secret_key, salt="comment-guest")


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
