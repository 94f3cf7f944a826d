"""The certificate for who was at a training, as a PDF in the reader's language."""

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock, pdf
from app.core.errors import NotFound
from app.core.policy import require
from app.core.web import actor, guard
from app.core.web.languages import current
from app.meetings import queries
from app.meetings.models import Meeting, Seat
from app.meetings.queries import seats
from app.meetings.views import bp, words
from config import Settings


@bp.get("/seats/<string:token>/certificate.pdf")
@guard("meetings.certificate", seat=seats.by_token)
def certificate(seat: Seat) -> ResponseReturnValue:
    """Behind the private link."""
    return _file(seat)


@bp.get("/meetings/<int:id>/certificate.pdf")
@guard("meetings.my-certificate", meeting=queries.get)
def my_certificate(meeting: Meeting) -> ResponseReturnValue:
    """Of one's own account."""
    held = seats.of_person(meeting.id, actor().person_id)
    seat = None if held is None else seats.get(held.id)
    if seat is None:
        raise NotFound
    require("meetings.certificate", actor(), seat)
    return _file(seat)


def _file(seat: Seat) -> Response:
    meeting, language = seat.meeting, current()
    settings: Settings = current_app.config["SETTINGS"]
    made = pdf.render(
        "certificate",
        {
            "city": settings.city_name,
            "site": settings.site_name,
            "name": seat.name,
            "said": _("has taken part in this training:"),
            "training": meeting.said(language.tag).title,
            "lines": _lines(meeting),
            "small": _(
                "Issued by the platform after those in charge had recorded who was there. "
                "The training: %(address)s",
                address=settings.server_url.rstrip("/") + url_for("meetings.show", id=meeting.id),
            ),
        },
        language=language.tag,
        title=_("Certificate"),
        day=clock.local(meeting.ends_at).date(),
    )
    headers = {"Content-Disposition": f"attachment; filename=certificate-{meeting.id}.pdf"}
    return Response(made, mimetype="application/pdf", headers=headers)


def _lines(meeting: Meeting) -> list[str]:
    """When, how long, where, for which measure."""
    minutes = int((meeting.ends_at - meeting.starts_at).total_seconds()) // 60
    found = [
        words.when_plain(meeting),
        ngettext("%(num)s minute", "%(num)s minutes", minutes),
        *(_isolated(place) for place in words.where(meeting)),
    ]
    if meeting.measure is not None:
        found.append(_isolated(meeting.measure.title))
    return found


def _isolated(words_: str) -> str:
    """What has a direction of its own, inside a line of another."""
    return f"\u2068{words_}\u2069"
