"""Writing into the tables what a content says. Rows that others may point to keep their ids."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlalchemy import delete, select

from app.core import clock
from app.core.db import db
from app.core.errors import Invalid
from app.organisations import queries as organisations
from app.plan import queries
from app.plan.commands.content import Content, cents, read_date
from app.plan.models import (
    ContactPoint,
    Cost,
    CostKind,
    CostPeriod,
    CouncilPaper,
    FormerName,
    Goal,
    GoalLevel,
    Measure,
    MeasureDistrict,
    MeasureState,
    Milestone,
    MilestoneState,
    Partner,
    PointMode,
    PointState,
    Qualifier,
    StepFree,
)
from app.plan.models.indicators import Indicator
from app.plan.queries import Parts
from app.plan.queries.translations import names_of

K = TypeVar("K")
R = TypeVar("R", Goal, Milestone)
EntryIds = list[int | None] | None


def write(
    measure: Measure, content: Content, parts: Parts, entry_ids: EntryIds = None
) -> list[Milestone]:
    """Let the measure say this. `parts` is what it has; returns entries that are done now.

    `entry_ids` says which entry of the timeline each was, None a new one; without it they are
    known by their texts. Raises Invalid where a field, a unit or a predecessor is unknown.
    """
    _rename(measure, content["title"])
    measure.state = MeasureState(content["state"])
    measure.language = content.get("language", "de")
    measure.source = content.get("source", "")
    measure.description = content.get("description", "")
    measure.public_participation = content.get("participation", "")
    measure.council_involvement = content.get("council", {}).get("involvement", "")
    _districts(measure, content["districts"])
    _links(measure, content)
    _goals(measure, content.get("goals", []), parts.goals)
    done = _timeline(measure, content, parts, entry_ids)
    _rest(measure, content)
    db.session.flush()
    return done


def _rename(measure: Measure, title: str) -> None:
    if title == measure.title:
        return
    known = db.session.scalar(
        select(FormerName).where(
            FormerName.measure_id == measure.id, FormerName.title == measure.title
        )
    )
    if known is None:
        known = FormerName(measure_id=measure.id, title=measure.title)
        db.session.add(known)
    known.until = clock.now()
    measure.title = title
    measure.names = names_of(measure.id, title)


def _districts(measure: Measure, wanted: str | list[int]) -> None:
    numbers = set(wanted) if isinstance(wanted, list) else set[int]()
    kept = [row for row in measure.districts if row.district in numbers]
    new = sorted(numbers - {row.district for row in kept})
    measure.districts = [*kept, *(MeasureDistrict(district=number) for number in new)]
    measure.city_wide = not numbers


def _links(measure: Measure, content: Content) -> None:
    """Fields, unit and predecessor, each by the name that a content has for it."""
    known = {field.key: field for field in queries.fields(measure.plan_id)}
    measure.fields = [_known(known.get(key), "field", key) for key in content.get("fields", [])]
    name = content.get("unit", "")
    measure.unit = _known(organisations.unit_named(name), "unit", name) if name else None
    measure.unit_id = measure.unit.id if measure.unit is not None else None
    earlier = content.get("follows", "")
    measure.predecessor = (
        _known(_measure(measure, earlier), "measure", earlier) if earlier else None
    )
    measure.predecessor_id = measure.predecessor.id if measure.predecessor is not None else None


def _known(found: K | None, what: str, name: str) -> K:
    if found is None:
        raise Invalid(f"There is no {what} {name!r}.")
    return found


def _measure(measure: Measure, name: str) -> Measure | None:
    plan_key, _, key = name.rpartition("/")
    if not plan_key:
        return queries.measure_by_key(measure.plan_id, key)
    plan = queries.plan_by_key(plan_key)
    return queries.measure_by_key(plan.id, key) if plan is not None else None


def _goals(measure: Measure, wanted: list[Content], had: list[Goal]) -> None:
    def same(goal: Goal, said: Content) -> bool:
        return _about(goal) == (said["level"], said.get("year")) and goal.text == said["text"]

    def goes_on(goal: Goal, said: Content) -> bool:
        """The same goal for another year."""
        return (goal.level.value, goal.text) == (said["level"], said["text"])

    def near(goal: Goal, said: Content) -> bool:
        return _about(goal) == (said["level"], said.get("year"))

    for position, (goal, said) in enumerate(matched(had, wanted, (same, goes_on, near))):
        goal = goal or _added(Goal(plan_id=measure.plan_id, measure_id=measure.id))
        goal.level = GoalLevel(said["level"])
        goal.year = said.get("year")
        goal.since_year = said.get("since")
        goal.text = said["text"]
        goal.position = position


def _about(goal: Goal) -> tuple[str, int | None]:
    return goal.level.value, goal.year


def matched(
    had: list[R], wanted: list[Content], alike: Iterable[Callable[[R, Content], bool]]
) -> list[tuple[R | None, Content]]:
    """Every wanted entry with the row that said so before, the surest likeness first.

    What nobody wants any more is marked as dropped, never deleted.
    """
    left = list(had)
    found: dict[int, R] = {}
    for test in alike:
        for index, said in enumerate(wanted):
            row = next((r for r in left if index not in found and test(r, said)), None)
            if row is not None:
                found[index] = row
                left.remove(row)
    for row in left:
        row.dropped_at = clock.now()
    return [(found.get(index), said) for index, said in enumerate(wanted)]


def _added(row: Any) -> Any:
    db.session.add(row)
    return row


def _timeline(
    measure: Measure, content: Content, parts: Parts, entry_ids: EntryIds
) -> list[Milestone]:
    done = []
    db.session.execute(delete(ContactPoint).where(ContactPoint.measure_id == measure.id))
    wanted = content.get("timeline", [])
    for position, (entry, said) in enumerate(_entries(parts.milestones, wanted, entry_ids)):
        entry = entry or _added(Milestone(measure_id=measure.id))
        if said.get("state") == MilestoneState.DONE and entry.state is not MilestoneState.DONE:
            done.append(entry)
        _write_entry(entry, said, position)
        db.session.flush()
        _points(measure, said.get("contact_points", []), entry.id)
    _points(measure, content.get("contact_points", []), None)
    return done


def _entries(
    had: list[Milestone], wanted: list[Content], entry_ids: EntryIds
) -> list[tuple[Milestone | None, Content]]:
    """Every wanted entry with the one that it was."""

    def same(entry: Milestone, said: Content) -> bool:
        return bool(entry.text == said["text"])

    def near(entry: Milestone, said: Content) -> bool:
        return True

    if entry_ids is None:
        return matched(had, wanted, (same, near))
    for entry in had:
        entry.dropped_at = None if entry.id in entry_ids else clock.now()
    known: dict[int | None, Milestone] = {entry.id: entry for entry in had}
    return [(known.pop(id, None), said) for id, said in zip(entry_ids, wanted, strict=True)]


def _write_entry(entry: Milestone, said: Content, position: int) -> None:
    entry.position = position
    entry.text = said["text"]
    entry.qualifier = Qualifier(said["qualifier"])
    entry.on, entry.precision = read_date(said["date"]) if "date" in said else (None, None)
    entry.state = MilestoneState(said["state"]) if "state" in said else None
    target = said.get("target", {})
    entry.target_least = target.get("least")
    entry.target_most = target.get("most")


def _points(measure: Measure, wanted: list[Content], milestone_id: int | None) -> None:
    texts = ("street", "opening_hours", "service", "target_group", "access_notes", "partners")
    lists = ("exceptions", "further", "languages")
    for said in wanted:
        db.session.add(
            ContactPoint(
                measure_id=measure.id,
                milestone_id=milestone_id,
                state=PointState(said["state"]),
                state_since=read_date(said["since"])[0] if "since" in said else None,
                number=said["number"],
                name=said["name"],
                district=said.get("district"),
                mode=PointMode(said["mode"]),
                step_free=StepFree(said["step_free"]) if "step_free" in said else None,
                **{key: said.get(key, "") for key in texts},
                **{key: said.get(key, []) for key in lists},
            )
        )


def _rest(measure: Measure, content: Content) -> None:
    """What nothing points to is written anew: costs, papers, partners, indicators."""
    for model in (Cost, CouncilPaper, Partner, Indicator):
        db.session.execute(delete(model).where(model.measure_id == measure.id))
    here = {"measure_id": measure.id}
    for position, said in enumerate(content.get("costs", [])):
        db.session.add(
            Cost(
                **here,
                position=position,
                cents=cents(said["amount"]),
                currency=said.get("currency", "EUR"),
                period=CostPeriod(said["period"]),
                kind=CostKind(said["kind"]),
                note=said.get("note", ""),
            )
        )
    for position, said in enumerate(content.get("council", {}).get("papers", [])):
        on = read_date(said["date"])[0] if "date" in said else None
        texts = {key: said.get(key, "") for key in ("number", "kind", "body", "outcome", "link")}
        db.session.add(CouncilPaper(**here, position=position, on=on, **texts))
    for position, name in enumerate(content.get("partners", [])):
        db.session.add(Partner(**here, position=position, name=name))
    for position, said in enumerate(content.get("indicators", [])):
        db.session.add(_indicator(said, measure_id=measure.id, position=position))


def _indicator(said: Content, **where: int) -> Indicator:
    target = said.get("target", {})
    by, precision = read_date(target["date"]) if "date" in target else (None, None)
    return Indicator(
        **where,
        title=said["title"],
        counted_in=said.get("counted_in", ""),
        baseline=cents(said["baseline"]) if "baseline" in said else None,
        target=cents(target["value"]) if "value" in target else None,
        by=by,
        precision=precision,
        source=said.get("source", ""),
        actual=[
            {"date": one["date"], "value": cents(one["value"])} for one in said.get("actual", [])
        ],
    )
