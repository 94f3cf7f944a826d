"""Changes to accounts."""

import secrets

from app.accounts.models import Person, Session
from app.accounts.queries import digest
from app.core import clock
from app.core.db import db


def start_session(person: Person) -> str:
    """Sign the person in on a new browser; returns the token, which is stored only as a hash."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        Session(token_hash=digest(token), person_id=person.id, created_at=now, last_used_at=now)
    )
    person.last_seen_at = now
    return token
