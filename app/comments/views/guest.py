"""Writing a comment without an account.

A page of its own, so that the pages everybody reads hold no token. Instead of a puzzle there is
what core.web.tickets asks of the form, and a moderator.
"""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.comments import commands
from app.comments.commands import Words
from app.comments.forms import ConfirmedGuestForm, GuestForm, guest_form
from app.comments.queries import targets
from app.comments.queries.targets import Target
from app.comments.views import bp, confirming
from app.comments.views.keys import private_key
from app.comments.views.post import address, answered, promise
from app.core import work
from app.core.limits import hit_mail
from app.core.policy import ANYBODY
from app.core.transactions import transaction
from app.core.web import actor, guard, tickets
from app.rounds.commands import catch_up
from config import Settings

PURPOSE = "comment-guest"


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
    if not form.validate_on_submit() or not _may_be_a_person(form):
        return _page(target, form)
    tickets.count(form, PURPOSE, most=30, without_work=10)
    return _keep(target, form) if isinstance(form, ConfirmedGuestForm) else _post(target, form)


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
    key = tickets.key(form, PURPOSE)
    token = private_key(key)
    return Words(
        body=form.body.data,
        form_key=key,
        guest_key=token,
        stance=form.chosen_stance,
        language=form.chosen_language,
        parent_id=form.parent,
    ), token


def _may_be_a_person(form: GuestForm) -> bool:
    """Neither a machine, as far as it shows, nor under somebody's name; else the form says so."""
    if not tickets.by_a_person(form, PURPOSE):
        return False
    if accounts.name_taken(form.name.data):
        form.name.errors = [
            _(
                "Somebody with an account has this name or one that looks like it. "
                "Please choose another."
            )
        ]
    return not form.errors


def _page(target: Target, form: GuestForm) -> ResponseReturnValue:
    tickets.prepare(form, PURPOSE)
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


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
