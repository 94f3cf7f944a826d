"""Mails to those without an account, what is late, what is forgotten.

Only the number of the question stands in a job, so that a deleted address is deleted.
"""

from datetime import timedelta

from flask import current_app
from flask_babel import force_locale

from app.core import clock, mail
from app.core.db import db
from app.core.jobs import job
from app.core.languages import LANGUAGES
from app.core.text.markdown import to_plain
from app.core.transactions import transaction
from app.enquiries import commands, queries
from app.enquiries.models import Enquiry
from app.enquiries.states import EnquiryState
from config import Settings


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


@job("enquiries.mail")
def write_mail(enquiry_id: int, template: str) -> None:
    """`confirm` goes to the address that was typed, `answered` only to one that was confirmed."""
    db.session.rollback()
    with transaction():
        enquiry = queries.get(enquiry_id)
        if enquiry is None or enquiry.email is None:
            return
        if template == "answered" and enquiry.email_confirmed_at is None:
            return
        known = LANGUAGES.get(enquiry.language, LANGUAGES[_settings().default_language])
        with force_locale(known.locale):
            subject, text = _words(enquiry, template, known.tag)
        mail.queue(enquiry.email, subject, text)


def _words(enquiry: Enquiry, template: str, language: str) -> tuple[str, str]:
    page, purpose = (
        ("confirm", queries.MAIL) if template == "confirm" else ("private", queries.LINK)
    )
    path = current_app.url_map.bind("").build(
        f"enquiries.{page}", {"lang": language, "token": queries.token_of(enquiry, purpose)}
    )
    file = current_app.jinja_env.get_template(f"enquiries/email/{template}.txt")
    text = file.render(
        title=enquiry.box.title,
        url=f"{_settings().server_url.rstrip('/')}{path}",
        reply=to_plain(enquiry.reply),
        aside=enquiry.state is EnquiryState.SET_ASIDE,
    )
    subject, _, body = text.strip().partition("\n")
    return subject, body.strip() + "\n"


@job("enquiries.forget", every=timedelta(days=1))
def forget() -> None:
    """RETENTION_ENQUIRY_DAYS after the answer; the log says how many."""
    days = _settings().retention_enquiry_days
    with transaction():
        commands.forget(queries.to_forget(clock.now() - timedelta(days=days)))
