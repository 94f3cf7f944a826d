"""Bringing what a file says into the plan: what is new is added, what differs is changed."""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor
from app.core.search.sources import WRITTEN_IN
from app.organisations import queries as organisations
from app.plan import queries
from app.plan.commands.content import Content, filled
from app.plan.commands.exchange.languages import bring_translations
from app.plan.commands.exchange.nodes import wrong
from app.plan.commands.exchange.reading import PlanFile, Said, read
from app.plan.commands.fields import keep_field_version, write_goals
from app.plan.commands.measures import add, replace
from app.plan.events import PlanImported
from app.plan.models import Field, Measure, MeasureState, Plan


@dataclass
class Imported:
    """What an import did; `changes` is False where the plan said all that already."""

    plan: Plan
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    frame: bool = False
    translated: list[str] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        return self.frame or bool(self.created or self.changed or self.translated)


def import_plan(content: bytes, *, reason: str = "", by: Actor) -> Imported:
    """Read a file and let the plan say what it says; raises WrongFile.

    The plan, its fields and measures are known by their keys. What the file does not name stays.
    """
    said = read(content)
    plan = queries.plan_by_key(said.plan["key"])
    before = frame(plan) if plan is not None else None
    why = reason or _("Import of a file")
    plan = _plan(plan, said, why, by)
    result = Imported(plan, frame=frame(plan) != before)
    for measure in said.measures:
        _bring(result, measure, why, by)
    if result.changes:
        emit(
            PlanImported(
                by=by, plan_id=plan.id, created=len(result.created), changed=len(result.changed)
            )
        )
    return result


def frame(plan: Plan) -> Content:
    """The plan without its measures, as a file says it."""
    fields = queries.fields(plan.id)
    goals = queries.overarching([field.id for field in fields])
    return {
        "plan": filled({"key": plan.key, "title": plan.title, "summary": plan.summary}),
        "fields": [
            filled(
                {
                    "key": field.key,
                    "title": field.title,
                    "goals_lead": field.goals_lead,
                    "goals": [goal.text for goal in goals if goal.field_id == field.id],
                }
            )
            for field in fields
        ],
    }


def _plan(plan: Plan | None, said: PlanFile, reason: str, by: Actor) -> Plan:
    if plan is None:
        plan = Plan(key=said.plan["key"])
        db.session.add(plan)
    plan.title = said.plan["title"]
    plan.summary = said.plan.get("summary", "")
    db.session.flush()
    known = {field.key: field for field in queries.fields(plan.id)}
    unnamed = [key for key in known if key not in {field["key"] for field in said.fields}]
    for position, content in enumerate(said.fields):
        _field(plan, known.get(content["key"]), content, position, reason, by)
    for position, key in enumerate(unnamed, len(said.fields)):
        known[key].position = position
    db.session.flush()
    return plan


def _field(
    plan: Plan, row: Field | None, content: Content, position: int, reason: str, by: Actor
) -> None:
    if row is None:
        row = Field(plan_id=plan.id, key=content["key"])
        db.session.add(row)
    row.title = content["title"]
    row.goals_lead = content.get("goals_lead", "")
    row.position = position
    db.session.flush()
    write_goals(row, content.get("goals", []))
    keep_field_version(row, reason=reason, by=by)
    bring_translations(row, WRITTEN_IN, content.get("translations", {}), by=by)


def _bring(result: Imported, said: Said, reason: str, by: Actor) -> None:
    plan, content = result.plan, said.content
    if said.unit is not None and organisations.unit_named(content["unit"]) is None:
        wrong(said.unit, f"there is no unit {content['unit']!r}; make it first")
    if said.follows is not None and not _is_known(plan, content["follows"]):
        wrong(said.follows, f"there is no measure {content['follows']!r}")
    known = queries.measure_by_key(plan.id, content["key"])
    if known is None:
        made = add(plan, content, reason=reason, by=by)
        bring_translations(made, made.language, said.translations, by=by)
        result.created.append(made.title)
        return
    _replace(result, known, said, reason, by)
    fresh = queries.measure(known.id) or known
    if bring_translations(fresh, fresh.language, said.translations, by=by):
        result.translated.append(fresh.title)


def _replace(result: Imported, known: Measure, said: Said, reason: str, by: Actor) -> None:
    content = said.content
    try:
        if replace(known, content, reason=reason, by=by) is not None:
            result.changed.append(content["title"])
    except Conflict:
        wrong(said.node, _why_not(known, content))


def _why_not(known: Measure, content: Content) -> str:
    if known.state is MeasureState.COMPLETED:
        return "this measure is completed; reopen it on its page first, with a reason"
    return f"a measure that is {known.state} does not become {content['state']}"


def _is_known(plan: Plan, name: str) -> bool:
    plan_key, _, key = name.rpartition("/")
    elsewhere = queries.plan_by_key(plan_key) if plan_key else plan
    return elsewhere is not None and queries.measure_by_key(elsewhere.id, key) is not None
