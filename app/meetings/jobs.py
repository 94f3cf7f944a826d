"""Mails to those without an account, what lapses, and what is forgotten.

Of who signs up only the number of the place stands in a job, so that a deleted address is deleted.
"""

from datetime import timedelta

from flask import current_app
from flask_babel import force_locale

from app.core import clock, mail
from app.core.db import db
from app.core.jobs import enqueue, job
from app.core.languages import LANGUAGES
from app.core.transactions import transaction
from app.core.web.context import localdatetime
from app.meetings import commands, queries
from app.meetings.models import Seat
from app.meetings.queries import seats
from app.meetings.states import HOLDING, SeatState
from config import Settings

CHUNK = 200  # short transactions: nobody waits long at the write gate


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


@job("meetings.mail")
def write_mail(seat_id: int, template: str) -> None:
    """One mail to who holds the place, in the language in which they signed up."""
    db.session.rollback()
    with transaction():
        seat = seats.get(seat_id)
        if seat is None or seat.email is None:
            return
        known = LANGUAGES.get(seat.language, LANGUAGES[_settings().default_language])
        with force_locale(known.locale):
            subject, text = _words(seat, template, known.tag)
        mail.queue(seat.email, subject, text)


def _words(seat: Seat, template: str, language: str) -> tuple[str, str]:
    meeting = seat.meeting
    file = current_app.jinja_env.get_template(f"meetings/email/{template}.txt")
    text = file.render(
        site_name=_settings().site_name,
        meeting=meeting,
        seat=seat,
        title=meeting.said(language).title,
        url=address("meetings.seat", language, token=seats.token_of(seat)),
        page=address("meetings.show", language, id=meeting.id),
        when=localdatetime(meeting.starts_at),
        until=localdatetime(seat.expires_at),
    )
    subject, _, body = text.strip().partition("\n")
    return subject, body.strip() + "\n"


def address(endpoint: str, language: str, **values: object) -> str:
    """The full address of a page, also where no request says the host."""
    path = current_app.url_map.bind("").build(endpoint, {"lang": language, **values})
    return f"{_settings().server_url.rstrip('/')}{path}"


@job("meetings.tell")
def tell(meeting_id: int, template: str, about: str) -> None:
    """A mail to everybody without an account who signed up for sure. Again: nobody twice."""
    ids = [
        seat.id
        for seat in seats.confirmed(meeting_id)
        if seat.state in HOLDING and seat.email is not None
    ]
    for start in range(0, len(ids), CHUNK):
        with transaction():
            for id in ids[start : start + CHUNK]:
                enqueue("meetings.mail", key=f"{about}:{id}", seat_id=id, template=template)


@job("meetings.remind", every=timedelta(minutes=5))
def remind() -> None:
    """MEETING_REMINDER_HOURS before a meeting, later after an outage, never once it has begun."""
    before = timedelta(hours=_settings().meeting_reminder_hours)
    for id in seats.meetings_to_remind(before):
        with transaction():
            meeting = queries.locked(id)
            if meeting is not None:
                commands.remind(meeting, before=before)


@job("meetings.remind-each")
def remind_each(meeting_id: int, about: str) -> None:
    """Everybody without an account who has a place. Again: nobody twice."""
    ids = [
        seat.id
        for seat in seats.confirmed(meeting_id)
        if seat.state is SeatState.PLACE and seat.email is not None
    ]
    for start in range(0, len(ids), CHUNK):
        with transaction():
            for id in ids[start : start + CHUNK]:
                enqueue("meetings.remind-one", key=f"{about}:{id}", seat_id=id)


@job("meetings.remind-one")
def remind_one(seat_id: int) -> None:
    """Written and sent at once: while no mail server answered the meeting may have begun, been
    cancelled, or the place given back."""
    seat = seats.get(seat_id)
    if seat is None or seat.email is None or not seats.is_coming(seat):
        return
    known = LANGUAGES.get(seat.language, LANGUAGES[_settings().default_language])
    with force_locale(known.locale):
        subject, text = _words(seat, "reminder", known.tag)
    mail.send(seat.email, subject, text)


@job("meetings.lapse", every=timedelta(minutes=5))
def lapse() -> None:
    """What nobody confirmed in time; whoever waits moves up."""
    for id in seats.meetings_with_overdue():
        with transaction():
            meeting = queries.locked(id)
            if meeting is not None:
                commands.lapse(meeting)


@job("meetings.forget", every=timedelta(days=1))
def forget() -> None:
    """RETENTION_MEETING_DAYS after a meeting its names and addresses go; the log says how many."""
    before = clock.now() - timedelta(days=_settings().retention_meeting_days)
    for id in seats.meetings_to_forget(before):
        with transaction():
            meeting = queries.locked(id)
            if meeting is not None:
                commands.forget_seats(meeting)
