"""Marks of comments that help."""

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from app.comments.commands.telling import fact
from app.comments.events import CommentHelpful
from app.comments.models import Comment, HelpfulMark
from app.core import clock
from app.core.db import db
from app.core.errors import SignInFirst
from app.core.events import emit
from app.core.policy import Actor


def mark_helpful(comment: Comment, *, by: Actor) -> None:
    """Once for each person, however often they press."""
    if by.person_id is None:
        raise SignInFirst
    try:
        with db.session.begin_nested():
            db.session.add(
                HelpfulMark(comment_id=comment.id, person_id=by.person_id, at=clock.now())
            )
    except IntegrityError:
        return
    _count(comment, 1)
    emit(fact(CommentHelpful, comment, comment.round, by))


def unmark_helpful(comment: Comment, *, by: Actor) -> None:
    """Take one's mark back; without one nothing changes."""
    gone = db.session.execute(
        delete(HelpfulMark).where(
            HelpfulMark.comment_id == comment.id, HelpfulMark.person_id == by.person_id
        )
    )
    if gone.rowcount:  # type: ignore[attr-defined]  # of a DELETE
        _count(comment, -1)


def _count(comment: Comment, change: int) -> None:
    """In the database, so that two at once are both counted."""
    db.session.execute(
        update(Comment)
        .where(Comment.id == comment.id)
        .values(helpful_count=Comment.helpful_count + change)
        .execution_options(synchronize_session=False)
    )
