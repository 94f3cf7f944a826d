"""Changes to comments. Nothing is ever deleted."""

from dataclasses import dataclass
from typing import TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import case, func, select, update
from sqlalchemy.exc import IntegrityError

from app.amendments import commands as amendments
from app.comments import queries
from app.comments.events import (
    CommentEdited,
    CommentEvent,
    CommentHidden,
    CommentPosted,
    CommentPublished,
    CommentReturned,
    CommentShownAgain,
)
from app.comments.models import Comment, Mark, Stance
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, SignInFirst
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.states import VISIBILITY, Visibility
from app.core.subjects import kind_of
from app.proposals.commands import count_comments
from app.rounds.models import ModerationMode, Round

COUNTERS = {"proposal": count_comments, "amendment": amendments.count_comments}
"""Who keeps the number of visible comments, by kind of target."""

E = TypeVar("E", bound=CommentEvent)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody writes. `form_key` is the form it comes from."""

    body: str
    form_key: str
    stance: Stance | None = None
    language: str = "de"
    parent_id: int | None = None


def post(target_id: int, round_: Round, words: Words, *, by: Actor) -> Comment:
    """Comment on a thing. The same form sent again (also at the same moment) gives the same one.

    A guest's comment always waits for a moderator, others where the procedure says so.
    """
    if not by.signed_in and not by.guest_name:
        raise SignInFirst
    shown = not by.guest_name and round_.procedure.moderation is ModerationMode.AFTER
    now = clock.now()
    made = Comment(
        target_id=target_id,
        round_id=round_.id,
        parent_id=_parent(target_id, words.parent_id),
        author_id=by.person_id if not by.guest_name else None,
        organisation_id=by.organisation_id,
        guest_name=by.guest_name or "",
        mark=_mark(round_, by),
        # A reply answers somebody; the columns count those who speak to the thing itself.
        stance=words.stance if round_.procedure.stance and words.parent_id is None else None,
        body=words.body,
        language=words.language,
        form_key=words.form_key or None,
        at=now,
        published_at=now if shown else None,
        visibility=Visibility.VISIBLE if shown else Visibility.HELD,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        known = _sent_before(target_id, words.form_key, by)
        if known is None:
            raise
        return known
    emit(_fact(CommentPosted, made, round_, by))
    if shown:
        _count(made, 1)
        emit(_fact(CommentPublished, made, round_, by))
    return made


def _sent_before(target_id: int, form_key: str, by: Actor) -> Comment | None:
    known = queries.by_form(target_id, form_key)
    if known is not None and known.author_id != (None if by.guest_name else by.person_id):
        raise Conflict
    return known


def _parent(target_id: int, parent_id: int | None) -> int | None:
    """The comment that is answered; an answer to an answer stands beside it."""
    if parent_id is None:
        return None
    parent = db.session.get(Comment, parent_id)
    if parent is None or parent.target_id != target_id:
        raise Invalid(_("The comment you answer does not stand here."))
    if parent.visibility is not Visibility.VISIBLE:
        raise Conflict(_("The comment you answer cannot be read any more."))
    return parent.parent_id or parent.id


def _mark(round_: Round, by: Actor) -> Mark | None:
    if by.organisation_id is not None or by.guest_name:
        return None
    if by.moderates(round_.dialogue_id):
        return Mark.MODERATION
    return Mark.ADMINISTRATION if by.places("unit") else None


def publish(comment: Comment, *, by: Actor = SYSTEM) -> None:
    """Make a held one readable for everybody."""
    _show(comment)
    emit(_fact(CommentPublished, comment, comment.round, by))


def show_again(comment: Comment, *, by: Actor = SYSTEM) -> None:
    """Take back that it was hidden or returned."""
    _show(comment)
    emit(_fact(CommentShownAgain, comment, comment.round, by))


def hide(comment: Comment, *, because: str, by: Actor = SYSTEM) -> None:
    """Only the reason can be read from now on; what answers it remains."""
    _take_away(comment, "hide", because)
    emit(_fact(CommentHidden, comment, comment.round, by))


def return_to_author(comment: Comment, *, because: str, by: Actor = SYSTEM) -> None:
    """Give it back to be rewritten. A guest cannot be reached."""
    if comment.author_id is None:
        raise Conflict(_("A guest's comment cannot be given back: nobody could rewrite it."))
    _take_away(comment, "return", because)
    emit(_fact(CommentReturned, comment, comment.round, by))


def edit(comment: Comment, body: str, *, by: Actor) -> None:
    """Rewrite what was given back; it waits for a moderator again."""
    comment.visibility = VISIBILITY.after(comment.visibility, "resubmit")
    comment.visibility_reason = ""
    comment.body = body
    comment.at = clock.now()
    emit(_fact(CommentEdited, comment, comment.round, by))


def move(ids: list[int], from_id: int, to_id: int) -> None:
    """Let comments stand under another thing from now on; where they were written is kept.

    Replies come along with what they answer: name all of a thing's comments.
    """
    db.session.execute(
        update(Comment)
        .where(Comment.id.in_(ids), Comment.target_id == from_id)
        .values(
            target_id=to_id,
            # Back where it was written it has come from nowhere.
            origin_id=case(
                (Comment.origin_id == to_id, None),
                else_=func.coalesce(Comment.origin_id, from_id),
            ),
            form_key=None,  # it was sent long ago, and would have to be unlike those over there
        )
        .execution_options(synchronize_session=False)
    )
    visible = db.session.scalar(
        select(func.count()).where(Comment.id.in_(ids), Comment.visibility == Visibility.VISIBLE)
    )
    for target_id, change in ((from_id, -(visible or 0)), (to_id, visible or 0)):
        counter = COUNTERS.get(kind_of(target_id) or "")
        if counter is not None:
            counter(target_id, change)


def _show(comment: Comment) -> None:
    comment.visibility = VISIBILITY.after(comment.visibility, "publish")
    comment.visibility_reason = ""
    if comment.published_at is None:
        comment.published_at = clock.now()
    _count(comment, 1)


def _take_away(comment: Comment, action: str, because: str) -> None:
    was_visible = comment.visibility is Visibility.VISIBLE
    comment.visibility = VISIBILITY.after(comment.visibility, action)
    comment.visibility_reason = because
    if was_visible:
        _count(comment, -1)


def _count(comment: Comment, change: int) -> None:
    counter = COUNTERS.get(kind_of(comment.target_id) or "")
    if counter is not None:
        counter(comment.target_id, change)


def _fact(kind: type[E], comment: Comment, round_: Round, by: Actor) -> E:
    return kind(
        by=by,
        comment_id=comment.id,
        target_id=comment.target_id,
        round_id=comment.round_id,
        dialogue_id=round_.dialogue_id,
        author_id=comment.author_id,
        parent_id=comment.parent_id,
    )
