"""Meetings as everybody reads them."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.comments.forms import language_name
from app.core import clock, pdf
from app.core.errors import SignInFirst
from app.core.policy import verdict
from app.core.text.markdown import to_html
from app.core.web import actor, can, guard
from app.core.web.languages import current
from app.core.web.shared import shared_by_strangers
from app.meetings import queries
from app.meetings.forms import FilterForm
from app.meetings.models import Meeting, Minutes
from app.meetings.queries import Places, seats
from app.meetings.queries.listing import listing
from app.meetings.states import MeetingKind, SeatState
from app.meetings.views import bp, words
from app.notifications import queries as notifications
from app.rounds import queries as rounds


@bp.get("/meetings")
@shared_by_strangers
@guard("meetings.index")
def index() -> ResponseReturnValue:
    """What comes next, or what was; by kind, place, language and time."""
    form = FilterForm(request.args)
    form.validate()
    past = request.args.get("past") == "1"
    found = listing(form.wanted(past=past), request.args.get("after", ""))
    given: dict[str, Any] = {
        name: value for name, value in request.args.items() if name in form.data and value
    }
    time: dict[str, Any] = {"past": "1"} if past else {}
    me = actor().person_id
    return render_template(
        "meetings/index.html",
        form=form,
        found=found,
        past=past,
        filtered=bool(given),
        rows=_rows(found.items),
        tabs=[
            {"label": words_, "url": url_for("meetings.index", **given, **extra), "current": now}
            for words_, extra, now in _tabs(past)
        ],
        mine=[(one, one.meeting.said(current().tag)) for one in seats.mine(me)] if me else [],
        when=words.when,
        next_url=url_for("meetings.index", **given, **time, after=found.following)
        if found.following
        else "",
    )


def _tabs(past: bool) -> list[tuple[Any, dict[str, Any], bool]]:
    return [(_("To come"), {}, not past), (_("Past"), {"past": "1"}, past)]


def _rows(meetings: list[Meeting]) -> list[dict[str, Any]]:
    """Each with its title in the reader's language, when and where, and what room there is."""
    room = queries.places([one.id for one in meetings])
    return [
        {
            "said": one.said(current().tag),
            "url": url_for("meetings.show", id=one.id),
            "line": words.line(one),
            "badges": words.badges(one),
            "room": words.room(one, room.get(one.id, Places())),
            "spoken": words.spoken(one),
        }
        for one in meetings
    ]


@bp.get("/meetings/<int:id>")
@shared_by_strangers
@guard("meetings.show", meeting=queries.get)
def show(meeting: Meeting) -> ResponseReturnValue:
    """What it is, when and where, how to come; afterwards what was said and how many were there."""
    said = meeting.said(current().tag)
    may = verdict("meetings.sign-up", actor(), meeting)
    joins = verdict("meetings.join", actor(), meeting)
    manages = can("meetings.manage", meeting)
    places = queries.places([meeting.id])[meeting.id]
    held = seats.of_person(meeting.id, actor().person_id)
    minutes = queries.minutes(meeting.id, public=not manages)
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        said=said,
        description=to_html(said.description),
        when=words.when(meeting),
        where=words.where(meeting),
        spoken=words.spoken(meeting),
        access=words.access(meeting),
        badges=words.badges(meeting),
        room=words.room(meeting, places),
        places=places,
        may_sign_up=may is True,
        joins=joins is True,
        join_refused="" if joins is True or joins.error is SignInFirst else joins.message,
        seat=held,
        waits=held is not None and held.state is SeatState.WAITING,
        link=meeting.online_url
        if manages or (held is not None and held.state is SeatState.PLACE)
        else "",
        manages=manages,
        may_edit=manages and can("meetings.edit", meeting),
        may_publish=manages and can("meetings.publish", meeting),
        may_cancel=manages and can("meetings.cancel", meeting),
        may_record=manages and can("meetings.record-attendance", meeting),
        may_write=manages and can("meetings.write-minutes", meeting),
        may_bring_in=manages and _takes_proposals(meeting),
        minutes=_chosen(minutes),
        others=minutes,
        language_name=language_name,
        attended=seats.attended(meeting.id) + meeting.walk_ins
        if meeting.attendance_at is not None
        else None,
        certificate=pdf.available()
        and held is not None
        and held.attended is True
        and meeting.kind is MeetingKind.TRAINING,
        following=notifications.follows(actor().person_id, meeting.id),
    )


def _takes_proposals(meeting: Meeting) -> bool:
    """Whether what was proposed there can be entered into its round."""
    if meeting.round_id is None or clock.now() < meeting.starts_at:
        return False
    round_ = rounds.get(meeting.round_id)
    return round_ is not None and can("meetings.bring-in-proposal", round_)


def _chosen(minutes: list[Minutes]) -> tuple[Minutes, Any] | None:
    """The minutes in the language that is asked for, else the reader's, else any."""
    if not minutes:
        return None
    asked = request.args.get("minutes", current().tag)
    by_language = {one.language: one for one in minutes}
    found = by_language.get(asked) or by_language.get(current().tag) or minutes[0]
    return found, to_html(found.body)
