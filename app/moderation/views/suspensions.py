"""Suspensions that need a second person, and those that count."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Invalid, NotFound
from app.core.subjects import describe
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.moderation import commands
from app.moderation.forms import AnswerSuspensionForm
from app.moderation.models import RULES, SuspensionRequest
from app.moderation.queries import contributions, suspensions
from app.moderation.queries.contributions import Contribution
from app.moderation.views import bp
from app.rounds import queries as rounds
from app.rounds.models import Dialogue


@bp.get("/dialogues/<int:id>/suspensions")
@guard("moderation.suspensions", dialogue=rounds.get_dialogue)
def dialogue_suspensions(dialogue: Dialogue) -> ResponseReturnValue:
    """What waits for a second person, who cannot write just now, and what was asked before."""
    return render_template(
        "moderation/suspensions.html",
        dialogue=dialogue,
        requests=suspensions.requests(dialogue.id),
        suspended=rounds.suspensions(dialogue.id),
        rules=RULES,
    )


@bp.get("/subjects/<int:id>/suspensions")
@guard("moderation.decide", contribution=contributions.get)
def requests_about(contribution: Contribution) -> ResponseReturnValue:
    """Where a notice leads: the list of the dialogue."""
    return redirect(url_for("moderation.dialogue_suspensions", id=contribution.dialogue_id), 303)


@bp.route("/suspension-requests/<int:id>", methods=["GET", "POST"])
@guard("moderation.answer-suspension", asked=suspensions.get)
def answer_suspension(asked: SuspensionRequest) -> ResponseReturnValue:
    """Agree or not, with what it is about in view."""
    form = AnswerSuspensionForm()
    contribution = contributions.load(asked.subject_id)
    if contribution is None:
        raise NotFound
    if not form.validate_on_submit():
        return _page(form, asked, contribution, 422 if form.errors else 200)
    dialogue_id = asked.dialogue_id
    try:
        with transaction(asking="moderation.answer-suspension", of=asked):
            commands.answer_suspension(
                asked,
                contribution,
                agree=form.agrees,
                answer=form.answer.data or "",
                by=actor(),
            )
    except Invalid as missing:
        form.answer.errors = [str(missing)]
        return _page(form, asked, contribution, 422)
    flash(_("Decided. Whoever asked can read it."))
    return redirect(url_for("moderation.dialogue_suspensions", id=dialogue_id), 303)


def _page(
    form: AnswerSuspensionForm, asked: SuspensionRequest, contribution: Contribution, status: int
) -> ResponseReturnValue:
    html = render_template(
        "moderation/answer_suspension.html",
        form=form,
        asked=suspensions.get(asked.id) or asked,
        about=describe([contribution.id]).get(contribution.id),
        dialogue=contribution.round.dialogue,
        rules=RULES,
    )
    return html, status
