"""What guests have written and not confirmed yet, and comments by a confirmed address."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.comments.models import Comment, Unconfirmed
from app.comments.queries import by_guest_key, digest
from app.core import clock
from app.core.db import db
from app.core.pseudonyms import pseudonym
from app.rounds.models import Round

MOST = 20


def address_hash(email: str) -> str:
    """What is kept of an address, in whatever case it was typed."""
    return pseudonym("guest-address", email.strip().lower())


def behind(key: str) -> Comment | Unconfirmed | None:
    """What a guest's private link leads to: the comment, or what waits for its confirmation."""
    return by_guest_key(key) or by_private_link(key)


def by_private_link(key: str) -> Unconfirmed | None:
    """What waits, of a private link; fresh."""
    return _one(Unconfirmed.guest_key_hash == digest(key))


def by_mailed_link(key: str) -> Unconfirmed | None:
    """What waits, of the link in the newest mail; fresh."""
    return _one(Unconfirmed.confirm_key_hash == digest(key))


def get(id: int) -> Unconfirmed | None:
    return _one(Unconfirmed.id == id)


def by_form(target_id: int, form_key: str) -> Unconfirmed | None:
    """What this form has already left."""
    return _one(Unconfirmed.target_id == target_id, Unconfirmed.form_key == form_key)


def _one(*where: ColumnElement[bool]) -> Unconfirmed | None:
    """With its round, dialogue and windows, unless its time is over."""
    return db.session.scalar(
        select(Unconfirmed)
        .options(
            joinedload(Unconfirmed.round).joinedload(Round.dialogue),
            joinedload(Unconfirmed.round).selectinload(Round.windows),
        )
        .where(*where, Unconfirmed.expires_at > clock.now())
        .execution_options(populate_existing=True)
    )


def address_of(person_id: int | None) -> str | None:
    """The hash of a person's confirmed address."""
    person = db.session.get(Person, person_id) if person_id is not None else None
    if person is None or person.email is None or person.email_confirmed_at is None:
        return None
    return address_hash(person.email)


def with_my_address(person_id: int) -> Sequence[Comment]:
    """The newest comments that were written without an account and confirmed by this address."""
    mine = address_of(person_id)
    if mine is None:
        return []
    return db.session.scalars(
        select(Comment).where(Comment.address_hash == mine).order_by(Comment.id.desc()).limit(MOST)
    ).all()
