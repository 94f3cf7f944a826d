"""The indicators of a measure: as small pictures with their tables, and changing them."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.web import guard
from app.core.web.context import localdate
from app.plan import commands, queries
from app.plan.forms import IndicatorsForm, indicators_from
from app.plan.models import Measure, Precision, Qualifier
from app.plan.models.indicators import Indicator
from app.plan.queries.timeline import end_of
from app.plan.views import bp
from app.plan.views.edit import change
from app.plan.views.words import Dated, month, when

# Units of the picture: half as wide as the narrowest phone.
WIDTH, HEIGHT, EDGE = 160, 48, 6


class Curve(NamedTuple):
    """An indicator as a small picture; positions run the way the language does."""

    indicator: Indicator
    by: str
    counts: list[tuple[str, float]]
    points: str
    last: tuple[int, int] | None
    target: int | None


@bp.route("/measures/<int:id>/edit/indicators", methods=["GET", "POST"])
@guard("plan.edit", measure=queries.measure)
def indicators(measure: Measure) -> ResponseReturnValue:
    """The form; a change that somebody else overtook comes back with everything typed."""
    form = IndicatorsForm(data=indicators_from(measure, queries.parts_of(measure.id)))
    if not form.validate_on_submit():
        return _page(measure, form), 422 if form.errors else 200
    return change(measure, form, partial(_page, measure, form), form.given())


def _page(measure: Measure, form: IndicatorsForm, *, overtaken: bool = False) -> str:
    return render_template(
        "plan/edit_indicators.html", measure=measure, form=form, overtaken=overtaken
    )


def curves(found: Iterable[Indicator], *, mirrored: bool) -> list[Curve]:
    """Each with its numbers in order; the picture begins at zero, or below where one is."""
    return [_curve(one, mirrored=mirrored) for one in found]


def _curve(one: Indicator, *, mirrored: bool) -> Curve:
    days = [end_of(*commands.read_date(said["date"])) for said in one.actual]
    values = [int(said["value"]) for said in one.actual]
    heights = [*values, *(n for n in (one.baseline, one.target) if n is not None)]
    low, high = min([0, *heights]), max([1, *heights])

    def y(value: int) -> int:
        return HEIGHT - EDGE - round((value - low) / (high - low) * (HEIGHT - 2 * EDGE))

    def x(day: date) -> int:
        span = (days[-1] - days[0]).days or 1
        at = EDGE + round((day - days[0]).days / span * (WIDTH - 2 * EDGE))
        return WIDTH - at if mirrored else at

    places = [(x(day), y(value)) for day, value in zip(days, values, strict=True)]
    return Curve(
        indicator=one,
        by=when(Dated(Qualifier.UNTIL, one.by, one.precision)) if one.by is not None else "",
        counts=[(_day(said["date"]), said["value"] / 100) for said in one.actual],
        points=" ".join(f"{a},{b}" for a, b in places),
        last=places[-1] if places else None,
        target=y(one.target) if one.target is not None else None,
    )


def _day(text: str) -> str:
    """As precise as it is known: 2027, March 2027, 31 March 2027."""
    on, precision = commands.read_date(text)
    if precision is Precision.YEAR:
        return str(on.year)
    if precision is Precision.MONTH:
        return month(on)
    return localdate(on, "medium")
