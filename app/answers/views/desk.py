"""The desk of the administration's units: what is due, prepared and published."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.answers import queries
from app.answers.queries import Desk
from app.answers.views import bp
from app.core.text.numbers import small_number
from app.core.web import actor, guard
from app.followup import queries as followup
from app.organisations.models import Unit


@bp.get("/answers")
@guard("answers.desk")
def desk() -> ResponseReturnValue:
    """What is due first stands first; overdue is marked."""
    units = queries.units_of(actor())
    unit = _chosen(units)
    ids = [unit.id] if unit else [one.id for one in units]
    wanted = request.args.get("show", "")
    part = Desk(wanted) if wanted in set(Desk) else Desk.DUE
    found, following = queries.desk(ids, part, _key(request.args.get("after", "")))
    counts = queries.desk_counts(ids)
    where: dict[str, Any] = {"show": part, "unit": unit.id if unit else None}
    return render_template(
        "answers/desk.html",
        part=part,
        units=units,
        unit=unit,
        answers=found,
        tabs=_tabs(part, unit, counts),
        total=counts[part],
        reports=followup.owed_by(ids) if part is Desk.DUE else [],
        more=url_for("answers.desk", **where, after=following) if following else None,
    )


def _chosen(units: list[Unit]) -> Unit | None:
    """The one unit that is looked at; None is all of mine."""
    wanted = request.args.get("unit", "")
    return next((unit for unit in units if str(unit.id) == wanted), None)


def _key(text: str) -> tuple[date, int] | None:
    """Where the next page begins: `2027-05-31.17`."""
    day, _dot, typed = text.partition(".")
    id = small_number(typed)
    if id is None:
        return None
    try:
        return date.fromisoformat(day), id
    except ValueError:
        return None


def _tabs(part: Desk, unit: Unit | None, counts: dict[Desk, int]) -> list[dict[str, Any]]:
    labels = {
        Desk.DUE: _("To answer"),
        Desk.OVERDUE: _("Overdue"),
        Desk.PREPARED: _("Prepared"),
        Desk.TO_APPROVE: _("To approve"),
        Desk.PUBLISHED: _("Published"),
    }
    return [
        {
            "label": label,
            "url": url_for("answers.desk", show=one, unit=unit.id if unit else None),
            "current": one is part,
            "count": counts[one],
        }
        for one, label in labels.items()
    ]
