"""What a version of a measure said, as words in the reader's language."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from app.core.districts import DISTRICTS
from app.core.languages import SPOKEN
from app.core.text.diff import Piece, pieces
from app.core.web.context import listed, localdate, money, number
from app.plan.commands.content import CITY_WIDE, Content, cents, read_date
from app.plan.forms import ENTRY_STATES, KINDS, MODES, PERIODS, POINT_STATES, STEPS
from app.plan.models import (
    CostKind,
    CostPeriod,
    GoalLevel,
    MeasureState,
    MilestoneState,
    PointMode,
    PointState,
    Qualifier,
    StepFree,
)
from app.plan.views.words import PARTS, STATES, Dated, when


class Said(NamedTuple):
    """One part of a measure: its name, and what it said."""

    key: str
    label: LazyString
    text: str


def said(content: Content, fields: Mapping[str, str]) -> list[Said]:
    """Part by part, as text; what says nothing is left out. `fields` are titles by their keys."""
    found = [Said(key, label, _text(key, content, fields)) for key, label in PARTS.items()]
    return [part for part in found if part.text]


def differences(
    old: Content, new: Content, fields: Mapping[str, str]
) -> list[tuple[LazyString, list[Piece]]]:
    """The parts that say something else now, word by word."""
    found = []
    for key, label in PARTS.items():
        was, now = _text(key, old, fields), _text(key, new, fields)
        if was != now:
            found.append((label, pieces(was, now)))
    return found


def _text(key: str, content: Content, fields: Mapping[str, str]) -> str:
    value = content.get(key)
    if not value:
        return ""
    if key == "state":
        return str(STATES[MeasureState(value)][0])
    if key == "districts":
        return _("City-wide") if value == CITY_WIDE else listed(DISTRICTS[d] for d in value)
    if key == "fields":
        return listed(fields.get(one, one) for one in value)
    lines = _LINES.get(key)
    return "\n".join(lines(value)) if lines is not None else str(value)


def _joined(*words: Any) -> str:
    return " · ".join(str(one) for one in words if one)


def _goals(value: list[Content]) -> list[str]:
    return [_joined(_level(goal), goal["text"]) for goal in value]


def _level(goal: Content) -> str:
    if goal["level"] == GoalLevel.YEAR:
        words = _("Goals for %(year)s", year=goal["year"])
        return _joined(words, _("since %(year)s", year=goal["since"]) if "since" in goal else "")
    return _("Deliverables")


def _timeline(value: list[Content]) -> list[str]:
    lines = []
    for entry in value:
        on, precision = read_date(entry["date"]) if "date" in entry else (None, None)
        day = when(Dated(Qualifier(entry["qualifier"]), on, precision))
        state = ENTRY_STATES[MilestoneState(entry["state"])] if "state" in entry else ""
        lines.append(_joined(entry["text"], day, state, _target(entry.get("target", {}))))
        lines += _points(entry.get("contact_points", []))
    return lines


def _target(target: Content) -> str:
    if not target:
        return ""
    least, most = target["least"], target["most"]
    return number(least) if least == most else f"{number(least)}–{number(most)}"


def _points(value: list[Content]) -> list[str]:
    return [
        _joined(
            f"({number(point['number'])}) {point['name']}",
            POINT_STATES[PointState(point["state"])],
            _day(point.get("since")),
            point.get("street"),
            DISTRICTS.get(point.get("district", 0)),
            MODES[PointMode(point["mode"])],
            point.get("opening_hours"),
            *(_exception(day) for day in point.get("exceptions", [])),
            _service(point),
            *(_service(one) for one in point.get("further", [])),
            listed(SPOKEN[tag] for tag in point.get("languages", []) if tag in SPOKEN),
            _steps(point.get("step_free")),
            point.get("access_notes"),
            point.get("partners"),
        )
        for point in value
    ]


def _service(said: Content) -> str:
    return ": ".join(said[key] for key in ("service", "target_group") if key in said)


def _exception(day: Content) -> str:
    return f"{_day(day['date'])}: {day['text']}"


def _steps(value: str | None) -> str:
    return f"{_('Without a step')}: {STEPS[StepFree(value)]}" if value else ""


def _indicators(value: list[Content]) -> list[str]:
    return [
        _joined(
            one["title"],
            one.get("counted_in"),
            _counted(_("At the beginning"), one.get("baseline")),
            _counted(_("Target"), one.get("target", {}).get("value")),
            _until(one.get("target", {}).get("date")),
            *(f"{said['date']}: {_number(said['value'])}" for said in one.get("actual", [])),
            one.get("source"),
        )
        for one in value
    ]


def _counted(label: str, value: int | str | None) -> str:
    return "" if value is None else f"{label}: {_number(value)}"


def _number(value: int | str) -> str:
    return number(cents(value) / 100)


def _until(text: str | None) -> str:
    return when(Dated(Qualifier.UNTIL, *read_date(text))) if text else ""


def _day(text: str | None) -> str:
    return localdate(read_date(text)[0]) if text else ""


def _costs(value: list[Content]) -> list[str]:
    return [
        _joined(
            money(cents(cost["amount"]), cost.get("currency", "EUR")),
            PERIODS[CostPeriod(cost["period"])],
            KINDS[CostKind(cost["kind"])],
            cost.get("note"),
        )
        for cost in value
    ]


def _council(value: Content) -> list[str]:
    papers = value.get("papers", [])
    return [words for words in (value.get("involvement", ""),) if words] + [
        _joined(
            paper["number"],
            paper.get("kind"),
            paper.get("body"),
            paper.get("outcome"),
            _day(paper.get("date")),
            paper.get("link"),
        )
        for paper in papers
    ]


def _partners(value: list[str]) -> list[str]:
    return value


_LINES: dict[str, Any] = {
    "goals": _goals,
    "timeline": _timeline,
    "indicators": _indicators,
    "contact_points": _points,
    "costs": _costs,
    "council": _council,
    "partners": _partners,
}
