"""Changing a published answer, and reading what it said before."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.answers import commands, queries
from app.answers.forms import typed_so_far
from app.answers.forms.later import CorrectionForm, RefusalForm, taken_up
from app.answers.models import Answer, AnswerVersion
from app.answers.queries import causes
from app.answers.states import Outcome
from app.answers.views import bp
from app.core.errors import Conflict
from app.core.text.markdown import to_html
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.core.web.shared import shared_by_strangers
from app.plan import queries as plans
from app.rounds.commands import catch_up


@bp.get("/answers/<int:id>/versions")
@shared_by_strangers
@guard("answers.versions", answer=queries.get)
def versions(answer: Answer) -> ResponseReturnValue:
    """All that the answer ever said in public, and to its unit what waits."""
    return _versions(answer, RefusalForm(formdata=None))


@bp.route("/answers/<int:id>/correct", methods=["GET", "POST"])
@guard("answers.correct", answer=queries.get)
def correct(answer: Answer) -> ResponseReturnValue:
    """The form of the answer once more, with a reason for the change.

    What a second person has refused is there again; `published` begins with what everybody reads.
    """
    refused = queries.refused(answer.id)
    again = refused is not None and "published" not in request.args
    form = CorrectionForm(data=_so_far(answer, refused if again else None))
    form.to_each_chamber(answer.to_chambers)
    form.promises_easy = queries.promises_easy(answer)
    plan_id = answer.proposal.round.dialogue.plan_id
    form.offer(
        queries.measures_to_choose(plan_id),
        plans.fields(plan_id),
        causes.causes_to_choose(answer.proposal),
    )
    form.already_in_the_plan(answer)
    _offer_places(form)
    if not form.validate_on_submit():
        page = render_template(
            "answers/correct.html",
            answer=answer,
            proposal=answer.proposal,
            form=form,
            refused=refused,
            again=again,
            hints={o.value: o.explanation for o in Outcome},
            body=to_html(answer.proposal.body),
        )
        return page, 422 if form.errors else 200
    with transaction(asking="answers.correct", of=answer):
        catch_up(answer.proposal.round)
        made = commands.correct(answer, **form.given(), why=form.why.data, by=actor())
        public = made.published_at is not None
    if public:
        flash(_("The answer is changed. The earlier one stays to be read."))
        return redirect(url_for("proposals.show", id=answer.proposal_id, _anchor="answer"), 303)
    flash(_("The change is kept. A second person of your unit has to approve it."))
    return redirect(url_for("answers.versions", id=answer.id), 303)


@bp.post("/answers/<int:id>/versions/<int:number>/approve")
@guard("answers.correct", answer=queries.get)
def approve_correction(answer: Answer, number: int) -> ResponseReturnValue:
    """Everybody reads the new version from now on: the one that was read before."""
    edition = small_number(request.form.get("edition"))
    with transaction(asking="answers.correct", of=answer):
        found = next((one for one in queries.versions(answer.id) if one.number == number), None)
        if found is None:
            raise Conflict
        commands.approve_correction(answer, found, edition=edition, by=actor())
    flash(_("The answer is changed. The earlier one stays to be read."))
    return redirect(url_for("proposals.show", id=answer.proposal_id, _anchor="answer"), 303)


@bp.post("/answers/<int:id>/versions/<int:number>/refuse")
@guard("answers.correct", answer=queries.get)
def refuse_correction(answer: Answer, number: int) -> ResponseReturnValue:
    """With a reason: who wrote it reads that and takes the change up again."""
    form = RefusalForm()
    if not form.validate_on_submit():
        return _versions(answer, form), 422
    with transaction(asking="answers.correct", of=answer):
        found = queries.waiting(answer.id)
        if found is None or found.number != number:
            raise Conflict(_("This change does not wait for a second person any more."))
        commands.refuse_correction(
            answer, found, form.refusal.data, edition=form.edition.data or 0, by=actor()
        )
    flash(_("The change is refused. Who wrote it is told why, and can take it up again."))
    return redirect(url_for("answers.versions", id=answer.id), 303)


def _versions(answer: Answer, form: RefusalForm) -> str:
    mine = can("answers.notes", answer)
    known = [one for one in queries.versions(answer.id) if one.published_at is not None or mine]
    return render_template("answers/versions.html", answer=answer, versions=known, form=form)


def _so_far(answer: Answer, refused: AnswerVersion | None) -> dict[str, Any]:
    return taken_up(answer, refused) if refused is not None else typed_so_far(answer)


def _offer_places(form: CorrectionForm) -> None:
    """The paragraphs of the measure that was chosen, as soon as one is: sent without a place, the
    form comes back with them."""
    if "measure" in form and form.measure.validate(form):
        measure_id = form.measure_id()
        if measure_id is not None:
            form.offer_places(commands.paragraphs(measure_id))
