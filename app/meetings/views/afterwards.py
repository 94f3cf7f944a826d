"""Who signed up and who was there, and the minutes."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.languages import LANGUAGES
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.core.web.languages import current
from app.meetings import commands, queries
from app.meetings.forms import AttendanceForm, MinutesForm
from app.meetings.models import Meeting
from app.meetings.queries import seats
from app.meetings.states import SeatState
from app.meetings.views import bp, words


@bp.get("/meetings/<int:id>/people")
@guard("meetings.manage", meeting=queries.get)
def people(meeting: Meeting) -> ResponseReturnValue:
    """The names of those who have a place and of those who wait. No addresses."""
    found = seats.confirmed(meeting.id)
    return render_template(
        "meetings/people.html",
        meeting=meeting,
        said=meeting.said(current().tag),
        when=words.when(meeting),
        placed=[one for one in found if one.state is SeatState.PLACE],
        waiting=[one for one in found if one.state is SeatState.WAITING],
        places=queries.places([meeting.id])[meeting.id],
        may_record=can("meetings.record-attendance", meeting),
    )


@bp.route("/meetings/<int:id>/attendance", methods=["GET", "POST"])
@guard("meetings.record-attendance", meeting=queries.get)
def attendance(meeting: Meeting) -> ResponseReturnValue:
    """Tick who was there; can be corrected as long as the names are kept."""
    placed = [one for one in seats.confirmed(meeting.id) if one.state is SeatState.PLACE]
    form = AttendanceForm(
        data={"there": [one.id for one in placed if one.attended], "walk_ins": meeting.walk_ins}
    )
    form.offer(placed)
    id = meeting.id
    if form.validate_on_submit():
        with transaction(asking="meetings.record-attendance", of=meeting):
            number = commands.record_attendance(
                meeting,
                seat_ids=form.there.data or [],
                walk_ins=form.walk_ins.data or 0,
                by=actor(),
            )
        flash(ngettext("%(num)s person was there.", "%(num)s people were there.", number))
        return redirect(url_for("meetings.show", id=id), 303)
    page = render_template(
        "meetings/attendance.html",
        meeting=meeting,
        said=meeting.said(current().tag),
        form=form,
        placed=placed,
    )
    return page, 422 if form.errors else 200


@bp.route("/meetings/<int:id>/minutes/<lang:tag>", methods=["GET", "POST"])
@guard("meetings.write-minutes", meeting=queries.get)
def minutes(meeting: Meeting, tag: str) -> ResponseReturnValue:
    """The minutes in one language, kept for those in charge or published."""
    known = next(
        (one for one in queries.minutes(meeting.id, public=False) if one.language == tag), None
    )
    was_public = known is not None and known.published_at is not None
    form = MinutesForm(data={"body": known.body if known else "", "public": was_public})
    id = meeting.id
    if form.validate_on_submit():
        with transaction(asking="meetings.write-minutes", of=meeting):
            commands.keep_minutes(
                meeting,
                language=tag,
                body=form.body.data,
                public=bool(form.public.data),
                by=actor(),
            )
        flash(_("Saved."))
        return redirect(url_for("meetings.show", id=id, minutes=tag), 303)
    page = render_template(
        "meetings/minutes.html",
        meeting=meeting,
        said=meeting.said(current().tag),
        form=form,
        tag=tag,
        written_in=LANGUAGES[tag],
        others=[one for one in LANGUAGES.values() if one.tag != tag],
        was_public=was_public,
    )
    return page, 422 if form.errors else 200
