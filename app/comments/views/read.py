"""A comment's own page."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.comments import queries
from app.comments.forms import RewriteForm, foreign, language_name, rewrite_form
from app.comments.models import Comment
from app.comments.queries import targets, threads, translations
from app.comments.queries.translations import Shown
from app.comments.views import bp
from app.core.states import Visibility
from app.core.subjects import describe
from app.core.text.numbers import small_number
from app.core.web import actor, can, guard
from app.core.web.shared import shared_by_strangers


@bp.get("/comments/<int:id>")
@shared_by_strangers
@guard("comments.show", comment=queries.get)
def show(comment: Comment) -> ResponseReturnValue:
    """The comment with what it stands under, what it answers, and all its replies."""
    return page(comment, rewrite_form(comment))


def page(comment: Comment, form: RewriteForm, status: int = 200) -> ResponseReturnValue:
    parent = queries.get(comment.parent_id) if comment.parent_id is not None else None
    after = small_number(request.args.get("after"))
    replies = threads.replies(comment.id, actor(), after)
    place = targets.target(comment.target_id)
    if comment.lock is not None or (parent is not None and parent.lock is not None):
        place = None  # moderators have ended the talk
    may_rewrite = comment.visibility is Visibility.RETURNED and can("comments.rewrite", comment)
    html = render_template(
        "comments/show.html",
        comment=comment,
        foreign=foreign(comment),
        translations=_by_reader(translations.of_comment(comment, actor())),
        language_name=language_name,
        readable=can("comments.read", comment),
        parent=parent,
        parent_readable=parent is not None and can("comments.read", parent),
        replies=replies,
        about=describe([comment.target_id]).get(comment.target_id),
        may_reply=place is not None and can("comments.could-post", place),
        may_reply_as_guest=place is not None and can("comments.post-as-guest", place),
        form=form if may_rewrite else None,
        helps=can("comments.mark-helpful", comment),
        finds_helpful=queries.finds_helpful(comment.id, actor().person_id),
    )
    return html, status


def _by_reader(found: list[Shown]) -> list[Shown]:
    """Those in the reader's language first."""
    return sorted(found, key=lambda one: one.translation.language != actor().language)
