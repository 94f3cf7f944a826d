"""Changing who is responsible for a measure, its costs, papers, partners and source."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.transactions import transaction
from app.core.web import actor, guard
from app.organisations import queries as organisations
from app.plan import commands, queries
from app.plan.forms import FactsForm, facts_from
from app.plan.models import Measure
from app.plan.views import bp
from app.plan.views.edit import newest, saved


@bp.route("/measures/<int:id>/edit/facts", methods=["GET", "POST"])
@guard("plan.edit", measure=queries.measure)
def facts(measure: Measure) -> ResponseReturnValue:
    """The form; a change that somebody else overtook comes back with everything typed."""
    form = FactsForm(data=facts_from(measure, queries.parts_of(measure.id)))
    form.offer(organisations.units(), measure.unit)
    if not form.validate_on_submit():
        return _page(measure, form), 422 if form.errors else 200
    try:
        with transaction(asking="plan.edit", of=measure):
            version = commands.change_measure(measure, **form.given(), by=actor())
    except commands.Overtaken:
        form.edition.raw_data = None
        form.edition.data = newest(measure.id)
        return _page(measure, form, overtaken=True), 409
    return saved(measure, version)


def _page(measure: Measure, form: FactsForm, *, overtaken: bool = False) -> str:
    return render_template("plan/facts.html", measure=measure, form=form, overtaken=overtaken)
