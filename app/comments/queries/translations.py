"""Comments in other languages, as people have translated them."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from app.comments import queries
from app.comments.models import Comment, Translation
from app.comments.queries import versions
from app.comments.queries.threads import SHOWN
from app.core.db import db
from app.core.policy import Actor
from app.core.states import Visibility
from app.rounds.models import Round

MOST = 50


def digest(body: str) -> str:
    """Other words, another digest."""
    return hashlib.sha256(body.encode()).hexdigest()


class Shown(NamedTuple):
    """A translation as somebody reads it, and whether the original has moved on since."""

    translation: Translation
    outdated: bool


def get(id: int) -> Translation | None:
    """A translation with its translator, the comment, round, dialogue and windows; fresh."""
    return db.session.scalar(
        select(Translation)
        .options(
            joinedload(Translation.author),
            joinedload(Translation.comment).options(*SHOWN, joinedload(Comment.round)),
            joinedload(Translation.round).joinedload(Round.dialogue),
            joinedload(Translation.round).selectinload(Round.windows),
        )
        .where(Translation.id == id)
        .execution_options(populate_existing=True)
    )


def mine(comment_id: int, language: str, person_id: int | None) -> Translation | None:
    return db.session.scalar(
        select(Translation).where(
            Translation.comment_id == comment_id,
            Translation.language == language,
            Translation.author_id == person_id,
        )
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Whose text the actor may read, where they may read the comment: what is visible, their own,
    and all in the dialogues they moderate.
    """
    allowed: list[ColumnElement[bool]] = [Translation.visibility == Visibility.VISIBLE]
    if actor.person_id is not None:
        allowed.append(Translation.author_id == actor.person_id)
    if dialogues := actor.places("moderator"):
        rounds = select(Round.id).where(Round.dialogue_id.in_(dialogues))
        allowed.append(Translation.round_id.in_(rounds))
    return or_(*allowed)


def is_visible(translation_id: int, actor: Actor) -> bool:
    """As its comment's page shows it: a stranger reads none of a text that moderators cut."""
    found = get(translation_id)
    if found is None or not queries.is_visible(found.comment_id, actor):
        return False
    return any(one.translation.id == translation_id for one in of_comment(found.comment, actor))


def of_comment(comment: Comment, actor: Actor) -> list[Shown]:
    """Those the actor may read, by language, the newest first; one statement, two where one of
    them is outdated.

    One of an earlier text is shown as long as that text itself is: what moderators cut, or gave
    back to be rewritten, does not come back by this way.
    """
    rows = db.session.scalars(
        select(Translation)
        .options(joinedload(Translation.author))
        .where(Translation.comment_id == comment.id, visible_to(actor))
        .order_by(Translation.language, Translation.at.desc(), Translation.id.desc())
        .limit(MOST)
    ).all()
    now = digest(comment.body)
    if all(one.original_hash == now for one in rows):
        return [Shown(one, False) for one in rows]
    concerned = queries.is_own_or_moderated(comment, actor, comment.round.dialogue_id)
    read = versions.everything if concerned else versions.public
    known = {digest(version.body) for version in read(comment.id)}
    return [
        Shown(one, one.original_hash != now)
        for one in rows
        if one.original_hash == now
        or one.original_hash in known
        or one.author_id == actor.person_id
    ]


def for_reader(comments: Iterable[Comment], language: str) -> dict[int, Translation]:
    """By comment the newest in the reader's language that everybody may read and that is not
    outdated; one statement, none where all are written in it.
    """
    foreign = {one.id: digest(one.body) for one in comments if one.language != language}
    if not foreign:
        return {}
    rows = db.session.scalars(
        select(Translation)
        .options(joinedload(Translation.author))
        .where(
            Translation.comment_id.in_(foreign),
            Translation.language == language,
            Translation.visibility == Visibility.VISIBLE,
        )
        .order_by(Translation.at, Translation.id)
    )
    return {one.comment_id: one for one in rows if one.original_hash == foreign[one.comment_id]}


def described(ids: Iterable[int]) -> Sequence[tuple[int, int, str, bool]]:
    """(id, comment, text, whether everybody may read it) of some translations."""
    rows = db.session.scalars(
        select(Translation)
        .options(joinedload(Translation.comment))
        .where(Translation.id.in_(list(ids)))
    )
    open_ = {found for found, _body, public in queries.described(_comments(ids)) if public}
    return [
        (
            one.id,
            one.comment_id,
            one.body,
            one.visibility is Visibility.VISIBLE
            and one.comment_id in open_
            and one.original_hash == digest(one.comment.body),
        )
        for one in rows
    ]


def _comments(ids: Iterable[int]) -> list[int]:
    wanted = Translation.id.in_(list(ids))
    return list(db.session.scalars(select(Translation.comment_id).where(wanted)))
