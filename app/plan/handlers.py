"""How search finds the plan and its parts."""

from flask import url_for

from app.core.db import db
from app.core.events import on
from app.core.search import writing
from app.core.search.sources import Group, searchable
from app.plan.events import FieldChanged, MeasureEvent, PlanImported, PlanTranslated
from app.plan.queries import searching

searchable("plan", Group.PLAN, searching.plans, lambda id, _p: url_for("plan.index", plan=id))
searchable(
    "field",
    Group.PLAN,
    searching.fields,
    lambda id, plan_id: url_for("plan.index", plan=plan_id, field=id),
    searching.fields_translated,
)
searchable(
    "measure",
    Group.PLAN,
    searching.measures,
    lambda id, _p: url_for("plan.show", id=id),
    searching.measures_translated,
)


@on(MeasureEvent)
def measure_changed(event: MeasureEvent) -> None:
    writing.touch(db.session(), "measure", event.measure_id)


@on(FieldChanged)
def field_changed(event: FieldChanged) -> None:
    writing.touch(db.session(), "field", event.field_id)


@on(PlanTranslated)
def plan_translated(event: PlanTranslated) -> None:
    for kind in ("field", "measure"):  # it is one of them
        writing.touch(db.session(), kind, event.owner_id)


@on(PlanImported)
def plan_changed(event: PlanImported) -> None:
    writing.touch(db.session(), "plan", event.plan_id)
    for kind, keys in searching.keys_of_plan(event.plan_id).items():
        writing.touch_all(db.session(), kind, keys)
