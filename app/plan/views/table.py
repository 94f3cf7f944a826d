"""The plan as a table with filters, its timelines as a picture, and what it lacks."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.languages import LANGUAGES, name_of
from app.core.web import can, guard
from app.core.web.languages import current
from app.core.web.shared import shared_by_strangers
from app.plan import queries
from app.plan.forms import ENTRY_STATES, KINDS, PERIODS, TableForm
from app.plan.models import Plan
from app.plan.queries import FieldGoals, Filter, money
from app.plan.queries.gaps import gaps, units_in, years_in
from app.plan.queries.translations import lacking
from app.plan.views import bp
from app.plan.views.gantt import ROW, TOP, WIDTH, gantt
from app.plan.views.index import asked, chosen_plan
from app.plan.views.told import plan_language
from app.plan.views.words import STATES, district_words, when

_LONGEST = 80


@bp.get("/plan/table")
@shared_by_strangers
@guard("plan.index")
def table() -> ResponseReturnValue:
    """Twenty measures at a time, with who is responsible and how far they are."""
    plan, _plans = chosen_plan()
    if plan is None:
        return redirect(url_for("plan.index"))
    fields = queries.fields_with_goals(plan.id)
    form = TableForm(request.args)
    _offer(form, plan, fields)
    wanted = _filter(form, fields)
    found = queries.listing(plan.id, wanted, request.args.get("after", ""))
    parts = queries.for_a_list([measure.id for measure in found.measures])
    given: dict[str, Any] = {
        name: value for name, value in request.args.items() if name in form.data and value
    }
    following = found.following
    may_see = can("plan.gaps")
    return render_template(
        "plan/table.html",
        plan=plan,
        form=form,
        wanted=wanted,
        found=found,
        sums=money.sums(plan.id, wanted),
        parts=parts,
        periods=PERIODS,
        kinds=KINDS,
        gantt=gantt(found.measures, parts, mirrored=current().dir == "rtl"),
        late=_late(found.measures, parts),
        gaps=gaps(plan.id) if may_see else None,
        lacking=lacking(plan.id, _others()) if may_see else [],
        name_of=name_of,
        states=STATES,
        entry_states=ENTRY_STATES,
        district_words=district_words,
        when=when,
        width=WIDTH,
        row=ROW,
        top=TOP,
        next_url=url_for("plan.table", plan=plan.key, after=following, **given)
        if following
        else "",
    )


def _others() -> list[str]:
    """The languages of the interface into which the plan can be translated."""
    return [tag for tag in LANGUAGES if tag != plan_language()]


def _late(measures: list[Any], parts: dict[int, Any]) -> dict[int, int]:
    """How many entries of each are overdue."""
    return {
        one.id: sum(
            queries.is_overdue(entry, one, parts[one.id]) for entry in parts[one.id].milestones
        )
        for one in measures
    }


def _offer(form: TableForm, plan: Plan, fields: list[FieldGoals]) -> None:
    goals = [(f"goal-{goal.id}", goal.text) for entry in fields for goal in entry.goals]
    years = [(f"year-{y}", _("Goals for %(year)s", year=y)) for y in years_in(plan.id)]
    shortened = [(key, text[:_LONGEST] + "…" * (len(text) > _LONGEST)) for key, text in goals]
    form.offer([entry.field for entry in fields])
    form.offer_more([*years, *shortened], units_in(plan.id))


def _filter(form: TableForm, fields: list[FieldGoals]) -> Filter:
    """What the address asks for; what is not offered is no filter."""
    kind, _dash, number = form.chosen("goal").partition("-")
    unit = form.chosen("unit")
    return Filter(
        **{name: getattr(asked(fields), name) for name in ("field_id", "district", "state")},
        unit_id=int(unit) if unit else None,
        goal_id=int(number) if kind == "goal" else None,
        year=int(number) if kind == "year" else None,
    )
