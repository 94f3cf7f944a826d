"""What was said about the paragraphs of a text under review."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.comments.models import Comment
from app.core.blocks import TextBlock
from app.core.db import db
from app.core.states import Visibility

MOST = 300


def of_text(proposal_id: int) -> dict[int, list[Comment]]:
    """The comments that everybody may read, with those who wrote them, by the paragraph's id;
    oldest first (one statement).
    """
    found: dict[int, list[Comment]] = {}
    for one in db.session.scalars(
        select(Comment)
        .join(TextBlock, TextBlock.id == Comment.target_id)
        .options(joinedload(Comment.author), joinedload(Comment.organisation))
        .where(TextBlock.owner_id == proposal_id, Comment.visibility == Visibility.VISIBLE)
        .order_by(Comment.id)
        .limit(MOST)
    ):
        found.setdefault(one.target_id, []).append(one)
    return found
