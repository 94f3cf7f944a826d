"""Meetings in the reader's own calendar."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.text.ical import Entry, calendar
from app.core.web import guard
from app.core.web.languages import current
from app.meetings import queries
from app.meetings.models import Meeting
from app.meetings.queries.listing import in_calendar
from app.meetings.states import MeetingState
from app.meetings.views import bp, words
from config import Settings


@bp.get("/meetings/calendar.ics")
@guard("meetings.index")
def all_in_calendar() -> ResponseReturnValue:
    """A calendar to subscribe to."""
    settings: Settings = current_app.config["SETTINGS"]
    name = _("Meetings of %(site)s", site=settings.site_name)
    return _file(name, in_calendar(), "meetings.ics")


@bp.get("/meetings/<int:id>/calendar.ics")
@guard("meetings.show", meeting=queries.get)
def in_my_calendar(meeting: Meeting) -> ResponseReturnValue:
    name = meeting.said(current().tag).title
    return _file(name, [meeting], f"meeting-{meeting.id}.ics")


def _file(name: str, meetings: Iterable[Meeting], filename: str) -> ResponseReturnValue:
    headers = {"Content-Disposition": f"inline; filename={filename}"}
    text = calendar(name, [_entry(one) for one in meetings])
    return Response(text, mimetype="text/calendar", headers=headers)


def _entry(meeting: Meeting) -> Entry:
    """One that is cancelled stays, so that programs which took it over learn of it."""
    base = current_app.config["SETTINGS"].server_url.rstrip("/")
    cancelled = meeting.state is MeetingState.CANCELLED
    title = meeting.said(current().tag).title
    return Entry(
        uid=f"meeting-{meeting.id}@{urlsplit(base).hostname}",
        title=_("Cancelled: %(title)s", title=title) if cancelled else title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        changed_at=meeting.changed_at,
        sequence=meeting.moves + cancelled,
        text=meeting.cancel_reason,
        url=base + url_for("meetings.show", id=meeting.id),
        place=", ".join(words.where(meeting)),
        status="CANCELLED" if cancelled else "CONFIRMED",
    )
