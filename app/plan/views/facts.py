"""Changing who is responsible for a measure, its costs, papers, partners and source."""

from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.web import guard
from app.organisations import queries as organisations
from app.plan import queries
from app.plan.forms import FactsForm, facts_from
from app.plan.models import Measure
from app.plan.views import bp
from app.plan.views.edit import change


@bp.route("/measures/<int:id>/edit/facts", methods=["GET", "POST"])
@guard("plan.edit", measure=queries.measure)
def facts(measure: Measure) -> ResponseReturnValue:
    """The form; a change that somebody else overtook comes back with everything typed."""
    form = FactsForm(data=facts_from(measure, queries.parts_of(measure.id)))
    form.offer(organisations.units(), measure.unit)
    if not form.validate_on_submit():
        return _page(measure, form), 422 if form.errors else 200
    return change(measure, form, partial(_page, measure, form), form.given())


def _page(measure: Measure, form: FactsForm, *, overtaken: bool = False) -> str:
    return render_template("plan/facts.html", measure=measure, form=form, overtaken=overtaken)
