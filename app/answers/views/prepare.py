"""Preparing an answer, and seeing it before it is public."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.answers import commands, queries
from app.answers.commands import PlaceGone, PlanText
from app.answers.forms import AnswerForm, typed_so_far
from app.answers.models import Answer
from app.answers.queries import causes, inside
from app.answers.states import CHANGES_THE_PLAN, AnswerState, Outcome
from app.answers.views import bp
from app.core.districts import DISTRICTS
from app.core.subjects import describe
from app.core.text.diff import Piece, pieces
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.plan import queries as plans
from app.plan.models import Measure
from app.rounds.commands import catch_up


@bp.route("/answers/<int:id>/prepare", methods=["GET", "POST"])
@guard("answers.prepare", answer=queries.get)
def prepare(answer: Answer) -> ResponseReturnValue:
    """Outcome and reason, and what comes into the plan; kept, not public."""
    form = AnswerForm(data=typed_so_far(answer))
    form.to_each_chamber(answer.to_chambers)
    form.promises_easy = queries.promises_easy(answer)
    plan_id = answer.proposal.round.dialogue.plan_id
    form.offer(
        queries.measures_to_choose(plan_id),
        plans.fields(plan_id),
        causes.causes_to_choose(answer.proposal),
    )
    if not form.validate_on_submit():
        page = render_template(
            "answers/prepare.html",
            answer=answer,
            proposal=answer.proposal,
            form=form,
            hints={o.value: o.explanation for o in Outcome},
            body=to_html(answer.proposal.body),
            templates=inside.templates(answer.unit_id),
            notes=len(inside.notes(answer.id)),
        )
        return page, 422 if form.errors else 200
    with transaction(asking="answers.prepare", of=answer):
        catch_up(answer.proposal.round)
        commands.prepare(answer, **form.given(), by=actor())
    if request.form.get("action") == "preview":
        return redirect(url_for("answers.preview", id=answer.id), 303)
    flash(_("The answer is kept. It is not public yet."))
    return redirect(url_for("answers.desk", show="prepared"), 303)


@bp.get("/answers/<int:id>/preview")
@guard("answers.preview", answer=queries.get)
def preview(answer: Answer) -> ResponseReturnValue:
    """The answer as everybody will read it, and what changes in the plan with it."""
    if answer.state is AnswerState.PUBLISHED:
        return redirect(url_for("proposals.show", id=answer.proposal_id, _anchor="answer"))
    if answer.outcome is None:
        return redirect(url_for("answers.prepare", id=answer.id))
    text = PlanText.from_json(answer.plan_text)
    plan_id = answer.proposal.round.dialogue.plan_id
    measures = {m.id: m.title for m in queries.measures_to_choose(plan_id)}
    return render_template(
        "answers/preview.html",
        answer=answer,
        proposal=answer.proposal,
        changes_plan=answer.outcome in CHANGES_THE_PLAN,
        text=text,
        description=to_html(text.description),
        woven=_woven(answer.measure, text) if answer.measure else None,
        because=describe(text.because_ids),
        fields=[f.title for f in plans.fields(plan_id) if f.id in set(text.field_ids)],
        districts=[DISTRICTS[d] for d in text.districts if d in DISTRICTS],
        waits=queries.waits_for_second(answer),
        predecessor=measures.get(text.predecessor_id or 0),
    )


def _woven(measure: Measure, text: PlanText) -> list[Piece] | None:
    """What the plan says and will say; None where the place is gone."""
    try:
        return pieces(measure.description, commands.woven(measure, text))
    except PlaceGone:
        return None
