"""Where in the plan the text of an answer comes, with the proposal beside it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.answers import commands, queries
from app.answers.commands import PlanText
from app.answers.forms import LAST, PlaceForm
from app.answers.models import Answer
from app.answers.views import bp
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.rounds.commands import catch_up


@bp.route("/answers/<int:id>/place", methods=["GET", "POST"])
@guard("answers.prepare", answer=queries.get)
def place(answer: Answer) -> ResponseReturnValue:
    """The measure paragraph by paragraph: where the text comes, and what it says."""
    if answer.measure is None:
        return redirect(url_for("answers.prepare", id=answer.id))
    form = PlaceForm(data=_so_far(answer))
    form.offer(commands.paragraphs(answer.measure))
    if not form.validate_on_submit():
        page = render_template(
            "answers/place.html",
            answer=answer,
            proposal=answer.proposal,
            measure=answer.measure,
            form=form,
            today=to_html(answer.measure.description),
            body=to_html(answer.proposal.body),
        )
        return page, 422 if form.errors else 200
    at_id, instead = form.chosen()
    with transaction(asking="answers.prepare", of=answer):
        catch_up(answer.proposal.round)
        commands.place(
            answer,
            form.description.data or "",
            at_id=at_id,
            instead=instead,
            edition=form.edition.data or 0,
            by=actor(),
        )
    return redirect(url_for("answers.preview", id=answer.id), 303)


def _so_far(answer: Answer) -> dict[str, object]:
    text = PlanText.from_json(answer.plan_text)
    how = "instead" if text.instead else "after"
    return {
        "edition": answer.edition,
        "place": f"{how}-{text.at_id}" if text.at_id is not None else LAST,
        "description": text.description,
    }
