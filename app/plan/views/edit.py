"""Changing a measure, and opening a completed one again."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.forms import show_instead
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.plan import commands, queries
from app.plan.forms import MeasureForm, ReopenForm, filled_from, refuse_unknown
from app.plan.models import Measure, MeasureState, MeasureVersion
from app.plan.queries import Parts
from app.plan.views import bp, causes


@bp.route("/measures/<int:id>/edit", methods=["GET", "POST"])
@guard("plan.edit", measure=queries.measure)
def edit(measure: Measure) -> ResponseReturnValue:
    """The form; a change that somebody else overtook comes back with everything typed."""
    parts = queries.parts_of(measure.id)
    form = MeasureForm(data=filled_from(measure, parts))
    form.offer(queries.fields(measure.plan_id), measure.state)
    if not form.validate_on_submit() or refuse_unknown(form.causes, causes.public(form.causes)):
        return _page(measure, form), 422 if form.errors else 200
    try:
        with transaction(asking="plan.edit", of=measure):
            because = causes.public(form.causes).values()
            version = commands.change_measure(
                measure,
                **_given(form, measure, parts),
                reason=form.reason.data,
                because=because,
                by=actor(),
            )
            if version is not None:
                commands.tell_causes(measure, because, by=actor())
    except commands.Overtaken:
        show_instead(form.edition, newest(measure.id))
        return _page(measure, form, overtaken=True), 409
    return saved(measure, version)


def change(
    measure: Measure, form: Any, page: Callable[..., str], given: dict[str, Any]
) -> ResponseReturnValue:
    """What a form gave; where somebody else was faster its `page` comes back, all of it typed."""
    try:
        with transaction(asking="plan.edit", of=measure):
            version = commands.change_measure(measure, **given, by=actor())
    except commands.Overtaken:
        show_instead(form.edition, newest(measure.id))
        return page(overtaken=True), 409
    return saved(measure, version)


def saved(measure: Measure, version: MeasureVersion | None) -> ResponseReturnValue:
    """Back to the measure, which says whether anything is different now."""
    if version is None:
        flash(_("Nothing was different, so nothing was changed."), "info")
    else:
        flash(_("The measure is changed. Everybody sees the new version now."))
    return redirect(url_for("plan.show", id=measure.id), 303)


def _given(form: MeasureForm, measure: Measure, parts: Parts) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "state": MeasureState(form.state.data),
        "description": form.description.data or "",
        "districts": form.districts.data or [],
        "field_ids": form.fields.data or [],
        "goals": form.goals(),
        "timeline": _timeline(form, measure, parts),
        "entry_ids": [id for id, _words in form.entries()],
        "council_involvement": form.council_involvement.data or "",
        "participation": form.participation.data or "",
        "edition": form.edition.data,
    }


def _timeline(form: MeasureForm, measure: Measure, parts: Parts) -> list[dict[str, Any]]:
    """The entries with what the form does not show of them: targets and contact points."""
    before = commands.content_of(measure, parts).get("timeline", [])
    rows = zip(parts.milestones, before, strict=True)
    kept = {
        entry.id: {key: said[key] for key in ("target", "contact_points") if key in said}
        for entry, said in rows
    }
    return [{**words, **kept.get(id or 0, {})} for id, words in form.entries()]


def newest(measure_id: int) -> int:
    """The number of its newest version, for a form that was overtaken."""
    found = queries.measure(measure_id)
    return found.version_number if found is not None else 0


def _page(measure: Measure, form: MeasureForm, *, overtaken: bool = False) -> str:
    return render_template("plan/edit.html", measure=measure, form=form, overtaken=overtaken)


@bp.route("/measures/<int:id>/reopen", methods=["GET", "POST"])
@guard("plan.reopen", measure=queries.measure)
def reopen(measure: Measure) -> ResponseReturnValue:
    form = ReopenForm()
    if not form.validate_on_submit():
        page = render_template("plan/reopen.html", measure=measure, form=form)
        return page, 422 if form.errors else 200
    with transaction(asking="plan.reopen", of=measure):
        commands.reopen(measure, because=form.reason.data, by=actor())
    flash(_("The measure is open again and can be changed."))
    return redirect(url_for("plan.show", id=measure.id), 303)
