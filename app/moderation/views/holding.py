"""Which new texts of a dialogue wait for a moderator."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Invalid
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.moderation.forms.holding import HoldingForm
from app.moderation.views import bp
from app.rounds import commands as rounds
from app.rounds.models import Dialogue
from app.rounds.queries import get_dialogue


@bp.route("/dialogues/<int:id>/holding", methods=["GET", "POST"])
@guard("moderation.queue", dialogue=get_dialogue)
def holding(dialogue: Dialogue) -> ResponseReturnValue:
    """Calm mode, hours of the day, links, and a list of words: they only ever hold."""
    form = HoldingForm.of(dialogue)
    if form.validate_on_submit():
        try:
            with transaction(asking="moderation.queue", of=dialogue):
                rounds.set_holding(dialogue, form.chosen, by=actor())
                dialogue_id = dialogue.id
        except Invalid as wrong:
            form.held_words.errors = [str(wrong)]
        else:
            flash(_("Saved. It counts for whatever is written from now on."))
            return redirect(url_for("moderation.queue", id=dialogue_id), 303)
    html = render_template("moderation/holding.html", dialogue=dialogue, form=form)
    return html, 422 if form.errors else 200
