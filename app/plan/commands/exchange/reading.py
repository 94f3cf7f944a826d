"""Reading a plan's file (docs/plan-format.md) into contents. Nothing is written here."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import yaml

from app.core.districts import DISTRICTS
from app.core.languages import LANGUAGES
from app.plan.commands.content import CITY_WIDE, Content, filled
from app.plan.commands.exchange.nodes import (
    Mapping,
    WrongFile,
    parse,
    unique,
    whole_number,
    wrong,
)
from app.plan.models import (
    CostKind,
    CostPeriod,
    GoalLevel,
    MeasureState,
    MilestoneState,
    PointMode,
    PointState,
    Qualifier,
)

FORMAT = "plandialog-plan/1"
FILE = ("format", "plan", "fields", "measures")
PLAN = ("key", "title", "summary")
FIELD = ("key", "title", "goals_lead", "goals")
MEASURE = (
    "key", "title", "state", "districts", "fields", "language", "source", "unit", "follows",
    "description", "goals", "timeline", "contact_points", "costs", "council", "partners",
    "participation",
)  # fmt: skip
GOAL = ("level", "year", "text")
ENTRY = ("text", "qualifier", "date", "state", "target", "contact_points")
TARGET = ("least", "most")
POINT = (
    "state", "since", "number", "name", "street", "district", "mode", "opening_hours", "service",
    "target_group", "partners",
)  # fmt: skip
COST = ("amount", "currency", "period", "kind", "note")
COUNCIL = ("involvement", "papers")
PAPER = ("number", "kind", "body", "date", "outcome", "link")
_MOST_NUMBERS = 10_000


@dataclass(frozen=True)
class Said:
    """What a file says of one measure, and the nodes of what only a database can judge."""

    content: Content
    node: yaml.Node
    unit: yaml.Node | None
    follows: yaml.Node | None


@dataclass(frozen=True)
class PlanFile:
    plan: Content
    fields: list[Content]
    measures: list[Said]


def read(content: bytes) -> PlanFile:
    """Everything a file says; raises WrongFile with the line of the first thing that is wrong."""
    whole = Mapping(parse(content), FILE)
    name = whole.line("format", required=True)
    if name != FORMAT:
        wrong(whole.values["format"], f"{name!r} is not {FORMAT!r}")
    plan = Mapping(whole.node_of("plan"), PLAN)
    said = filled(
        {
            "key": plan.key(),
            "title": plan.line("title", required=True),
            "summary": plan.text("summary"),
        }
    )
    fields = unique_keys([(node, _field(node)) for node in whole.items("fields")])
    keys = [field["key"] for field in fields]
    measures = [_measure(node, keys) for node in whole.items("measures")]
    unique([(measure.node, measure.content["key"]) for measure in measures])
    return PlanFile(said, fields, in_order(measures))


def unique_keys(values: list[tuple[yaml.Node, Content]]) -> list[Content]:
    unique([(node, value["key"]) for node, value in values])
    return [value for _, value in values]


def in_order(measures: list[Said]) -> list[Said]:
    """Each after the one it follows, else as the file has them."""
    keys = {said.content["key"] for said in measures}
    done: dict[str, Said] = {}
    while len(done) < len(measures):
        before = len(done)
        for said in measures:
            follows = said.content.get("follows")
            if follows not in keys or follows in done:
                done.setdefault(said.content["key"], said)
        if len(done) == before:
            stuck = next(said for said in measures if said.content["key"] not in done)
            wrong(stuck.follows or stuck.node, "these measures follow each other in a circle")
    return list(done.values())


def _field(node: yaml.Node) -> Content:
    field = Mapping(node, FIELD)
    return filled(
        {
            "key": field.key(),
            "title": field.line("title", required=True),
            "goals_lead": field.line("goals_lead"),
            "goals": field.lines("goals", most=2_000),
        }
    )


def _measure(node: yaml.Node, field_keys: list[str]) -> Said:
    m = Mapping(node, MEASURE)
    content = {
        "key": m.key(most=120),
        "title": m.line("title", required=True),
        "state": m.choice("state", MeasureState),
        "districts": _districts(m),
        "fields": _fields(m, field_keys),
        "language": _language(m),
        "source": m.line("source", most=300),
        "unit": m.line("unit", most=160),
        "follows": m.line("follows"),
        "description": m.text("description"),
        "goals": [_goal(goal) for goal in m.items("goals")],
        "timeline": [_entry(entry) for entry in m.items("timeline")],
        "contact_points": _points(m),
        "costs": [_cost(cost) for cost in m.items("costs")],
        "council": _council(m),
        "partners": m.lines("partners"),
        "participation": m.text("participation"),
    }
    _numbered_once(node, content)
    return Said(filled(content), node, m.values.get("unit"), m.values.get("follows"))


def _districts(m: Mapping) -> str | list[int]:
    node = m.node_of("districts")
    if isinstance(node, yaml.ScalarNode):
        if node.value != CITY_WIDE:
            wrong(node, f"{node.value!r} is neither {CITY_WIDE!r} nor a list of numbers")
        return CITY_WIDE
    most = max(DISTRICTS)
    numbers = [(n, whole_number(n, str(n.value), 1, most)) for n in m.items("districts")]
    if not numbers:
        wrong(node, f"a list of numbers from 1 to {most}, or {CITY_WIDE!r}")
    return sorted(unique(numbers))


def _fields(m: Mapping, known: list[str]) -> list[str]:
    named = m.lines("fields")
    for node, key in zip(m.items("fields"), named, strict=True):
        if key not in known:
            wrong(node, f"there is no field {key!r} in this file")
    return sorted(named, key=known.index)


def _language(m: Mapping) -> str:
    tag = m.line("language") or "de"
    if tag not in LANGUAGES:
        wrong(m.values["language"], f"{tag!r} is not one of {', '.join(LANGUAGES)}")
    return tag


def _goal(node: yaml.Node) -> Content:
    goal = Mapping(node, GOAL)
    level = goal.choice("level", GoalLevel)
    if level == GoalLevel.OVERARCHING:
        wrong(goal.values["level"], "overarching goals belong to a field")
    year = goal.number("year", 1900, 2200, required=level == GoalLevel.YEAR)
    if year is not None and level != GoalLevel.YEAR:
        wrong(goal.values["year"], "only goals of the level 'year' have a year")
    return filled(
        {"level": level, "year": year, "text": goal.line("text", most=2_000, required=True)}
    )


def _entry(node: yaml.Node) -> Content:
    entry = Mapping(node, ENTRY)
    qualifier = entry.choice("qualifier", Qualifier)
    on = entry.date("date")
    if (qualifier == Qualifier.ONGOING) == bool(on):
        wrong(node, "an entry has a date, unless it is 'ongoing'")
    return filled(
        {
            "text": entry.line("text", most=2_000, required=True),
            "qualifier": qualifier,
            "date": on,
            "state": entry.choice("state", MilestoneState, required=False),
            "target": _target(entry),
            "contact_points": _points(entry),
        }
    )


def _target(entry: Mapping) -> Content:
    if "target" not in entry.values:
        return {}
    target = Mapping(entry.values["target"], TARGET)
    least = target.number("least", 0, _MOST_NUMBERS, required=True) or 0
    most = target.number("most", 0, _MOST_NUMBERS, required=True) or 0
    if most < least:
        wrong(target.values["most"], f"{most} is less than {least}")
    return {"least": least, "most": most}


def _points(of: Mapping) -> list[Content]:
    """Those in operation first, each state by its numbers."""
    points = [_point(node) for node in of.items("contact_points")]
    states = [state.value for state in PointState]
    return sorted(points, key=lambda p: (states.index(p["state"]), p["number"]))


def _point(node: yaml.Node) -> Content:
    point = Mapping(node, POINT)
    return filled(
        {
            "state": point.choice("state", PointState),
            "since": point.date("since", day=True),
            "number": point.number("number", 1, _MOST_NUMBERS, required=True),
            "name": point.line("name", required=True),
            "street": point.line("street"),
            "district": point.number("district", 1, max(DISTRICTS)),
            "mode": point.choice("mode", PointMode),
            "opening_hours": point.text("opening_hours", most=1_000),
            "service": point.line("service", most=1_000),
            "target_group": point.line("target_group", most=1_000),
            "partners": point.line("partners", most=1_000),
        }
    )


def _numbered_once(node: yaml.Node, content: Content) -> None:
    seen = set()
    points: list[Any] = [*content["contact_points"]]
    for entry in content["timeline"]:
        points += entry.get("contact_points", [])
    for point in points:
        number = point["state"], point["number"]
        if number in seen:
            line = node.start_mark.line + 1
            raise WrongFile(line, f"two contact points {number[0]} have the number {number[1]}")
        seen.add(number)


def _cost(node: yaml.Node) -> Content:
    cost = Mapping(node, COST)
    currency = cost.line("currency", most=3) or "EUR"
    if not (currency.isascii() and currency.isalpha() and currency.isupper()):
        wrong(cost.values["currency"], f"{currency!r} is no currency such as EUR")
    return filled(
        {
            "amount": cost.money("amount"),
            "currency": currency,
            "period": cost.choice("period", CostPeriod),
            "kind": cost.choice("kind", CostKind),
            "note": cost.line("note", most=1_000),
        }
    )


def _council(m: Mapping) -> Content:
    if "council" not in m.values:
        return {}
    council = Mapping(m.values["council"], COUNCIL)
    return filled(
        {
            "involvement": council.text("involvement", most=2_000),
            "papers": [_paper(paper) for paper in council.items("papers")],
        }
    )


def _paper(node: yaml.Node) -> Content:
    paper = Mapping(node, PAPER)
    link = paper.line("link", most=500)
    if link and not is_web_address(link):
        wrong(paper.values["link"], "this is no address that begins with https:// or http://")
    return filled(
        {
            "number": paper.line("number", most=80, required=True),
            "kind": paper.line("kind", most=80),
            "body": paper.line("body", most=160),
            "date": paper.date("date", day=True),
            "outcome": paper.line("outcome"),
            "link": link,
        }
    )


def is_web_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in link
