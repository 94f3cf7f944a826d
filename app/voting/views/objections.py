"""Moderators rule on the objections of organisations, in public and with a reason."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.organisations import queries as organisations
from app.organisations.models import Organisation
from app.voting import commands, queries
from app.voting.forms.ruling import UPHELD, RulingForm
from app.voting.models import Question
from app.voting.queries.objections import objection
from app.voting.views import bp


@bp.route("/questions/<int:question_id>/objections/<int:organisation_id>", methods=["GET", "POST"])
@guard("voting.rule-on-objection", question=queries.get, organisation=organisations.get)
def rule_on_objection(question: Question, organisation: Organisation) -> ResponseReturnValue:
    found = objection(question, organisation.id)
    if found is None:
        raise NotFound
    form = RulingForm()
    if form.validate_on_submit():
        with transaction(asking="voting.rule-on-objection", of=question):
            commands.rule_on_objection(
                question,
                organisation.id,
                upheld=form.ruling.data == UPHELD,
                reason=form.reason.data,
                change=form.change.data or "",
                by=actor(),
            )
        flash(_("The ruling is public now."))
        return redirect(url_for("voting.show", id=question.id, _anchor="objections"), 303)
    html = render_template(
        "voting/rule_on_objection.html",
        question=question,
        organisation=organisation,
        objection=found,
        form=form,
    )
    return html, 422 if form.errors else 200
