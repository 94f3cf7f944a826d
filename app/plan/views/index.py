"""The plan: its fields of action with their goals and measures."""

from typing import Any, NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.districts import DISTRICTS
from app.core.text.clean import clean_line
from app.core.text.markdown import summary
from app.core.web import guard
from app.core.web.shared import shared_by_strangers
from app.plan import queries
from app.plan.forms import KINDS, PERIODS, FilterForm
from app.plan.models import Measure, MeasureState, Plan
from app.plan.queries import FieldGoals, Filter, Listing, money
from app.plan.queries.translations import begins
from app.plan.views import bp
from app.plan.views.told import plan_language, telling
from app.plan.views.words import STATES, district_words

_LONGEST = 200  # characters of a search that are looked at


class Section(NamedTuple):
    """A field of action with its goals, None for measures without a field, and what is shown."""

    head: FieldGoals | None
    measures: list[Measure]


@bp.get("/plan")
@shared_by_strangers
@guard("plan.index")
def index() -> ResponseReturnValue:
    """Readable as one document; filtered and searched; twenty measures at a time."""
    plan, plans = chosen_plan()
    if plan is None:
        return render_template("plan/index.html", plan=None)
    fields = queries.fields_with_goals(plan.id)
    wanted = asked(fields)
    found = queries.listing(plan.id, wanted, request.args.get("after", ""))
    language = plan_language()
    owners = [entry.field.id for entry in fields] + [measure.id for measure in found.measures]
    told = telling(owners, language)
    return render_template(
        "plan/index.html",
        plan=plan,
        plans=plans,
        form=_form(wanted, fields),
        wanted=wanted,
        found=found,
        sections=_sections(found, fields, wanted),
        next_url=_next_url(plan, wanted, found),
        states=STATES,
        district_words=district_words,
        summary=summary,
        sums=money.sums(plan.id, wanted) if wanted.field_id and not wanted.q else [],
        periods=PERIODS,
        kinds=KINDS,
        plan_language=language,
        told=told,
        begins=begins(told.found, {one.id: one.description for one in found.measures}),
    )


def chosen_plan() -> tuple[Plan | None, list[Plan]]:
    """The plan that the address names, else the first; and all of them."""
    plans = queries.plans()
    name = request.args.get("plan")  # search knows the number only
    named = (p for p in plans if name in (p.key, str(p.id)))
    return next(named, plans[0] if plans else None), plans


def asked(fields: list[FieldGoals]) -> Filter:
    """What the address asks for; what is no filter is none."""
    args = request.args
    q = clean_line(args.get("q", "")[:_LONGEST], 4 * _LONGEST)  # composing may lengthen it
    known = {str(entry.field.id): entry.field.id for entry in fields}
    districts = {str(number): number for number in DISTRICTS}
    states = {state.value: state for state in MeasureState}
    return Filter(
        q=q,
        field_id=known.get(args.get("field", "")),
        district=districts.get(args.get("district", "")),
        state=states.get(args.get("state", "")),
    )


def _values(wanted: Filter) -> dict[str, Any]:
    return {
        "q": wanted.q or None,
        "field": wanted.field_id,
        "district": wanted.district,
        "state": wanted.state.value if wanted.state is not None else None,
    }


def _form(wanted: Filter, fields: list[FieldGoals]) -> FilterForm:
    values = {key: "" if value is None else str(value) for key, value in _values(wanted).items()}
    form = FilterForm(formdata=None, data=values)
    form.offer([entry.field for entry in fields])
    return form


def _sections(found: Listing, fields: list[FieldGoals], wanted: Filter) -> list[Section]:
    """The measures under their first field, or under the one that is looked for."""
    heads = {entry.field.id: entry for entry in fields}
    sections: list[Section] = []
    for measure in found.measures:
        first = wanted.field_id or (measure.fields[0].id if measure.fields else None)
        head = heads.get(first) if first is not None else None
        if not sections or sections[-1].head is not head:
            sections.append(Section(head, []))
        sections[-1].measures.append(measure)
    if not wanted.narrows and not found.following:
        shown = {section.head.field.id for section in sections if section.head is not None}
        sections += [Section(entry, []) for entry in fields if _is_empty(entry, shown)]
    return sections


def _is_empty(entry: FieldGoals, shown: set[int]) -> bool:
    """Whether a field has not been shown on the only page; on later pages nobody knows."""
    return entry.field.id not in shown and not request.args.get("after")


def _next_url(plan: Plan, wanted: Filter, found: Listing) -> str:
    if not found.following:
        return ""
    return url_for("plan.index", plan=plan.key, after=found.following, **_values(wanted))
