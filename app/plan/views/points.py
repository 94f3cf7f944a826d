"""Changing the contact points of a measure and the targets they are counted for."""

from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.web import guard
from app.plan import queries
from app.plan.forms import PointsForm, points_from
from app.plan.models import Measure
from app.plan.queries import Parts
from app.plan.views import bp
from app.plan.views.edit import change


@bp.route("/measures/<int:id>/edit/contact-points", methods=["GET", "POST"])
@guard("plan.edit", measure=queries.measure)
def contact_points(measure: Measure) -> ResponseReturnValue:
    """The form; a change that somebody else overtook comes back with everything typed."""
    parts = queries.parts_of(measure.id)
    form = PointsForm(data=points_from(measure, parts))
    form.offer(parts.milestones)
    if not form.validate_on_submit():
        return _page(measure, parts, form), 422 if form.errors else 200
    return change(measure, form, partial(_page, measure, parts, form), form.given(measure, parts))


def _page(measure: Measure, parts: Parts, form: PointsForm, *, overtaken: bool = False) -> str:
    return render_template(
        "plan/edit_points.html",
        measure=measure,
        form=form,
        texts={entry.id: entry.text for entry in parts.milestones},
        overtaken=overtaken,
    )
