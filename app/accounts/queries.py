"""Reading accounts."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person, Session
from app.core.db import db


def digest(token: str) -> str:
    """What is stored of a random token: enough to recognise it, useless to a thief."""
    return hashlib.sha256(token.encode()).hexdigest()


def get(id: int) -> Person | None:
    return db.session.get(Person, id)


def by_email(email: str) -> Person | None:
    """The account of an address, in whatever case it was typed."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def open_session(token: str, *, since: datetime) -> Session | None:
    """The sign-in with this token, its person loaded, unless ended or unused since `since`."""
    return db.session.scalar(
        select(Session)
        .options(joinedload(Session.person))
        .where(
            Session.token_hash == digest(token),
            Session.ended_at.is_(None),
            Session.last_used_at > since,
        )
        .execution_options(populate_existing=True)
    )
