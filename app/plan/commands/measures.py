"""Creating, changing and reopening measures. Every change keeps a version with its reason."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.events import emit
from app.core.policy import Actor
from app.core.text.folding import fold
from app.organisations import queries as organisations
from app.plan import queries
from app.plan.commands.content import CITY_WIDE, Content, content_of, filled
from app.plan.commands.paragraphs import keep_blocks
from app.plan.commands.writing import write
from app.plan.events import (
    MeasureChanged,
    MeasureCreated,
    MeasureEvent,
    MeasureReopened,
    MilestoneDone,
)
from app.plan.models import Measure, MeasureState, MeasureVersion, Milestone, Plan
from app.plan.queries import Parts
from app.plan.states import MEASURE

E = TypeVar("E", bound=MeasureEvent)
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")
_STEPS = {MeasureState.RUNNING: "start", MeasureState.COMPLETED: "complete"}


class Overtaken(Conflict):
    """Somebody changed the measure since the form was opened."""

    default = _("In the meantime somebody else changed this measure. Please compare the two.")


def create_measure(
    plan: Plan,
    *,
    title: str,
    description: str = "",
    unit_id: int | None = None,
    districts: Iterable[int] = (),
    field_ids: Iterable[int] = (),
    predecessor_id: int | None = None,
    language: str = "de",
    reason: str,
    because: Iterable[int] = (),
    by: Actor,
) -> Measure:
    """Add a new measure to the plan. Without districts it is for the whole city.

    `because` is what led to it, the most important first: their pages are linked.
    """
    content = filled(
        {
            "key": free_key(plan, title),
            "title": title,
            "state": MEASURE.initial.value,
            "districts": sorted(set(districts)) or CITY_WIDE,
            "fields": _field_keys(plan.id, field_ids),
            "language": language,
            "unit": _unit_name(unit_id),
            "follows": _key_of(plan, predecessor_id),
            "description": description,
        }
    )
    return add(plan, content, reason=reason, because=because, by=by)


def add(
    plan: Plan, content: Content, *, reason: str, because: Iterable[int] = (), by: Actor
) -> Measure:
    """Add a measure that says this (the content of docs/plan-format.md)."""
    measure = Measure(
        plan_id=plan.id,
        key=content["key"],
        title=content["title"],
        state=MeasureState(content["state"]),
        city_wide=content["districts"] == CITY_WIDE,
    )
    measure.plan = plan
    measure.fields = []
    measure.districts = []
    db.session.add(measure)
    db.session.flush()
    done = write(measure, content, Parts())
    keep_version(measure, content, reason=reason, because=because, by=by)
    emit(_fact(MeasureCreated, measure, by))
    _tell_done(measure, done, by)
    return measure


def change_measure(
    measure: Measure,
    *,
    title: str | None = None,
    description: str | None = None,
    state: MeasureState | None = None,
    districts: Iterable[int] | None = None,
    field_ids: Iterable[int] | None = None,
    language: str | None = None,
    goals: list[Content] | None = None,
    timeline: list[Content] | None = None,
    entry_ids: list[int | None] | None = None,
    participation: str | None = None,
    council_involvement: str | None = None,
    papers: list[Content] | None = None,
    costs: list[Content] | None = None,
    partners: list[str] | None = None,
    contact_points: list[Content] | None = None,
    indicators: list[Content] | None = None,
    unit_id: int | None = None,
    source: str | None = None,
    edition: int | None = None,
    reason: str,
    because: Iterable[int] = (),
    by: Actor,
) -> MeasureVersion | None:
    """Change what is given and leave the rest; None where it says all that already.

    No districts mean the whole city. `entry_ids` says which entry each of `timeline` was, None a
    new one; without it they are known by their texts. `edition` is the number of the version that
    was read. Raises Overtaken if that is not the newest, and Conflict for a completed measure.
    """
    measure, parts, before = _locked(measure.id)
    if edition is not None and edition != measure.version_number:
        raise Overtaken
    if measure.state is MeasureState.COMPLETED:
        raise Conflict(_("This measure is completed. Reopen it first, with a reason."))
    given: Content = {
        "title": title,
        "description": description,
        "state": None if state is None else state.value,
        "districts": None if districts is None else sorted(set(districts)) or CITY_WIDE,
        "fields": None if field_ids is None else _field_keys(measure.plan_id, field_ids),
        "language": language,
        "goals": None if goals is None else rolled_over(goals, before.get("goals", [])),
        "timeline": timeline,
        "participation": participation,
        "costs": costs,
        "partners": partners,
        "contact_points": contact_points,
        "indicators": indicators,
        "unit": None if unit_id is None else _unit_name(unit_id),
        "source": source,
    }
    council = {"involvement": council_involvement, "papers": papers}
    council = {key: value for key, value in council.items() if value is not None}
    if council:
        given["council"] = filled({**before.get("council", {}), **council})
    given = {key: value for key, value in given.items() if value is not None}
    said = {**before, **given}
    return _let_say(
        measure,
        said,
        parts,
        before,
        reason=reason,
        by=by,
        because=because,
        entry_ids=entry_ids,
    )


def rolled_over(goals: list[Content], before: list[Content]) -> list[Content]:
    """The goals, and of those that were one of an earlier year with the same words, since when."""
    known = {goal["text"]: goal for goal in before if "year" in goal}
    found = []
    for goal in goals:
        old = known.get(goal["text"])
        first = old.get("since", old["year"]) if old is not None else None
        since = first is not None and "since" not in goal and first < goal.get("year", 0)
        found.append({**goal, "since": first} if since else goal)
    return found


def replace(measure: Measure, content: Content, *, reason: str, by: Actor) -> MeasureVersion | None:
    """Let the measure say exactly this; None where it does already.

    Raises Conflict for a completed measure.
    """
    measure, parts, before = _locked(measure.id)
    if filled(content) == before:
        return None
    if measure.state is MeasureState.COMPLETED:
        raise Conflict(_("This measure is completed. Reopen it first, with a reason."))
    return _let_say(measure, content, parts, before, reason=reason, by=by)


def reopen(measure: Measure, *, because: str, by: Actor) -> None:
    """A completed measure goes on. The reason is public."""
    if not because:
        raise Invalid(_("Please give a reason."))
    measure, _parts, content = _locked(measure.id)
    measure.state = MEASURE.after(measure.state, "reopen")
    content["state"] = measure.state.value
    keep_version(measure, content, reason=because, by=by)
    emit(_fact(MeasureReopened, measure, by))


def _locked(measure_id: int) -> tuple[Measure, Parts, Content]:
    """The measure, afresh and changed by nobody else until the end of the transaction."""
    lock = select(Measure.id).where(Measure.id == measure_id).with_for_update()
    if db.session.scalar(lock) is None:
        raise NotFound
    measure = queries.measure(measure_id)
    if measure is None:
        raise NotFound
    parts = queries.parts_of(measure_id)
    return measure, parts, content_of(measure, parts)


def _let_say(
    measure: Measure,
    content: Content,
    parts: Parts,
    before: Content,
    *,
    reason: str,
    by: Actor,
    because: Iterable[int] = (),
    entry_ids: list[int | None] | None = None,
) -> MeasureVersion | None:
    content = filled(content)
    if content == before:
        return None
    wanted = MeasureState(content["state"])
    if wanted is not measure.state:
        MEASURE.after(measure.state, _STEPS.get(wanted, "renew"))
    done = write(measure, content, parts, entry_ids)
    version = keep_version(measure, content, reason=reason, because=because, by=by)
    emit(_fact(MeasureChanged, measure, by, version=version.number))
    _tell_done(measure, done, by)
    return version


def keep_version(
    measure: Measure, content: Content, *, reason: str, because: Iterable[int] = (), by: Actor
) -> MeasureVersion:
    because = list(because)
    measure.version_number += 1
    measure.changed_at = clock.now()
    version = MeasureVersion(
        measure_id=measure.id,
        number=measure.version_number,
        at=measure.changed_at,
        by_id=by.person_id,
        reason=reason,
        because_id=because[0] if because else None,
        content=content,
    )
    db.session.add(version)
    db.session.flush()
    keep_blocks(measure, content, because)
    return version


def free_key(plan: Plan, title: str) -> str:
    """A key of small letters, digits and hyphens that no measure of the plan has."""
    base = _NOT_IN_A_KEY.sub("-", fold(title)).strip("-")[:100].strip("-") or "measure"
    taken = queries.keys(plan.id)
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def _field_keys(plan_id: int, ids: Iterable[int]) -> list[str]:
    """In the plan's order; ids of other plans' fields are refused."""
    wanted = set(ids)
    found = [field for field in queries.fields(plan_id) if field.id in wanted]
    if len(found) != len(wanted):
        raise Invalid(_("This field of action does not belong to the plan."))
    return [field.key for field in found]


def _unit_name(unit_id: int | None) -> str:
    unit = organisations.unit(unit_id) if unit_id is not None else None
    return unit.name if unit is not None else ""


def _key_of(plan: Plan, measure_id: int | None) -> str:
    earlier = queries.measure(measure_id) if measure_id is not None else None
    if earlier is None:
        return ""
    same = earlier.plan_id == plan.id
    return earlier.key if same else f"{earlier.plan.key}/{earlier.key}"


def _tell_done(measure: Measure, done: list[Milestone], by: Actor) -> None:
    for entry in done:
        emit(_fact(MilestoneDone, measure, by, milestone_id=entry.id))


def _fact(kind: type[E], measure: Measure, by: Actor, **more: Any) -> E:
    return kind(
        by=by, measure_id=measure.id, plan_id=measure.plan_id, unit_id=measure.unit_id, **more
    )
