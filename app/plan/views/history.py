"""What the plan said before: any version of a measure, any two compared, the plan as of a day."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound
from app.core.text.markdown import summary
from app.core.text.numbers import small_number
from app.core.web import guard
from app.core.web.shared import shared_by_strangers
from app.plan import queries
from app.plan.models import Field, Measure, MeasureState, MeasureVersion
from app.plan.queries import field_history, history
from app.plan.queries.translations import begins
from app.plan.views import bp
from app.plan.views.content import differences, said
from app.plan.views.index import chosen_plan
from app.plan.views.told import in_words, plan_language, telling
from app.plan.views.words import STATES


@bp.get("/measures/<int:id>/versions/<int:number>")
@shared_by_strangers
@guard("plan.show", measure=queries.measure)
def version(measure: Measure, number: int) -> ResponseReturnValue:
    """All that the measure said in this version."""
    found = _version(measure, number)
    end = history.until(measure.id, number)
    told = telling([measure.id], measure.language, moment=end)
    return render_template(
        "plan/version.html",
        measure=measure,
        version=found,
        told=told,
        parts=said(in_words(found.content, told), _fields(measure)),
    )


@bp.get("/measures/<int:id>/compare")
@shared_by_strangers
@guard("plan.show", measure=queries.measure)
def compare(measure: Measure) -> ResponseReturnValue:
    """A version (`number`, or the newest) beside an earlier one, word by word.

    The earlier one is `since`, or what was shown at the end of a `day`, or the one before.
    """
    day = day_asked(request.args.get("day"))
    asked = numbers_asked(day, measure, history.number_before)
    if asked is None:
        return render_template("plan/not_yet.html", measure=measure, day=day)
    old, new = (_version(measure, number) for number in asked)
    return render_template(
        "plan/compare.html",
        measure=measure,
        old=old,
        new=new,
        day=day,
        side=request.args.get("view") == "side",
        changes=differences(old.content, new.content, _fields(measure)),
    )


@bp.get("/plan/as-of")
@shared_by_strangers
@guard("plan.index")
def as_of() -> ResponseReturnValue:
    """The measures as everybody read them at the end of a day."""
    plan, _plans = chosen_plan()
    if plan is None:
        return redirect(url_for("plan.index"))
    day = day_asked(request.args.get("day")) or clock.today()
    after = small_number(request.args.get("after")) or 0
    moment = history.end_of(day)
    found = history.plan_before(plan.id, moment, after)
    following = found.following
    fields = [] if after else field_history.fields_before(plan.id, moment)
    owners = [one.measure_id for one in found.versions] + [one.field_id for one in fields]
    told = telling(owners, plan_language(), moment=moment)
    return render_template(
        "plan/as_of.html",
        plan=plan,
        day=day,
        today=clock.today(),
        found=found,
        fields=fields,
        told=told,
        begins=begins(
            told.found,
            {one.measure_id: one.content.get("description", "") for one in found.versions},
        ),
        state_of=_state_of,
        summary=summary,
        next_url=url_for("plan.as_of", plan=plan.key, day=day.isoformat(), after=following)
        if following
        else "",
    )


def _state_of(version: MeasureVersion) -> tuple[Any, str]:
    return STATES[MeasureState(version.content["state"])]


def _version(measure: Measure, number: int) -> MeasureVersion:
    found = history.version(measure.id, number)
    if found is None:
        raise NotFound
    return found


def _fields(measure: Measure) -> dict[str, str]:
    return {field.key: field.title for field in queries.fields(measure.plan_id)}


def numbers_asked(
    day: date | None,
    thing: Measure | Field,
    number_before: Callable[[int, datetime], int | None],
) -> tuple[int, int] | None:
    """The older and the newer version that the address asks for; None: none yet on that `day`."""
    number = small_number(request.args.get("number")) or thing.version_number
    since = small_number(request.args.get("since"))
    if day is not None:
        since = number_before(thing.id, history.end_of(day))
        if since is None:
            return None
        number = max(number, since)
    since = max(number - 1, 1) if since is None else since
    return min(since, number), max(since, number)


def day_asked(text: str | None) -> date | None:
    """What the address asks for, today at the latest: of tomorrow nobody knows."""
    try:
        return min(date.fromisoformat(text or ""), clock.today())
    except ValueError:
        return None
