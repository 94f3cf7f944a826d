"""Writing a comment with an account."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.comments import commands, queries
from app.comments.commands import Words
from app.comments.forms import CommentForm, rewrite_form
from app.comments.models import Comment
from app.comments.queries import targets, threads
from app.comments.queries.targets import Target
from app.comments.views import bp, read
from app.core import clock
from app.core.limits import hit
from app.core.states import Visibility
from app.core.subjects import describe_kinds
from app.core.transactions import let_go, transaction
from app.core.web import actor, can, guard
from app.core.web.context import localdatetime
from app.rounds.commands import catch_up
from app.rounds.models import Round


@bp.get("/subjects/<int:id>/comments/new")
@guard("comments.could-post", target=targets.target)
def new(target: Target) -> ResponseReturnValue:
    """The form on a page of its own, for an answer to `parent`."""
    return _form(target, CommentForm(parent_id=request.args.get("parent", "")))


@bp.post("/subjects/<int:id>/comments")
@guard("comments.post", early=True, target=targets.target)
def post(target: Target) -> ResponseReturnValue:
    form = CommentForm()
    if not form.validate_on_submit():
        let_go()
        return _form(target, form, 422)
    with transaction(asking="comments.post", of=target.thing):
        catch_up(target.round)
        hit("comment.person", str(actor().person_id), most=60, per=timedelta(hours=1))
        comment = commands.post(target.id, target.round, words_of(form), by=actor())
        held = comment.visibility is Visibility.HELD
        comment_id, parent_id = comment.id, comment.parent_id
        due = promise(target.round)
    if held:
        flash(
            _(
                "Thank you. A moderator reads your comment by %(moment)s. Until then only you "
                "and the moderators see it.",
                moment=due,
            ),
            "info",
        )
    else:
        flash(_("Your comment is published."))
    if parent_id is not None:
        return redirect(url_for("comments.show", id=parent_id, _anchor=f"c{comment_id}"), 303)
    return redirect(f"{address(target)}#c{comment_id}", 303)


@bp.post("/comments/<int:id>/rewrite")
@guard("comments.rewrite", comment=queries.get)
def rewrite(comment: Comment) -> ResponseReturnValue:
    """Hand in again what a moderator gave back."""
    form = rewrite_form(comment)
    if not form.validate_on_submit():
        return read.page(comment, form, 422)
    with transaction(asking="comments.rewrite", of=comment):
        catch_up(comment.round)
        commands.rewrite(comment, form.body.data, language=form.language.data, by=actor())
        due = promise(comment.round)
    flash(
        _("Thank you. A moderator reads your new text by %(moment)s.", moment=due),
        "info",
    )
    return redirect(url_for("comments.show", id=comment.id), 303)


def words_of(form: CommentForm) -> Words:
    return Words(
        body=form.body.data,
        form_key=form.form_key.data or "",
        stance=form.chosen_stance,
        language=form.chosen_language,
        parent_id=form.parent,
    )


def promise(round_: Round) -> str:
    """By when a moderator has read what is sent now."""
    return localdatetime(clock.now() + timedelta(hours=round_.procedure.reaction_hours))


TALKS = {"measure": "plan.talk"}
"""The pages of kinds whose comments do not stand on the page of the thing itself."""


def address(target: Target) -> str:
    """Where the thing itself can be read, with what is said about it."""
    if target.kind in TALKS:
        return url_for(TALKS[target.kind], id=target.id)
    return describe_kinds({target.id: target.kind})[target.id].url


def answered(target: Target, parent_id: int | None) -> Comment | None:
    """The comment that an answer is written to, if it stands here and can be read."""
    parent = queries.get(parent_id) if parent_id is not None else None
    if parent is None or parent.target_id != target.id or not can("comments.read", parent):
        return None
    return parent


def _form(target: Target, form: CommentForm, status: int = 200) -> ResponseReturnValue:
    html = render_template(
        "comments/new.html",
        form=form,
        target=target,
        parent=answered(target, form.parent),
        back=address(target),
        voices=threads.voices(target.round, actor()),
        speaking_as=request.form.get("speaking_as", ""),
    )
    return html, status
