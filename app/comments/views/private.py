"""A guest's own page of a comment, behind a link that only they have."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from app.comments import commands, queries
from app.comments.models import Comment, Unconfirmed
from app.comments.queries import unconfirmed
from app.comments.views import bp, confirming
from app.core.languages import LANGUAGES
from app.core.subjects import describe
from app.core.transactions import transaction
from app.core.web import actor, guard


@bp.get("/guest-comments/<string:token>")
@guard("comments.private", comment=unconfirmed.behind)
def private(comment: Comment | Unconfirmed) -> ResponseReturnValue:
    """What became of it, and what one can do with it."""
    if isinstance(comment, Unconfirmed):
        return confirming.page(comment)
    return render_template(
        "comments/private.html",
        comment=comment,
        about=describe([comment.target_id]).get(comment.target_id),
        token=_token(),
    )


@bp.route("/guest-comments/<string:token>/delete", methods=["GET", "POST"])
@guard("comments.private", comment=unconfirmed.behind)
def delete_mine(comment: Comment | Unconfirmed) -> ResponseReturnValue:
    """Asks once more; then the text is gone."""
    token = _token()
    if request.method == "GET":
        return render_template("comments/delete_mine.html", token=token)
    if isinstance(comment, Unconfirmed):
        round_id = comment.round_id
        with transaction(asking="comments.private", of=comment):
            commands.discard(comment)
        flash(_("Your comment is deleted."))
        return redirect(url_for("rounds.show", id=round_id), 303)
    with transaction(asking="comments.private", of=comment):
        language = LANGUAGES.get(comment.language, LANGUAGES["de"])
        with force_locale(language.locale):
            reason = _("Taken back by whoever wrote it.")
        commands.take_back(comment, reason=reason, by=actor())
    flash(_("Your comment is deleted."))
    return redirect(url_for("comments.private", token=token), 303)


@bp.post("/guest-comments/<string:token>/claim")
@guard("comments.claim", comment=queries.by_guest_key)
def claim(comment: Comment) -> ResponseReturnValue:
    """From now on it stands under the name of one's account."""
    comment_id = comment.id
    with transaction(asking="comments.claim", of=comment):
        commands.claim(comment, by=actor())
    flash(_("This comment is yours now. It stands under the name of your account."))
    return redirect(url_for("comments.show", id=comment_id), 303)


def _token() -> str:
    return str((request.view_args or {})["token"])
