"""What a guest does with the private link to a comment."""

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from app.comments.commands.telling import count, fact
from app.comments.commands.translating import forget
from app.comments.events import CommentClaimed, CommentTakenBack
from app.comments.models import Comment, CommentVersion
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor
from app.core.states import VISIBILITY, Visibility


def take_back(comment: Comment, *, reason: str, by: Actor) -> None:
    """The text is gone for good, earlier ones too; what answers it remains.

    `reason` stands in its place. A second time changes nothing.
    """
    if comment.withdrawn_at is not None:
        return
    was_visible = comment.visibility is Visibility.VISIBLE
    if comment.visibility is not Visibility.HIDDEN:
        comment.visibility = VISIBILITY.after(comment.visibility, "hide")
    comment.visibility_reason = reason
    comment.body = ""
    comment.address_hash = None
    comment.edited_at = comment.cut_at = None
    comment.withdrawn_at = clock.now()
    db.session.execute(delete(CommentVersion).where(CommentVersion.comment_id == comment.id))
    forget(comment.id, reason=reason)
    if was_visible:
        count(comment.target_id, -1)
    emit(fact(CommentTakenBack, comment, comment.round, by))


def claim(comment: Comment, *, by: Actor) -> None:
    """Who wrote it as a guest stands by it with their account from now on; the link ends."""
    if comment.author_id is not None or comment.withdrawn_at is not None:
        raise Conflict(_("This comment cannot be taken over any more."))
    comment.author_id = by.person_id
    comment.guest_name = ""
    comment.guest_key_hash = comment.address_hash = None
    emit(fact(CommentClaimed, comment, comment.round, by))
