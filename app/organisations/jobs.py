"""The mail with an invitation, and what is forgotten after a while."""

import logging
from datetime import timedelta

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import delete

from app.accounts.jobs import address
from app.accounts.queries import by_email
from app.core import clock, mail
from app.core.db import db
from app.core.jobs import job
from app.core.languages import LANGUAGES
from app.core.transactions import transaction
from app.organisations.forms import ROLES
from app.organisations.models import Invitation, Organisation, Release
from config import Settings

log = logging.getLogger(__name__)

FORGET_AFTER = timedelta(days=90)


def compose(
    invitation: Invitation, organisation: Organisation, token: str, *, inviter: str, language: str
) -> None:
    """Queue the mail, in the invitee's language where they have an account. Needs a transaction."""
    settings: Settings = current_app.config["SETTINGS"]
    person = by_email(invitation.email)
    tag = person.language if person is not None and person.language in LANGUAGES else language
    with force_locale(LANGUAGES[tag].locale):
        text = current_app.jinja_env.get_template("organisations/email/invitation.txt").render(
            site_name=settings.site_name,
            organisation=mail.one_line(organisation.name),
            inviter=mail.one_line(inviter),
            role=ROLES[invitation.role],
            url=address("organisations.accept", tag, token=token),
            days=settings.invitation_days,
        )
    subject, _, body = text.strip().partition("\n")
    mail.queue(invitation.email, subject, body.strip() + "\n")


@job("organisations.forget-invitations", every=timedelta(days=1))
def forget() -> None:
    """Invitations, and the addresses in them, once they have been over for long."""
    with transaction():
        db.session.execute(
            delete(Invitation).where(Invitation.expires_at < clock.now() - FORGET_AFTER)
        )


@job("organisations.forget-releases", every=timedelta(days=1))
def forget_releases() -> None:
    """What was typed in an organisation's name, once a second person has decided about it for long.

    What came of it stands where it was published; the log says that it was decided, and by whom.
    """
    settings: Settings = current_app.config["SETTINGS"]
    before = clock.now() - timedelta(days=settings.retention_release_days)
    with transaction():
        found = db.session.execute(delete(Release).where(Release.decided_at < before))
        log.info("%s decided releases deleted", found.rowcount)  # type: ignore[attr-defined]  # CursorResult
