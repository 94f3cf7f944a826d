"""Offering a comment in another language."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.comments import commands, queries
from app.comments.forms import foreign, translation_form
from app.comments.models import Comment
from app.comments.queries import translations
from app.comments.views import bp
from app.comments.views.post import promise
from app.core.languages import SPOKEN
from app.core.limits import hit
from app.core.states import Visibility
from app.core.subjects import describe
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.rounds.commands import catch_up

_HOUR = timedelta(hours=1)


@bp.route("/comments/<int:id>/translate", methods=["GET", "POST"])
@guard("comments.translate", comment=queries.get)
def translate(comment: Comment) -> ResponseReturnValue:
    """The original beside the form. Who has offered one in that language already changes it."""
    language = _language(comment)
    known = translations.mine(comment.id, language, actor().person_id)
    form = translation_form(comment, language, known.body if known is not None else "")
    if not form.validate_on_submit():
        html = render_template(
            "comments/translate.html",
            comment=comment,
            foreign=foreign(comment),
            form=form,
            known=known,
            about=describe([comment.target_id]).get(comment.target_id),
        )
        return html, 422 if form.errors else 200
    comment_id = comment.id
    with transaction(asking="comments.translate", of=comment):
        catch_up(comment.round)
        hit("comment.translate", str(actor().person_id), most=60, per=_HOUR)
        made = commands.translate(comment, form.language.data, form.body.data, by=actor())
        held, translation_id = made.visibility is Visibility.HELD, made.id
        due = promise(comment.round)
    if held:
        flash(_("Thank you. A moderator reads your translation by %(moment)s.", moment=due), "info")
    else:
        flash(_("Thank you. Your translation can be read beside the original."))
    return redirect(url_for("comments.show", id=comment_id, _anchor=f"t{translation_id}"), 303)


def _language(comment: Comment) -> str:
    """Asked for in the address, else that of the page, else the first that is another one."""
    wanted = (request.form.get("language") or request.args.get("language"), actor().language)
    for tag in (*wanted, *SPOKEN):
        if tag in SPOKEN and tag != comment.language:
            return str(tag)
    return comment.language
