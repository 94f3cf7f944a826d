"""Moderators enter what an external draw has drawn: once, publicly, and after the close."""

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.transactions import transaction
from app.core.web import actor, guard
from app.voting import commands, queries
from app.voting.forms import DrawForm
from app.voting.models import Question
from app.voting.views import bp


@bp.route("/questions/<int:id>/draw", methods=["GET", "POST"])
@guard("voting.draw", question=queries.get)
def draw(question: Question) -> ResponseReturnValue:
    form = DrawForm()
    if not form.validate_on_submit():
        lot = question.lot or {}
        html = render_template(
            "voting/draw.html",
            question=question,
            form=form,
            named=lot["draw"],
            published=datetime.fromisoformat(lot["published"]),
        )
        return html, 422 if form.errors else 200
    with transaction(asking="voting.draw", of=question):
        commands.enter_draw(question, form.value.data, by=actor())
    flash(_("The drawn value is kept and public. The votes are counted now."))
    return redirect(url_for("voting.show", id=question.id), 303)
