"""Telling many, and writing mails."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask import current_app, g, url_for
from flask_babel import refresh

from app.core import clock
from app.core import mail as outbox
from app.core.jobs import job
from app.core.languages import LANGUAGES
from app.core.transactions import transaction
from app.enquiries import queries as enquiries
from app.meetings.queries import seats
from app.notifications import commands, queries
from app.notifications.models import Notice
from app.notifications.queries import Entry
from app.notifications.states import SENTENCES, TAKEN_AWAY, Kind
from app.organisations import queries as organisations
from app.rounds import queries as rounds
from app.voting import queries as votes
from config import Settings

REMIND_AGAIN = timedelta(days=3)

CHUNK = 200  # short transactions: nobody waits long at the write gate


@job("notifications.fan-out")
def fan_out(
    kind: str,
    subject_id: int,
    notice_key: str,
    people: list[int],
    following: list[int],
    but: int | None,
    until: str,
) -> None:
    """Tell these people and everybody who followed then. Running again tells nobody twice."""
    for start in range(0, len(people), CHUNK):
        with transaction():
            commands.notify(people[start : start + CHUNK], kind, subject_id, notice_key)
    last = 0
    then = datetime.fromisoformat(until)
    while some := queries.followers(following, until=then, after=last, most=CHUNK):
        last = some[-1]
        with transaction():
            commands.notify((p for p in some if p != but), kind, subject_id, notice_key)


@job("notifications.mail")
def mail(notice_ids: list[int]) -> None:
    """One plain mail for each notice of somebody who wants mails."""
    wanted = queries.mailed(notice_ids)
    for start in range(0, len(wanted), CHUNK):
        with transaction():
            for notice_id in wanted[start : start + CHUNK]:
                commands.queue_mail(notice_id)


@job("notifications.send")
def send(notice_id: int) -> None:
    """Write the mail and send it at once, in the language of its person.

    It is written as late as this, so that what was hidden in the meantime, also while no mail
    server answered, is in no mail.
    """
    found = queries.letter(notice_id)
    if found is None or _is_past(found.notice):
        return
    with speaking(found.language if found.language in LANGUAGES else "de"):
        subject, text = _words(queries.entry(found.notice))
    outbox.send(found.email, outbox.one_line(subject), text)


def _is_past(notice: Notice) -> bool:
    """Nobody is reminded of what has begun, or has no place at any more."""
    soon = notice.kind is Kind.MEETING_SOON
    return soon and not seats.still_coming(notice.subject_id, notice.person_id)


def _words(entry: Entry) -> tuple[str, str]:
    settings: Settings = current_app.config["SETTINGS"]
    sentence = str(SENTENCES[entry.notice.kind])
    if entry.about is not None and not entry.about.visible and entry.notice.kind in TAKEN_AWAY:
        entry = entry._replace(about=entry.about._replace(title=""))
    text = current_app.jinja_env.get_template("notifications/email/notice.txt").render(
        sentence=sentence,
        title=entry.about.title if entry.about else "",
        url=_absolute(address(entry)),
        settings=_absolute(url_for("notifications.following")),
        site_name=settings.site_name,
    )
    title = f": {entry.about.title}" if entry.about and entry.about.title else ""
    return f"{sentence}{title}", text


def address(entry: Entry) -> str:
    """Where one reads more: the thing itself, a comment by its own address, else the inbox."""
    if entry.about is None:
        return url_for("notifications.inbox")
    if entry.notice.kind is Kind.ENQUIRY_ANSWERED:
        return url_for("enquiries.own", id=entry.notice.subject_id)
    if entry.notice.kind in (Kind.SECOND_NEEDED, Kind.SECOND_ANSWERED):
        return url_for("moderation.requests_about", id=entry.notice.subject_id)
    if entry.notice.kind in (Kind.CORRECTION_WAITS, Kind.CORRECTION_REFUSED):
        return url_for("answers.versions", id=entry.notice.subject_id)
    if entry.notice.kind in (Kind.MODERATED, Kind.SHORTENED):
        return url_for("moderation.reasons", id=entry.notice.subject_id)
    if entry.notice.kind in (Kind.RELEASE_ASKED, Kind.RELEASE_DECIDED):
        return url_for("organisations.releases", id=entry.notice.subject_id)
    return entry.about.url


def _absolute(path: str) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return f"{settings.server_url.rstrip('/')}{path}"


@job("notifications.draws", every=timedelta(hours=1))
def remind_of_draws() -> None:
    """A vote is counted only when its drawn value is entered: the dialogue's moderators are told
    when it is published, and again as long as it waits.
    """
    now = clock.now()
    for question in votes.draws_due(now):
        published = datetime.fromisoformat((question.lot or {})["published"])
        times = (now - published) // REMIND_AGAIN
        with transaction():
            commands.tell(
                Kind.DRAW_DUE,
                question.id,
                f"{Kind.DRAW_DUE}:{question.id}:{times}",
                people=[one.id for one in rounds.moderators(question.round.dialogue_id)],
            )


@job("notifications.late-questions", every=timedelta(days=1))
def remind_of_questions() -> None:
    """Once the day that was promised has passed, the people of the unit are told, once."""
    for enquiry_id, unit_id in enquiries.late():
        with transaction():
            commands.tell(
                Kind.ENQUIRY_LATE,
                enquiry_id,
                f"{Kind.ENQUIRY_LATE}:{enquiry_id}",
                people=[one.id for one in organisations.unit_people(unit_id)],
            )


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Texts and addresses as in a request of that language."""
    settings: Settings = current_app.config["SETTINGS"]
    with current_app.test_request_context(base_url=settings.server_url):
        before = g.get("language_tag")
        g.language_tag = language
        refresh()
        try:
            yield
        finally:
            if before is None:
                g.pop("language_tag")
            else:
                g.language_tag = before
            refresh()
