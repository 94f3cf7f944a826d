"""One-time links sent by mail."""

import secrets
from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import update

from app.accounts.models import MailLink, Person, Purpose
from app.accounts.queries import FoundLink, digest, usable_link
from app.core import clock
from app.core.db import db
from app.core.errors import AppError


class LinkGone(AppError):
    """Used, too old, or never sent: the answer does not say which."""

    status = 410
    title = _("This link cannot be used any more")
    default = _("Each link works once and only for a short time. You can ask for a new one.")


def make_link(person: Person, purpose: Purpose, *, email: str, minutes: int) -> str:
    """A new link for the person, bound to an address; returns the token for the mail.

    Older links of the same purpose end, so that only the last mail works.
    """
    end_links(person, purpose)
    token = secrets.token_urlsafe(32)
    db.session.add(
        MailLink(
            token_hash=digest(token),
            purpose=purpose,
            person_id=person.id,
            email=email,
            expires_at=clock.now() + timedelta(minutes=minutes),
        )
    )
    return token


def use_link(token: str, purpose: Purpose) -> FoundLink:
    """Use the link up: of two at once only one gets it. Raises LinkGone."""
    found = usable_link(token, purpose, lock=True)
    if found is None:
        raise LinkGone
    found.link.used_at = clock.now()
    return found


def end_links(person: Person, *purposes: Purpose) -> None:
    """Links already sent for these purposes (for all, where none is named) do not work any more."""
    ended = update(MailLink).where(MailLink.person_id == person.id, MailLink.used_at.is_(None))
    if purposes:
        ended = ended.where(MailLink.purpose.in_(purposes))
    db.session.execute(ended.values(used_at=clock.now()))
