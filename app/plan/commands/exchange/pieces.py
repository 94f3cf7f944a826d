"""Reading the parts of a measure out of a plan's file."""

from urllib.parse import urlsplit

import yaml

from app.core.districts import DISTRICTS
from app.core.languages import SPOKEN
from app.plan.commands.content import Content, filled
from app.plan.commands.exchange.nodes import Mapping, wrong
from app.plan.models import (
    CostKind,
    CostPeriod,
    GoalLevel,
    MilestoneState,
    PointMode,
    PointState,
    Qualifier,
    StepFree,
)

GOAL = ("level", "year", "since", "text")
ENTRY = ("text", "qualifier", "date", "state", "target", "contact_points")
TARGET = ("least", "most")
POINT = (
    "state", "since", "number", "name", "street", "district", "mode", "opening_hours",
    "exceptions", "service", "target_group", "further", "languages", "step_free", "access_notes",
    "partners",
)  # fmt: skip
EXCEPTION = ("date", "text")
FURTHER = ("service", "target_group")
INDICATOR = ("title", "counted_in", "baseline", "target", "source", "actual")
AIM = ("value", "date")
COUNT = ("date", "value")
COST = ("amount", "currency", "period", "kind", "note")
COUNCIL = ("involvement", "papers")
PAPER = ("number", "kind", "body", "date", "outcome", "link")
_MOST_NUMBERS = 10_000


def read_goal(node: yaml.Node) -> Content:
    goal = Mapping(node, GOAL)
    level = goal.choice("level", GoalLevel)
    if level == GoalLevel.OVERARCHING:
        wrong(goal.values["level"], "overarching goals belong to a field")
    year = goal.number("year", 1900, 2200, required=level == GoalLevel.YEAR)
    if year is not None and level != GoalLevel.YEAR:
        wrong(goal.values["year"], "only goals of the level 'year' have a year")
    since = goal.number("since", 1900, 2200)
    if since is not None and (year is None or since >= year):
        wrong(goal.values["since"], "a goal has rolled over from an earlier year only")
    text = goal.line("text", most=2_000, required=True)
    return filled({"level": level, "year": year, "since": since, "text": text})


def read_entry(node: yaml.Node) -> Content:
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
            "contact_points": read_points(entry),
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


def read_points(of: Mapping) -> list[Content]:
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
            "exceptions": [_exception(day) for day in point.items("exceptions")],
            "service": point.line("service", most=1_000),
            "target_group": point.line("target_group", most=1_000),
            "further": [_further(one) for one in point.items("further")],
            "languages": _spoken(point),
            "step_free": point.choice("step_free", StepFree, required=False),
            "access_notes": point.text("access_notes", most=1_000),
            "partners": point.line("partners", most=1_000),
        }
    )


def _exception(node: yaml.Node) -> Content:
    day = Mapping(node, EXCEPTION)
    day.node_of("date")
    return {"date": day.date("date", day=True), "text": day.line("text", required=True)}


def _further(node: yaml.Node) -> Content:
    one = Mapping(node, FURTHER)
    return filled(
        {
            "service": one.line("service", most=1_000, required=True),
            "target_group": one.line("target_group", most=1_000),
        }
    )


def _spoken(point: Mapping) -> list[str]:
    """In the order of our list, so that two that say the same are equal."""
    tags = point.lines("languages")
    for node, tag in zip(point.items("languages"), tags, strict=True):
        if tag not in SPOKEN:
            wrong(node, f"{tag!r} is not one of {', '.join(SPOKEN)}")
    return [tag for tag in SPOKEN if tag in tags]


def read_indicator(node: yaml.Node) -> Content:
    one = Mapping(node, INDICATOR)
    target: Content = {}
    if "target" in one.values:
        aim = Mapping(one.values["target"], AIM)
        target = filled({"value": aim.decimal("value", required=True), "date": aim.date("date")})
    actual = [_count(said) for said in one.items("actual")]
    days = [said["date"] for said in actual]
    if days != sorted(set(days)):
        wrong(one.values["actual"], "the oldest comes first, and each date stands here once")
    return filled(
        {
            "title": one.line("title", required=True),
            "counted_in": one.line("counted_in", most=80),
            "baseline": one.decimal("baseline"),
            "target": target,
            "source": one.line("source", most=500),
            "actual": actual,
        }
    )


def _count(node: yaml.Node) -> Content:
    said = Mapping(node, COUNT)
    said.node_of("date")
    return {"date": said.date("date"), "value": said.decimal("value", required=True)}


def read_cost(node: yaml.Node) -> Content:
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


def read_council(m: Mapping) -> Content:
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
