"""Where moderators have ended the talk."""

from sqlalchemy import or_, select

from app.comments.models import Comment, Lock
from app.core.db import db


def get(subject_id: int) -> Lock | None:
    """The lock on a thing, or on the answers to a comment; fresh."""
    return db.session.get(Lock, subject_id, populate_existing=True)


def any_of(target_id: int, parent_id: int | None) -> bool:
    """Whether the thing or the comment that is answered, or the one above it, is locked."""
    above = select(Comment.parent_id).where(Comment.id == parent_id)
    wanted = [Lock.subject_id == target_id]
    if parent_id is not None:
        wanted += [Lock.subject_id == parent_id, Lock.subject_id.in_(above)]
    return db.session.scalar(select(Lock.subject_id).where(or_(*wanted)).limit(1)) is not None
