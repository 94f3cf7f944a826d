"""Signing up: without an account by a mail, with one by a button."""

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import work
from app.core.jobs import enqueue
from app.core.limits import hit
from app.core.transactions import transaction
from app.core.web import actor, can, guard, tickets
from app.core.web.languages import current
from app.meetings import commands, queries
from app.meetings.forms import SignUpForm
from app.meetings.models import Meeting
from app.meetings.queries import seats
from app.meetings.states import SeatState
from app.meetings.views import bp, words
from config import Settings

PURPOSE = "meeting-guest"
MAILS_A_DAY = 5
"""So many mails an address gets at the most because somebody typed it here."""


@bp.route("/meetings/<int:id>/sign-up", methods=["GET", "POST"])
@guard("meetings.sign-up", meeting=queries.get)
def sign_up(meeting: Meeting) -> ResponseReturnValue:
    """A name and an address. The answer is the same whether or not the address is known."""
    form = SignUpForm()
    if request.method == "GET" and can("meetings.join", meeting):
        return redirect(url_for("meetings.show", id=meeting.id), 303)
    if not form.validate_on_submit() or not tickets.by_a_person(form, PURPOSE):
        return _page(meeting, form)
    tickets.count(form, PURPOSE, most=30, without_work=10)
    email, id = form.email.data.strip().lower(), meeting.id
    with transaction(asking="meetings.sign-up", of=meeting):
        hit("meeting.address", email, most=MAILS_A_DAY, per=timedelta(days=1))
        seat, new = commands.sign_up(
            meeting,
            name=form.name.data,
            email=email,
            language=current().tag,
            hours=_settings().meeting_confirm_hours,
            by=actor(),
        )
        # Twice from the same page is one mail.
        key = f"meetings.sign-up:{seat.id}:{tickets.key(form, PURPOSE)}"
        confirmed = seat.confirmed_at is not None
        enqueue(
            "meetings.mail",
            key=key,
            seat_id=seat.id,
            template="known" if confirmed and not new else "confirm",
        )
    return redirect(url_for("meetings.sent", id=id), 303)


def _page(meeting: Meeting, form: SignUpForm) -> ResponseReturnValue:
    tickets.prepare(form, PURPOSE)
    html = render_template(
        "meetings/sign_up.html",
        meeting=meeting,
        said=meeting.said(current().tag),
        when=words.when(meeting),
        room=words.room(meeting, queries.places([meeting.id])[meeting.id]),
        form=form,
        hours=_settings().meeting_confirm_hours,
        days=_settings().retention_meeting_days,
        work_bits=work.BITS,
    )
    return html, 422 if form.errors else 200


@bp.get("/meetings/<int:id>/sent")
@guard("meetings.show", meeting=queries.get)
def sent(meeting: Meeting) -> ResponseReturnValue:
    """What happens next."""
    return render_template(
        "meetings/sent.html",
        meeting=meeting,
        said=meeting.said(current().tag),
        hours=_settings().meeting_confirm_hours,
    )


@bp.post("/meetings/<int:id>/join")
@guard("meetings.join", meeting=queries.get)
def join(meeting: Meeting) -> ResponseReturnValue:
    with transaction(asking="meetings.join", of=meeting):
        seat = commands.join(meeting, by=actor())
        waits = seat.state is SeatState.WAITING
    if waits:
        flash(_("You are on the waiting list. As soon as a place is free for you, we tell you."))
    else:
        flash(_("You have a place."))
    return redirect(url_for("meetings.show", id=meeting.id), 303)


@bp.post("/meetings/<int:id>/leave")
@guard("meetings.leave", meeting=queries.get)
def leave(meeting: Meeting) -> ResponseReturnValue:
    """Who waits moves up. Twice is once."""
    with transaction(asking="meetings.leave", of=meeting):
        held = seats.of_person(meeting.id, actor().person_id)
        if held is not None:
            commands.give_back(held, meeting, by=actor())
    flash(_("Your place is given back. Thank you for saying so."))
    return redirect(url_for("meetings.show", id=meeting.id), 303)


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
