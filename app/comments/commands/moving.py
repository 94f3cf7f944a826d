"""Comments that come to stand under another thing."""

from sqlalchemy import case, func, select, update

from app.comments.commands.telling import count
from app.comments.models import Comment
from app.core.db import db
from app.core.states import Visibility


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
        count(target_id, change)
