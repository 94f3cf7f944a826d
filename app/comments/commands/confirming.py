"""A guest's words wait until the address they gave is confirmed; then they are a comment."""

import secrets
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from app.comments.commands.posting import Words, parent_of, post
from app.comments.models import Comment, Unconfirmed
from app.comments.queries import by_form, digest, unconfirmed
from app.core import clock
from app.core.db import db
from app.core.policy import ANYBODY
from app.rounds.models import Round


def keep_until_confirmed(
    target_id: int, round_: Round, words: Words, *, name: str, address: str, hours: int
) -> Unconfirmed | None:
    """Keep what a guest wrote. The same form sent again gives the same one.

    None where that was confirmed already: it is a comment by now.
    """
    now = clock.now()
    made = Unconfirmed(
        target_id=target_id,
        round_id=round_.id,
        parent_id=parent_of(target_id, words.parent_id),
        form_key=words.form_key,
        guest_key_hash=words.guest_key_hash or "",
        address_hash=unconfirmed.address_hash(address),
        name=name,
        stance=words.stance,
        body=words.body,
        language=words.language,
        at=now,
        expires_at=now + timedelta(hours=hours),
    )
    if by_form(target_id, words.form_key) is not None:
        return None
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        known = unconfirmed.by_form(target_id, words.form_key)
        if known is None:
            raise
        return known
    return made


def new_link(waiting: Unconfirmed) -> str:
    """The token for a mail. Links of earlier mails end: only the newest works."""
    token = secrets.token_urlsafe(32)
    waiting.confirm_key_hash = digest(token)
    return token


def change_address(waiting: Unconfirmed, address: str) -> None:
    """Another one, for it was mistyped; a link to the earlier one ends."""
    waiting.address_hash = unconfirmed.address_hash(address)
    waiting.confirm_key_hash = None


def confirm(waiting: Unconfirmed) -> Comment:
    """The address is right: now it is a comment, and waits for a moderator as every guest's.

    It was written in time, so it counts though the time to comment may be over since. Raises
    Conflict where the talk was ended or what it answers has gone.
    """
    words = Words(
        body=waiting.body,
        form_key=waiting.form_key,
        stance=waiting.stance,
        language=waiting.language,
        parent_id=waiting.parent_id,
    )
    made = post(waiting.target_id, waiting.round, words, by=ANYBODY.as_guest(waiting.name))
    made.guest_key_hash, made.address_hash = waiting.guest_key_hash, waiting.address_hash
    db.session.delete(waiting)
    return made


def discard(waiting: Unconfirmed) -> None:
    """Whoever wrote it, or whose address was misused for it, lets it go."""
    db.session.delete(waiting)
