"""Where in the plan the text of an answer comes, with the proposal beside it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.answers import commands, queries
from app.answers.commands import PlanText
from app.answers.forms.later import PlaceForm, place_of
from app.answers.models import Answer, AnswerVersion
from app.answers.views import bp
from app.core.errors import Conflict
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.plan import queries as plans
from app.plan.models import Measure
from app.rounds.commands import catch_up


@bp.route("/answers/<int:id>/place", methods=["GET", "POST"])
@guard("answers.prepare", answer=queries.get)
def place(answer: Answer) -> ResponseReturnValue:
    """The measure paragraph by paragraph: where the text comes, and what it says."""
    if answer.measure is None:
        return redirect(url_for("answers.prepare", id=answer.id))
    form = PlaceForm(data=_so_far(answer))
    form.offer(commands.paragraphs(answer.measure.id))
    if not form.validate_on_submit():
        return _page(answer, answer.measure, form)
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


@bp.route("/answers/<int:id>/versions/<int:number>/place", methods=["GET", "POST"])
@guard("answers.correct", answer=queries.get)
def place_correction(answer: Answer, number: int) -> ResponseReturnValue:
    """The same for a change that waits for a second person, where its paragraph is gone."""
    version = _waiting(answer, number)
    measure = plans.measure(version.measure_id) if version and version.measure_id else None
    if version is None or measure is None or answer.measure_id is not None:
        return redirect(url_for("answers.versions", id=answer.id))
    form = PlaceForm(data=_so_far(version))
    form.offer(commands.paragraphs(measure.id))
    if not form.validate_on_submit():
        return _page(answer, measure, form)
    at_id, instead = form.chosen()
    with transaction(asking="answers.correct", of=answer):
        found = _waiting(answer, number)
        if found is None:
            raise Conflict
        commands.place_correction(
            answer,
            found,
            measure,
            form.description.data or "",
            at_id=at_id,
            instead=instead,
            edition=form.edition.data or 0,
            by=actor(),
        )
    flash(_("The change is kept. A second person of your unit has to approve it."))
    return redirect(url_for("answers.versions", id=answer.id), 303)


def _waiting(answer: Answer, number: int) -> AnswerVersion | None:
    found = queries.waiting(answer.id)
    return found if found is not None and found.number == number else None


def _page(answer: Answer, measure: Measure, form: PlaceForm) -> ResponseReturnValue:
    page = render_template(
        "answers/place.html",
        answer=answer,
        proposal=answer.proposal,
        measure=measure,
        form=form,
        today=to_html(measure.description),
        body=to_html(answer.proposal.body),
    )
    return page, 422 if form.errors else 200


def _so_far(answer: Answer | AnswerVersion) -> dict[str, object]:
    text = PlanText.from_json(answer.plan_text)
    return {
        "edition": answer.edition,
        "place": place_of(text),
        "description": text.description,
    }
