"""Changing a comment that can be read, and its earlier texts."""

from typing import NamedTuple

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.comments import commands, queries
from app.comments.forms import rewrite_form
from app.comments.models import Comment, CommentVersion
from app.comments.queries import versions
from app.comments.views import bp
from app.comments.views.post import promise
from app.core.states import Visibility
from app.core.text.diff import Piece, pieces
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.shared import shared_by_strangers
from app.rounds.commands import catch_up


class Earlier(NamedTuple):
    """An earlier text, and the way from it to the one that came next."""

    version: CommentVersion
    changed: list[Piece]


@bp.route("/comments/<int:id>/edit", methods=["GET", "POST"])
@guard("comments.edit", comment=queries.get)
def edit(comment: Comment) -> ResponseReturnValue:
    form = rewrite_form(comment)
    if not form.validate_on_submit():
        html = render_template("comments/edit.html", comment=comment, form=form)
        return html, 422 if form.errors else 200
    with transaction(asking="comments.edit", of=comment):
        catch_up(comment.round)
        commands.edit(comment, form.body.data, language=form.language.data, by=actor())
        held = comment.visibility is Visibility.HELD
        due = promise(comment.round)
    if held:
        flash(_("Thank you. A moderator reads your new text by %(moment)s.", moment=due), "info")
    else:
        flash(_("Your comment is changed. The earlier text can still be read."))
    return redirect(url_for("comments.show", id=comment.id), 303)


@bp.get("/comments/<int:id>/versions")
@shared_by_strangers
@guard("comments.read", comment=queries.get)
def history(comment: Comment) -> ResponseReturnValue:
    """The earlier texts, and what changed each time; those that moderators cut are theirs."""
    mine = queries.is_own_or_moderated(comment, actor(), comment.round.dialogue_id)
    found = versions.everything(comment.id) if mine else versions.public(comment.id)
    newer = [comment.body, *(version.body for version in found)]
    return render_template(
        "comments/history.html",
        comment=comment,
        earlier=[
            Earlier(version, pieces(version.body, after))
            for version, after in zip(found, newer, strict=False)
        ],
    )
