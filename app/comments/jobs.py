"""Mails to guests, and what is forgotten after a while."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, update

from app.accounts.jobs import address, compose
from app.comments import commands
from app.comments.models import Comment, Unconfirmed
from app.comments.queries import unconfirmed
from app.core import clock
from app.core.db import db
from app.core.jobs import job
from app.core.transactions import transaction


@job("comments.ask-to-confirm")
def ask_to_confirm(unconfirmed_id: int, email: str, language: str) -> None:
    """Mail a link. Not a word of what was written: the address may be somebody else's.

    Nothing where it was confirmed, or another address given, in the meantime.
    """
    with transaction():
        waiting = unconfirmed.get(unconfirmed_id)
        if waiting is None or waiting.address_hash != unconfirmed.address_hash(email):
            return
        url = address("comments.confirm", language, token=commands.new_link(waiting))
        hours = current_app.config["SETTINGS"].guest_confirm_hours
        compose(email, "confirm", language, of="comments", url=url, hours=hours)


@job("comments.forget", every=timedelta(hours=1))
def forget() -> None:
    """What was not confirmed in time; hashes of guests' addresses after the time that is set."""
    now = clock.now()
    days = current_app.config["SETTINGS"].retention_guest_address_days
    with transaction():
        db.session.execute(delete(Unconfirmed).where(Unconfirmed.expires_at <= now))
        db.session.execute(
            update(Comment)
            .where(Comment.address_hash.is_not(None), Comment.at < now - timedelta(days=days))
            .values(address_hash=None)
            .execution_options(synchronize_session=False)
        )
