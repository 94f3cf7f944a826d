"""A measure as the city's own page shows it, and its versions."""

from itertools import groupby, pairwise
from typing import Any, NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import blocks, clock
from app.core.districts import DISTRICTS
from app.core.languages import SPOKEN
from app.core.subjects import Description, describe
from app.core.text.markdown import to_html
from app.core.web import actor, can, guard
from app.core.web.languages import current
from app.core.web.shared import shared_by_strangers
from app.followup import queries as followup
from app.followup.queries import in_words
from app.meetings import queries as meetings
from app.notifications import queries as notifications
from app.plan import queries
from app.plan.forms import ENTRY_STATES, KINDS, MODES, PERIODS, POINT_STATES, STEPS
from app.plan.models import (
    ContactPoint,
    Goal,
    GoalLevel,
    Measure,
    MeasureVersion,
    Milestone,
    PointState,
)
from app.plan.queries import Parts, translations
from app.plan.views import bp
from app.plan.views.indicators import HEIGHT, WIDTH, curves
from app.plan.views.paragraphs import shown
from app.plan.views.told import telling
from app.plan.views.translations import offered, versions_url, write_url
from app.plan.views.words import (
    PARTS,
    STATES,
    day_of,
    district_words,
    target_words,
    when,
)
from app.trace import queries as trace

TONES = {"planned": "plain", "running": "info", "done": "success"}


class Entry(NamedTuple):
    """An entry of the timeline as it is shown."""

    id: int
    text: str
    when: str
    state: str
    target: str
    held: int
    attended: int
    met: bool
    overdue: bool


@bp.get("/measures/<int:id>")
@shared_by_strangers
@guard("plan.show", measure=queries.measure)
def show(measure: Measure) -> ResponseReturnValue:
    """Everything that is known; a label without a value is never shown."""
    field_ids = [field.id for field in measure.fields]
    parts = queries.parts_of(measure.id, field_ids)
    responsible = can("plan.responsible", measure)
    present = blocks.with_causes(measure.id)
    pieces = translations.of_measure(measure, parts, [block for block, _causes in present])
    told = telling([measure.id, *field_ids], measure.language, pieces)
    reports = followup.of_measure(measure.id)
    return render_template(
        "plan/show.html",
        measure=measure,
        parts=parts,
        state=STATES[measure.state],
        districts=district_words(measure),
        paragraphs=shown(present, told),
        told=told,
        languages=offered(measure, measure.language) if responsible else [],
        write_url=write_url(measure),
        versions_url=versions_url(measure),
        to_html=to_html,
        goals_by_field=_goals_by_field(measure, parts),
        goals_by_year=_goals_by_year(parts),
        deliverables=[goal for goal in parts.goals if goal.level is GoalLevel.DELIVERABLE],
        timeline=[_entry(entry, measure, parts) for entry in parts.milestones],
        points=_points(parts),
        curves=curves(parts.indicators, mirrored=current().dir == "rtl"),
        curve_width=WIDTH,
        curve_height=HEIGHT,
        today=clock.today(),
        steps_in=STEPS,
        spoken=SPOKEN,
        day_of=day_of,
        successors=measure.successors,
        clashes=queries.clashes(parts.milestones) if responsible else [],
        responsible=responsible,
        because=trace.because_of(measure.id),
        reports=reports,
        reports_told=in_words.told(reports[:1], current().tag),
        meetings=meetings.coming(measure_id=measure.id),
        **notifications.mine(actor(), measure.id)._asdict(),
        when=when,
        modes=MODES,
        periods=PERIODS,
        kinds=KINDS,
        entry_states=ENTRY_STATES,
        tones=TONES,
        district_names=DISTRICTS,
    )


def _goals_by_field(measure: Measure, parts: Parts) -> list[tuple[str, list[Goal]]]:
    """How the goals of each field begin, and the goals."""
    found = [
        (field.goals_lead, [goal for goal in parts.overarching if goal.field_id == field.id])
        for field in measure.fields
    ]
    return [(lead, goals) for lead, goals in found if goals]


def _goals_by_year(parts: Parts) -> list[tuple[int, list[Goal]]]:
    goals = [goal for goal in parts.goals if goal.level is GoalLevel.YEAR]
    years = groupby(sorted(goals, key=lambda goal: goal.year or 0), key=lambda goal: goal.year or 0)
    return [(year, list(found)) for year, found in years]


def _entry(entry: Milestone, measure: Measure, parts: Parts) -> Entry:
    least, most = entry.target_least, entry.target_most
    counted = least is not None and most is not None
    return Entry(
        id=entry.id,
        text=entry.text,
        when=when(entry),
        state=entry.state.value if entry.state is not None else "",
        target=target_words(
            least or 0,
            most or 0,
            parts.active(entry),
            meetings=entry.counted > 0 and not parts.points_of(entry),
        )
        if counted
        else "",
        held=entry.held,
        attended=entry.attended,
        met=queries.is_met(entry, parts),
        overdue=queries.is_overdue(entry, measure, parts),
    )


def _points(parts: Parts) -> list[tuple[Any, list[ContactPoint]]]:
    """The contact points of each state under its name, by their numbers."""
    found = [
        (POINT_STATES[state], [point for point in parts.points if point.state is state])
        for state in PointState
    ]
    return [(name, points) for name, points in found if points]


class Change(NamedTuple):
    """A version and the names of what it changed."""

    version: MeasureVersion
    parts: list[Any]
    because: list[Description]


@bp.get("/measures/<int:id>/versions")
@shared_by_strangers
@guard("plan.show", measure=queries.measure)
def versions(measure: Measure) -> ResponseReturnValue:
    """What changed when, why, and by whom; the newest first."""
    found, following = queries.versions(measure.id, before=request.args.get("before", ""))
    because = _because(measure, found)
    changes = [Change(new, _changed(old, new), because[new.number]) for new, old in pairwise(found)]
    if found and not following:
        changes.append(Change(found[-1], [], because[found[-1].number]))
    return render_template(
        "plan/versions.html",
        measure=measure,
        changes=changes,
        former=queries.former_names(measure.id),
        next_url=url_for("plan.versions", id=measure.id, before=following) if following else "",
    )


def _because(measure: Measure, found: list[MeasureVersion]) -> dict[int, list[Description]]:
    """What led to each version, the most important first, as far as everybody may read it."""
    texts = blocks.causes_by_edition(measure.id, [one.number for one in found])
    ids = {one.number: [one.because_id or 0, *texts.get(one.number, [])] for one in found}
    named = describe({id for some in ids.values() for id in some if id})
    return {
        number: [named[id] for id in dict.fromkeys(some) if id in named and named[id].visible]
        for number, some in ids.items()
    }


def _changed(old: MeasureVersion, new: MeasureVersion) -> list[Any]:
    return [words for key, words in PARTS.items() if old.content.get(key) != new.content.get(key)]
