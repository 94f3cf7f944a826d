"""Say that a comment helps, and take that back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.comments import commands, queries
from app.comments.models import Comment
from app.comments.views import bp
from app.core.transactions import transaction
from app.core.web import actor, guard


@bp.post("/comments/<int:id>/helpful")
@guard("comments.mark-helpful", comment=queries.get)
def mark_helpful(comment: Comment) -> ResponseReturnValue:
    comment_id = comment.id
    with transaction(asking="comments.mark-helpful", of=comment):
        commands.mark_helpful(comment, by=actor())
    flash(_("Thank you. You have marked this comment as helpful."))
    return redirect(url_for("comments.show", id=comment_id), 303)


@bp.post("/comments/<int:id>/not-helpful")
@guard("comments.mark-helpful", comment=queries.get)
def unmark_helpful(comment: Comment) -> ResponseReturnValue:
    comment_id = comment.id
    with transaction(asking="comments.mark-helpful", of=comment):
        commands.unmark_helpful(comment, by=actor())
    flash(_("Your mark is taken back."))
    return redirect(url_for("comments.show", id=comment_id), 303)
