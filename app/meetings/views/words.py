"""What is said of a meeting in lists and on its page."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.core import clock
from app.core.districts import DISTRICTS
from app.core.languages import SPOKEN
from app.core.web.context import isolate, localdate, localtime
from app.meetings.models import Meeting
from app.meetings.queries import Places
from app.meetings.states import ACCESS, KINDS, Access, MeetingState


def when(meeting: Meeting) -> Markup:
    """Monday, 3 May 2027, 18:00 to 20:00; over midnight with both days."""
    return isolate(when_plain(meeting))


def when_plain(meeting: Meeting) -> str:
    start, end = clock.local(meeting.starts_at), clock.local(meeting.ends_at)
    first = localdate(meeting.starts_at, "full")
    if start.date() == end.date():
        return _(
            "%(day)s, %(start)s to %(end)s",
            day=first,
            start=localtime(meeting.starts_at),
            end=localtime(meeting.ends_at),
        )
    return _(
        "%(start)s to %(end)s",
        start=f"{first}, {localtime(meeting.starts_at)}",
        end=f"{localdate(meeting.ends_at)}, {localtime(meeting.ends_at)}",
    )


def where(meeting: Meeting) -> list[str]:
    """Place, district, whether one can take part online: what there is of it."""
    found = [meeting.place] if meeting.place else []
    if meeting.district in DISTRICTS:
        found.append(DISTRICTS[meeting.district])
    if meeting.online_url:
        found.append(_("online"))
    return found


def spoken(meeting: Meeting) -> list[str]:
    return [SPOKEN[tag] for tag in meeting.spoken if tag in SPOKEN]


def access(meeting: Meeting) -> list[str]:
    return [str(ACCESS[one]) for one in Access if one.value in meeting.access]


def room(meeting: Meeting, found: Places) -> str:
    """How many places are free; nothing where one cannot sign up."""
    if meeting.state is not MeetingState.PUBLISHED or clock.now() >= meeting.starts_at:
        return ""
    if meeting.capacity is None:
        return _("There is room for everybody.")
    free = meeting.capacity - found.taken
    if free > 0:
        return ngettext("%(num)s place is free", "%(num)s places are free", free)
    return _("No place is free: there is a waiting list")


def badges(meeting: Meeting) -> list[tuple[Any, str]]:
    """Kind, and what is special about it."""
    found: list[tuple[Any, str]] = [(KINDS[meeting.kind], "info")]
    if meeting.state is MeetingState.DRAFT:
        found.append((_("Draft"), "warning"))
    elif meeting.state is MeetingState.CANCELLED:
        found.append((_("cancelled"), "danger"))
    elif clock.now() >= meeting.ends_at:
        found.append((_("over"), "plain"))
    return found


def line(meeting: Meeting) -> Markup:
    """When and where, as one line of a list."""
    parts = [when(meeting), *(isolate(one) for one in where(meeting))]
    return Markup(" · ").join(parts)
