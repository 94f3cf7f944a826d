"""Reading a plan's file (docs/plan-format.md) into contents. Nothing is written here."""

from dataclasses import dataclass
from typing import Any

import yaml

from app.core.districts import DISTRICTS
from app.core.languages import LANGUAGES
from app.plan.commands.content import CITY_WIDE, Content, filled
from app.plan.commands.exchange import languages, pieces
from app.plan.commands.exchange.nodes import (
    Mapping,
    WrongFile,
    parse,
    unique,
    whole_number,
    wrong,
)
from app.plan.models import (
    MeasureState,
)

FORMAT = "plandialog-plan/1"
FILE = ("format", "plan", "fields", "measures")
PLAN = ("key", "title", "summary")
FIELD = ("key", "title", "goals_lead", "goals", "translations")
MEASURE = (
    "key", "title", "state", "districts", "fields", "language", "source", "unit", "follows",
    "description", "goals", "timeline", "indicators", "contact_points", "costs", "council",
    "partners", "participation", "translations",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a file says of one measure, and the nodes of what only a database can judge."""

    content: Content
    node: yaml.Node
    unit: yaml.Node | None
    follows: yaml.Node | None
    translations: languages.Said


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
            "translations": languages.read_translations(field),
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
        "goals": [pieces.read_goal(goal) for goal in m.items("goals")],
        "timeline": [pieces.read_entry(entry) for entry in m.items("timeline")],
        "indicators": [pieces.read_indicator(one) for one in m.items("indicators")],
        "contact_points": pieces.read_points(m),
        "costs": [pieces.read_cost(cost) for cost in m.items("costs")],
        "council": pieces.read_council(m),
        "partners": m.lines("partners"),
        "participation": m.text("participation"),
    }
    _numbered_once(node, content)
    return Said(
        filled(content),
        node,
        m.values.get("unit"),
        m.values.get("follows"),
        languages.read_translations(m),
    )


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
