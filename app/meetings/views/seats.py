"""A place behind its private link: confirm it, see what became of it, give it back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import pdf
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.core.web.languages import current
from app.meetings import commands
from app.meetings.models import Seat
from app.meetings.queries import seats
from app.meetings.states import HOLDING, MeetingState, SeatState
from app.meetings.views import bp, words


@bp.get("/seats/<string:token>")
@guard("meetings.seat", seat=seats.by_token)
def seat(seat: Seat) -> ResponseReturnValue:
    """Opening it changes nothing: programs that look at mails open links too."""
    meeting = seat.meeting
    return render_template(
        "meetings/seat.html",
        seat=seat,
        meeting=meeting,
        said=meeting.said(current().tag),
        when=words.when(meeting),
        where=words.where(meeting),
        access=words.access(meeting),
        token=_token(),
        confirmed=seat.confirmed_at is not None,
        holds=seat.state in HOLDING,
        waits=seat.state is SeatState.WAITING,
        cancelled=meeting.state is MeetingState.CANCELLED,
        may_confirm=seat.confirmed_at is None and can("meetings.confirm", seat),
        may_give_back=can("meetings.give-back", seat),
        may_have_certificate=pdf.available() and can("meetings.certificate", seat),
    )


@bp.post("/seats/<string:token>/confirm")
@guard("meetings.confirm", seat=seats.by_token)
def confirm(seat: Seat) -> ResponseReturnValue:
    with transaction(asking="meetings.confirm", of=seat.meeting):
        commands.confirm_seat(seat, seat.meeting, by=actor())
        waits = seat.state is SeatState.WAITING
    if waits:
        flash(_("You are on the waiting list. As soon as a place is free for you, we tell you."))
    else:
        flash(_("You have a place."))
    return redirect(url_for("meetings.seat", token=_token()), 303)


@bp.route("/seats/<string:token>/give-back", methods=["GET", "POST"])
@guard("meetings.give-back", seat=seats.by_token)
def give_back(seat: Seat) -> ResponseReturnValue:
    """Asks once more; then whoever waits moves up."""
    if request.method == "GET":
        return render_template(
            "meetings/give_back.html",
            said=seat.meeting.said(current().tag),
            when=words.when(seat.meeting),
            token=_token(),
        )
    with transaction(asking="meetings.give-back", of=seat.meeting):
        commands.give_back(seat, seat.meeting, by=actor())
    flash(_("Your place is given back. Thank you for saying so."))
    return redirect(url_for("meetings.seat", token=_token()), 303)


def _token() -> str:
    return str((request.view_args or {})["token"])
