"""Earlier texts of a comment."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.comments.models import CommentVersion, VersionKind
from app.core.db import db


def last_number(comment_id: int) -> int:
    """0: the present text is the only one."""
    return (
        db.session.scalar(
            select(func.max(CommentVersion.number)).where(CommentVersion.comment_id == comment_id)
        )
        or 0
    )


def last(comment_id: int) -> CommentVersion | None:
    return db.session.scalar(
        select(CommentVersion)
        .where(CommentVersion.comment_id == comment_id)
        .order_by(CommentVersion.number.desc())
        .limit(1)
    )


def public(comment_id: int) -> Sequence[CommentVersion]:
    """What everybody may read of the history, the newest first.

    Only since moderators last cut it or gave it back: what they took out must not come back by
    this way.
    """
    barrier = (
        select(func.coalesce(func.max(CommentVersion.number), 0))
        .where(CommentVersion.comment_id == comment_id, CommentVersion.kind != VersionKind.EDITED)
        .scalar_subquery()
    )
    return _texts(comment_id, CommentVersion.number > barrier)


def everything(comment_id: int) -> Sequence[CommentVersion]:
    """The whole history, for its author and the moderators."""
    return _texts(comment_id)


def _texts(comment_id: int, *where: object) -> Sequence[CommentVersion]:
    return db.session.scalars(
        select(CommentVersion)
        .where(CommentVersion.comment_id == comment_id, *where)  # type: ignore[arg-type]
        .order_by(CommentVersion.number.desc())
        .limit(50)
    ).all()
