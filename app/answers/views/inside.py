"""What a unit does among its people: notes, approving, templates, and wanting a second person."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.answers import commands, queries
from app.answers.forms import AnswerNoteForm, TemplateForm
from app.answers.models import Answer, AnswerTemplate
from app.answers.queries import inside
from app.answers.views import bp
from app.core.errors import Conflict
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.organisations import queries as organisations
from app.organisations.models import Unit

UNIT = "/units/<int:id>/answers"


@bp.route("/answers/<int:id>/notes", methods=["GET", "POST"])
@guard("answers.notes", answer=queries.get)
def notes(answer: Answer) -> ResponseReturnValue:
    """What the unit's people tell each other about an answer; never public."""
    form = AnswerNoteForm()
    if form.validate_on_submit():
        with transaction(asking="answers.notes", of=answer):
            commands.write_note(answer, form.body.data, by=actor())
        flash(_("The note is kept. Only your unit sees it."))
        return redirect(url_for("answers.notes", id=answer.id), 303)
    page = render_template(
        "answers/notes.html", answer=answer, form=form, notes=inside.notes(answer.id)
    )
    return page, 422 if form.errors else 200


@bp.post("/answers/<int:id>/approve")
@guard("answers.approve", answer=queries.get)
def approve(answer: Answer) -> ResponseReturnValue:
    """The edition that was previewed, by somebody who did not write it."""
    edition = small_number(request.form.get("edition"))
    if edition is None:
        raise Conflict
    with transaction(asking="answers.approve", of=answer):
        commands.approve(answer, edition=edition, by=actor())
    flash(_("You have approved the answer. It can be published now."))
    return redirect(url_for("answers.preview", id=answer.id), 303)


@bp.get(UNIT)
@guard("answers.unit", unit=organisations.unit)
def unit(unit: Unit) -> ResponseReturnValue:
    """How the unit works, and its texts to begin with."""
    return _unit(unit, TemplateForm(formdata=None))


@bp.post(UNIT)
@guard("answers.unit", unit=organisations.unit)
def want_second(unit: Unit) -> ResponseReturnValue:
    """Whether a second person approves."""
    wanted = request.form.get("wanted") == "yes"
    with transaction(asking="answers.unit", of=unit):
        commands.want_second(unit, wanted=wanted, by=actor())
    if wanted:
        flash(_("From now on a second person approves every answer of your unit."))
    else:
        flash(_("From now on one person is enough. What is prepared already still needs two."))
    return redirect(url_for("answers.unit", id=unit.id), 303)


@bp.post(UNIT + "/templates")
@guard("answers.unit", unit=organisations.unit)
def add_template(unit: Unit) -> ResponseReturnValue:
    form = TemplateForm()
    if not form.validate_on_submit():
        return _unit(unit, form)
    with transaction(asking="answers.unit", of=unit):
        commands.add_template(unit, form.title.data, form.body.data, by=actor())
    flash(_("The text is kept."))
    return redirect(url_for("answers.unit", id=unit.id), 303)


@bp.post("/units/<int:unit_id>/answers/templates/<int:template_id>/remove")
@guard("answers.remove-template", unit=organisations.unit, template=inside.template)
def remove_template(unit: Unit, template: AnswerTemplate) -> ResponseReturnValue:
    with transaction(asking="answers.remove-template", of=[unit, template]):
        commands.remove_template(template, by=actor())
    flash(_("The text is removed."))
    return redirect(url_for("answers.unit", id=unit.id), 303)


def _unit(unit: Unit, form: TemplateForm) -> ResponseReturnValue:
    page = render_template(
        "answers/unit.html", unit=unit, form=form, templates=inside.templates(unit.id)
    )
    return page, 422 if form.errors else 200
