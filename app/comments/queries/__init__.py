"""Reading comments: one, who may read it, one's own."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from app.comments.models import Comment, HelpfulMark
from app.comments.queries.targets import readable
from app.core.blocks import Quote
from app.core.db import db
from app.core.policy import ANYBODY, Actor
from app.core.states import Visibility
from app.rounds.models import Round

PAGE = 20


def get(id: int) -> Comment | None:
    """A comment with its author, organisation, round, dialogue and windows, fresh."""
    return db.session.scalar(_whole().where(Comment.id == id))


def many(ids: Iterable[int]) -> dict[int, Comment]:
    """The same of several, in two statements."""
    rows = db.session.scalars(_whole().where(Comment.id.in_(list(ids))))
    return {found.id: found for found in rows}


def _whole() -> Select[tuple[Comment]]:
    return (
        select(Comment)
        .options(
            joinedload(Comment.author),
            joinedload(Comment.organisation),
            joinedload(Comment.lock),
            joinedload(Comment.quote).joinedload(Quote.block),
            joinedload(Comment.round).joinedload(Round.dialogue),
            joinedload(Comment.round).selectinload(Round.windows),
        )
        .execution_options(populate_existing=True)
    )


def finds_helpful(comment_id: int, person_id: int | None) -> bool:
    """Whether the person has marked it; a stranger has not, without asking."""
    if person_id is None:
        return False
    return db.session.get(HelpfulMark, (comment_id, person_id)) is not None


def digest(key: str) -> str:
    """What is kept of a guest's private link: enough to recognise it, useless to a thief."""
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()


def by_guest_key(key: str) -> Comment | None:
    """The comment of a private link, as `get` has it."""
    found = db.session.scalar(select(Comment.id).where(Comment.guest_key_hash == digest(key)))
    return get(found) if found is not None else None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Whose text the actor may read.

    What is visible is read by whoever may read what it stands under; the moderators of the
    dialogue read held and hidden ones there too. One's own, and one's organisation's, always.
    """
    allowed = and_(or_(*_public_or_moderated(actor)), readable(actor))
    return or_(allowed, *_own(actor))


def listed(actor: Actor) -> ColumnElement[bool]:
    """What stands in a thread whose target the actor may read.

    Beside the readable ones a line for each that was public and is hidden now: who answered it,
    or linked to it, sees that it was there and why it is gone.
    """
    once_public = and_(Comment.visibility == Visibility.HIDDEN, Comment.published_at.is_not(None))
    return or_(once_public, *_public_or_moderated(actor), *_own(actor))


def _public_or_moderated(actor: Actor) -> list[ColumnElement[bool]]:
    allowed: list[ColumnElement[bool]] = [Comment.visibility == Visibility.VISIBLE]
    dialogues = actor.places("moderator")
    if dialogues:
        rounds = select(Round.id).where(Round.dialogue_id.in_(dialogues))
        allowed.append(Comment.round_id.in_(rounds))
    return allowed


def _own(actor: Actor) -> list[ColumnElement[bool]]:
    if actor.person_id is None:
        return []
    places = actor.places("representative", "deputy")
    mine: ColumnElement[bool] = Comment.author_id == actor.person_id
    return [mine, Comment.organisation_id.in_(places)] if places else [mine]


def is_visible(comment_id: int, actor: Actor) -> bool:
    found = db.session.scalar(select(Comment.id).where(Comment.id == comment_id, visible_to(actor)))
    return found is not None


def is_own_or_moderated(comment: Comment, actor: Actor, dialogue_id: int) -> bool:
    """The part of `visible_to` that concerns the comment's own people and the moderators."""
    return (
        (actor.signed_in and comment.author_id == actor.person_id)
        or actor.speaks_for(comment.organisation_id)
        or actor.moderates(dialogue_id)
    )


def is_readable_place(comment_id: int, actor: Actor) -> bool:
    """Whether the actor may read what the comment stands under."""
    found = db.session.scalar(select(Comment.id).where(Comment.id == comment_id, readable(actor)))
    return found is not None


def by_form(target_id: int, form_key: str) -> Comment | None:
    """The comment that this form has already made."""
    return db.session.scalar(
        select(Comment).where(Comment.target_id == target_id, Comment.form_key == form_key)
    )


class Own(NamedTuple):
    """Twenty of a person's comments, and the key of the next page (none: the last)."""

    comments: list[Comment]
    after: int | None


def mine(person_id: int, after: int | None = None) -> Own:
    """What a person wrote, for themselves or for an organisation, newest first, in one query."""
    query = (
        select(Comment)
        .options(joinedload(Comment.organisation))
        .where(Comment.author_id == person_id)
        .order_by(Comment.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(Comment.id < after)
    found = list(db.session.scalars(query))
    return Own(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def described(ids: list[int]) -> list[tuple[int, str, bool]]:
    """(id, text, whether everybody may read it) of some comments, in one query."""
    rows = db.session.execute(
        select(Comment.id, Comment.body, visible_to(ANYBODY)).where(Comment.id.in_(ids))
    )
    return [(found, body, bool(public)) for found, body, public in rows]


def of_organisation(organisation_id: int, *, most: int = 10) -> list[Comment]:
    """The newest that everybody may read of what was said in the organisation's name."""
    query = (
        select(Comment)
        .where(Comment.organisation_id == organisation_id, visible_to(ANYBODY))
        .order_by(Comment.published_at.desc(), Comment.id.desc())
        .limit(most)
    )
    return list(db.session.scalars(query))


def of_person(person_id: int, *, most: int = 20) -> list[Comment]:
    """The newest that everybody may read of what a person said for themselves."""
    query = (
        select(Comment)
        .where(
            Comment.author_id == person_id,
            Comment.organisation_id.is_(None),
            Comment.visibility == Visibility.VISIBLE,
            Comment.withdrawn_at.is_(None),
            visible_to(ANYBODY),
        )
        .order_by(Comment.published_at.desc(), Comment.id.desc())
        .limit(most)
    )
    return list(db.session.scalars(query))
