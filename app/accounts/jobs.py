"""Mails with links, and what is forgotten after a while.

Whether an address is known is found out here and not in the request, so that neither the answer nor
the time it takes tells.
"""

from datetime import timedelta
from urllib.parse import urlencode

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import delete, exists, or_

from app.accounts import commands, queries
from app.accounts.models import MailLink, Person, Purpose, Role, Session
from app.core import clock, mail
from app.core.db import db
from app.core.jobs import job
from app.core.languages import LANGUAGES
from app.core.transactions import transaction
from config import Settings

ENDPOINTS = {
    Purpose.CONFIRM: "accounts.confirm",
    Purpose.SIGN_IN: "accounts.use_sign_in_link",
    Purpose.RESET: "accounts.reset_password",
    Purpose.CHANGE_EMAIL: "accounts.confirm_email",
    Purpose.DELETE: "accounts.delete_by_link",
}
FORGET_AFTER = timedelta(days=7)
"""A sign-up that was never confirmed, a link that was not used, a sign-in that has ended."""


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def compose(
    to: str, template: str, language: str, *, of: str = "accounts", **values: object
) -> None:
    """Queue a mail in the language. The first line of the feature's template is the subject."""
    known = LANGUAGES.get(language, LANGUAGES[_settings().default_language])
    with force_locale(known.locale):
        text = current_app.jinja_env.get_template(f"{of}/email/{template}.txt").render(
            site_name=_settings().site_name, contact_email=_settings().contact_email, **values
        )
    subject, _, body = text.strip().partition("\n")
    mail.queue(to, subject, body.strip() + "\n")


def address(endpoint: str, language: str, next: str = "", **values: str) -> str:
    """The full address of a page, also where no request says the host."""
    path = current_app.url_map.bind("").build(endpoint, {"lang": language, **values})
    query = f"?{urlencode({'next': next})}" if next else ""
    return f"{_settings().server_url.rstrip('/')}{path}{query}"


def compose_link(
    person: Person, purpose: Purpose, *, email: str, language: str, next: str = ""
) -> None:
    """Make a link and mail it to the address. Needs an open transaction."""
    minutes = _settings().link_minutes
    token = commands.make_link(person, purpose, email=email, minutes=minutes)
    url = address(ENDPOINTS[purpose], language, next, token=token)
    compose(email, purpose.value, language, url=url, minutes=minutes)


@job("accounts.sign-up")
def sign_up(email: str, display_name: str, language: str, next: str) -> None:
    """To a new address a link to confirm it; to a known one a word that it is known."""
    with transaction():
        person = queries.by_email(email)
        if person is None:
            person = commands.add_person(email=email, name=display_name, language=language)
        if person.email_confirmed_at is None:
            person.display_name = display_name
            compose_link(person, Purpose.CONFIRM, email=email, language=language, next=next)
        else:
            sign_in = address("accounts.sign_in", person.language)
            compose(email, "known", person.language, url=sign_in)


@job("accounts.send-link")
def send_link(email: str, purpose: str, language: str, next: str = "") -> None:
    """A link to the account of the address, or nothing where there is none."""
    with transaction():
        person = queries.by_email(email)
        if person is None:
            return
        wanted = Purpose(purpose) if person.email_confirmed_at is not None else Purpose.CONFIRM
        compose_link(person, wanted, email=email, language=language, next=next)


@job("accounts.change-email")
def change_email(person_id: int, email: str, language: str) -> None:
    """To the new address a link; where it belongs to another account, a word about it."""
    with transaction():
        person, holder = queries.get(person_id), queries.by_email(email)
        if person is None or person.deleted_at is not None:
            return
        if holder is None or holder.id == person.id or holder.email_confirmed_at is None:
            compose_link(person, Purpose.CHANGE_EMAIL, email=email, language=language)
        else:
            compose(email, "known", holder.language, url=address("accounts.sign_in", language))


@job("accounts.forget", every=timedelta(days=1))
def forget() -> None:
    """Links, sessions and sign-ups that are over."""
    now = clock.now()
    unused = now - timedelta(days=_settings().session_days)
    never_confirmed = (
        Person.email_confirmed_at.is_(None),
        Person.deleted_at.is_(None),
        Person.created_at < now - FORGET_AFTER,
        ~exists().where(or_(Role.person_id == Person.id, Role.granted_by_id == Person.id)),
        ~exists().where(Session.person_id == Person.id),
        ~exists().where(MailLink.person_id == Person.id),
    )
    with transaction():
        db.session.execute(delete(MailLink).where(MailLink.expires_at < now - FORGET_AFTER))
        db.session.execute(
            delete(Session).where(
                or_(Session.ended_at < now - FORGET_AFTER, Session.last_used_at < unused)
            )
        )
        db.session.execute(
            delete(Person).where(*never_confirmed), execution_options={"synchronize_session": False}
        )
