"""Signing in and out: a row for each browser."""

import secrets

from sqlalchemy import update

from app.accounts.events import SessionsEnded
from app.accounts.models import Person, Session
from app.accounts.queries import digest
from app.core import clock
from app.core.db import db
from app.core.events import emit
from app.core.policy import Actor


def start_session(person: Person) -> str:
    """Sign the person in on a new browser; returns the token, which is stored only as a hash."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        Session(token_hash=digest(token), person_id=person.id, created_at=now, last_used_at=now)
    )
    person.last_seen_at = now
    return token


def end_session(token: str) -> None:
    """Sign out in one browser."""
    db.session.execute(
        update(Session)
        .where(Session.token_hash == digest(token), Session.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def end_sessions(person: Person, *, by: Actor, but: str | None = None) -> None:
    """Sign the person out everywhere, or everywhere but in the browser with the token `but`."""
    ended = update(Session).where(Session.person_id == person.id, Session.ended_at.is_(None))
    if but is not None:
        ended = ended.where(Session.token_hash != digest(but))
    db.session.execute(ended.values(ended_at=clock.now()))
    emit(SessionsEnded(by=by, person_id=person.id))
