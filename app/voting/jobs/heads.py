"""The head of the chain, once a day on the page and to the partner organisations."""

from datetime import date, timedelta

from flask import current_app
from flask_babel import force_locale
from sqlalchemy.exc import IntegrityError

from app.accounts.jobs import address
from app.accounts.models import Person
from app.core import clock, mail
from app.core.db import db
from app.core.jobs import enqueue, job
from app.core.languages import LANGUAGES
from app.core.transactions import transaction
from app.core.web.context import localdate
from app.voting import commands, queries
from app.voting.queries import proof
from config import Settings

CHUNK = 200


@job("voting.publish-heads", every=timedelta(hours=1))
def publish_heads() -> None:
    """Once a day for each question; a day on which nothing ran stays without one."""
    day = clock.today()
    try:
        with transaction():
            for question_id in commands.publish_heads(day):
                enqueue(
                    "voting.mail-head",
                    key=f"voting.mail-head:{question_id}:{day}",
                    question_id=question_id,
                    day=day.isoformat(),
                )
    except IntegrityError:  # another worker was first, and has written all of it
        db.session.rollback()


@job("voting.mail-head")
def mail_head(question_id: int, day: str) -> None:
    """A mail to each who represents an accredited organisation, once."""
    question = queries.get(question_id)
    head = proof.head_of(question_id, date.fromisoformat(day))
    if question is None or head is None:
        return
    title, value, on = question.title, head.head, head.day
    people = proof.partners(question.round.dialogue_id)
    for start in range(0, len(people), CHUNK):
        with transaction(of=head):  # a second worker waits here, and finds the mails written
            for person in people[start : start + CHUNK]:
                subject, text = _letter(person, question_id, title, value, on)
                enqueue(
                    "core.send-mail",
                    key=f"head:{question_id}:{day}:{person.id}",
                    to=person.email,
                    subject=mail.one_line(subject),
                    text=text,
                )


def _letter(person: Person, question_id: int, title: str, head: str, day: date) -> tuple[str, str]:
    settings: Settings = current_app.config["SETTINGS"]
    known = LANGUAGES.get(person.language, LANGUAGES[settings.default_language])
    with force_locale(known.locale):
        text = current_app.jinja_env.get_template("voting/email/head.txt").render(
            title=title,
            head=head,
            day=localdate(day),
            url=address("voting.show", known.tag, id=str(question_id)),
            site_name=settings.site_name,
            contact_email=settings.contact_email,
        )
    subject, _, body = text.strip().partition("\n")
    return subject, body.strip() + "\n"
