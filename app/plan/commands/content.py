"""A measure as plain values: what a file says of it, and what every version keeps.

The keys are those of docs/plan-format.md, in its order. Empty values are left out, so that two
contents are equal where they say the same.
"""

from datetime import date
from typing import Any

from app.plan.models import (
    ContactPoint,
    Cost,
    CouncilPaper,
    Goal,
    Measure,
    Milestone,
    PointState,
    Precision,
)
from app.plan.models.indicators import Indicator
from app.plan.queries import Parts

Content = dict[str, Any]
CITY_WIDE = "city-wide"


def content_of(measure: Measure, parts: Parts) -> Content:
    """All that the plan says of a measure (loaded with plan, unit, predecessor, fields, …)."""
    return filled(
        {
            "key": measure.key,
            "title": measure.title,
            "state": measure.state.value,
            "districts": _districts(measure),
            "fields": [field.key for field in measure.fields],
            "language": measure.language,
            "source": measure.source,
            "unit": measure.unit.name if measure.unit is not None else "",
            "follows": _follows(measure),
            "description": measure.description,
            "goals": [_goal(goal) for goal in parts.goals],
            "timeline": [_entry(entry, parts) for entry in parts.milestones],
            "indicators": [_indicator(one) for one in parts.indicators],
            "contact_points": [_point(point) for point in ordered(parts.points_of(None))],
            "costs": [_cost(cost) for cost in parts.costs],
            "council": filled(
                {
                    "involvement": measure.council_involvement,
                    "papers": [_paper(paper) for paper in parts.papers],
                }
            ),
            "partners": [partner.name for partner in parts.partners],
            "participation": measure.public_participation,
        }
    )


def filled(values: Content) -> Content:
    """Without what is empty; zero stays."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def ordered(points: list[ContactPoint]) -> list[ContactPoint]:
    """Those in operation first, each state by its numbers."""
    states = list(PointState)
    return sorted(points, key=lambda point: (states.index(point.state), point.number, point.id))


def _districts(measure: Measure) -> str | list[int]:
    return CITY_WIDE if measure.city_wide else [row.district for row in measure.districts]


def _follows(measure: Measure) -> str:
    earlier = measure.predecessor
    if earlier is None:
        return ""
    same = earlier.plan_id == measure.plan_id
    return earlier.key if same else f"{earlier.plan.key}/{earlier.key}"


def _goal(goal: Goal) -> Content:
    return filled(
        {
            "level": goal.level.value,
            "year": goal.year,
            "since": goal.since_year,
            "text": goal.text,
        }
    )


def _entry(entry: Milestone, parts: Parts) -> Content:
    target = filled({"least": entry.target_least, "most": entry.target_most})
    return filled(
        {
            "text": entry.text,
            "qualifier": entry.qualifier.value,
            "date": date_text(entry.on, entry.precision),
            "state": entry.state.value if entry.state is not None else "",
            "target": target,
            "contact_points": [_point(point) for point in ordered(parts.points_of(entry))],
        }
    )


def _indicator(one: Indicator) -> Content:
    target = {
        "value": None if one.target is None else amount(one.target),
        "date": date_text(one.by, one.precision),
    }
    return filled(
        {
            "title": one.title,
            "counted_in": one.counted_in,
            "baseline": None if one.baseline is None else amount(one.baseline),
            "target": filled(target),
            "source": one.source,
            "actual": [
                {"date": said["date"], "value": amount(said["value"])} for said in one.actual
            ],
        }
    )


def _point(point: ContactPoint) -> Content:
    return filled(
        {
            "state": point.state.value,
            "since": date_text(point.state_since, Precision.DAY),
            "number": point.number,
            "name": point.name,
            "street": point.street,
            "district": point.district,
            "mode": point.mode.value,
            "opening_hours": point.opening_hours,
            "exceptions": point.exceptions,
            "service": point.service,
            "target_group": point.target_group,
            "further": point.further,
            "languages": point.languages,
            "step_free": point.step_free.value if point.step_free is not None else "",
            "access_notes": point.access_notes,
            "partners": point.partners,
        }
    )


def _cost(cost: Cost) -> Content:
    return filled(
        {
            "amount": amount(cost.cents),
            "currency": cost.currency,
            "period": cost.period.value,
            "kind": cost.kind.value,
            "note": cost.note,
        }
    )


def _paper(paper: CouncilPaper) -> Content:
    return filled(
        {
            "number": paper.number,
            "kind": paper.kind,
            "body": paper.body,
            "date": date_text(paper.on, Precision.DAY),
            "outcome": paper.outcome,
            "link": paper.link,
        }
    )


def amount(cents: int) -> int | str:
    """Whole euros as a number, else with two decimals as a text: 495016, "12.50"."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}{whole}.{rest:02}" if rest else int(f"{sign}{whole}")


def cents(value: int | str) -> int:
    """The inverse of `amount`."""
    sign = -1 if str(value).startswith("-") else 1
    whole, _, rest = str(value).lstrip("-").partition(".")
    return sign * (int(whole) * 100 + int(f"{rest:0<2}"[:2] if rest else 0))


def date_text(on: date | None, precision: Precision | None) -> str:
    """As precise as it is known: 2017, 2018-01, 2017-12-31."""
    if on is None:
        return ""
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision or Precision.DAY, 10)
    return on.isoformat()[:length]


def read_date(text: str) -> tuple[date, Precision]:
    """The first day of what the text names, and how precise it is; raises ValueError."""
    numbers = text.split("-")
    if [len(number) for number in numbers] not in ([4], [4, 2], [4, 2, 2]):
        raise ValueError(text)
    if not all(number.isascii() and number.isdigit() for number in numbers):
        raise ValueError(text)
    year, month, day = (*map(int, numbers), 1, 1)[:3]
    return date(year, month, day), [Precision.YEAR, Precision.MONTH, Precision.DAY][
        len(numbers) - 1
    ]
