"""What readers see of the plan's facts, in their language."""

from datetime import date
from typing import NamedTuple

from babel.dates import format_skeleton
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from app.core.districts import DISTRICTS
from app.core.web.context import localdate, number
from app.core.web.languages import current
from app.plan.models import (
    Measure,
    MeasureState,
    Milestone,
    Precision,
    Qualifier,
)

STATES: dict[MeasureState, tuple[LazyString, str]] = {
    MeasureState.NEW: (_l("New measure"), "info"),
    MeasureState.RUNNING: (_l("Measure under way"), "info"),
    MeasureState.COMPLETED: (_l("Measure completed"), "success"),
}
# What changed, in the list of versions: the keys of a content.
PARTS: dict[str, LazyString] = {
    "title": _l("Title"),
    "state": _l("State"),
    "districts": _l("Districts"),
    "fields": _l("Fields of action"),
    "unit": _l("Responsible unit"),
    "follows": _l("Earlier measure"),
    "description": _l("Short description"),
    "goals": _l("Goals"),
    "timeline": _l("Timeline"),
    "indicators": _l("Indicators"),
    "contact_points": _l("Contact points"),
    "costs": _l("Costs"),
    "council": _l("Involvement of the council and its decisions"),
    "partners": _l("External partners"),
    "participation": _l("How the public takes part"),
    "language": _l("Language"),
    "source": _l("Source"),
}


def district_words(measure: Measure) -> list[str]:
    """The names of its districts, or that it concerns the whole city."""
    if measure.city_wide:
        return [_("City-wide")]
    return [DISTRICTS[row.district] for row in measure.districts]


def day_of(text: str) -> date:
    """The day that a version has as text."""
    return date.fromisoformat(text)


class Dated(NamedTuple):
    """The date of an entry that stands in a version only."""

    qualifier: Qualifier
    on: date | None
    precision: Precision | None


def when(entry: Milestone | Dated) -> str:
    """The date as the source gives it: until the end of 2017, from January 2018, ongoing."""
    if entry.on is None:
        return _("ongoing")
    if entry.precision is Precision.YEAR:
        return _year(entry.qualifier, str(entry.on.year))
    if entry.precision is Precision.MONTH:
        return _month(entry.qualifier, month(entry.on))
    return _day(entry.qualifier, localdate(entry.on, "medium"))


def month(on: date) -> str:
    """March 2027."""
    return format_skeleton("yMMMM", on, locale=current().locale)


def _year(qualifier: Qualifier, year: str) -> str:
    if qualifier is Qualifier.UNTIL:
        return _("until the end of %(year)s", year=year)
    if qualifier is Qualifier.FROM:
        return _("from %(year)s on", year=year)
    return _("in the year %(year)s", year=year)


def _month(qualifier: Qualifier, name: str) -> str:
    if qualifier is Qualifier.UNTIL:
        return _("until %(month)s", month=name)
    if qualifier is Qualifier.FROM:
        return _("from %(month)s on", month=name)
    return _("in %(month)s", month=name)


def _day(qualifier: Qualifier, day: str) -> str:
    if qualifier is Qualifier.UNTIL:
        return _("until %(day)s", day=day)
    if qualifier is Qualifier.FROM:
        return _("from %(day)s on", day=day)
    return _("on %(day)s", day=day)


def target_words(least: int, most: int, active: int, *, meetings: bool = False) -> str:
    """How many contact points of how many are in operation: 4 of 2–3 active. Of `meetings`, which
    are not active but took place: 4 of 2–3.
    """
    wanted = number(least) if least == most else f"{number(least)}–{number(most)}"
    if meetings:
        return _("%(count)s of %(wanted)s", count=number(active), wanted=wanted)
    return ngettext(
        "%(active)s of %(wanted)s active",
        "%(active)s of %(wanted)s active",
        active,
        active=number(active),
        wanted=wanted,
    )
