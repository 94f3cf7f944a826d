"""What the measures of a plan cost together, in whole cents."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, cast, func, select

from app.core.db import db
from app.plan.models import Cost, CostKind, CostPeriod, Field, Measure, MeasureField
from app.plan.queries.listing import Filter, conditions


class Sum(NamedTuple):
    """A total of one kind; sums of two currencies are never one."""

    cents: int
    currency: str
    period: CostPeriod
    kind: CostKind


class FieldSums(NamedTuple):
    """Of a field of action; None is what belongs to no field."""

    field: Field | None
    sums: list[Sum]


_TOTAL = cast(func.sum(Cost.cents), BigInteger)
_WHAT = (Cost.currency, Cost.period, Cost.kind)


def sums(plan_id: int, wanted: Filter = Filter()) -> list[Sum]:  # noqa: B008 — frozen
    """Of all measures that are looked for, each once (one query)."""
    rows = db.session.execute(
        select(_TOTAL, *_WHAT)
        .join(Measure, Measure.id == Cost.measure_id)
        .where(Measure.plan_id == plan_id, *conditions(wanted))
        .group_by(*_WHAT)
    ).tuples()
    return in_order(Sum(*row) for row in rows)


def by_field(plan_id: int) -> list[FieldSums]:
    """Field by field in the plan's order (one query). What belongs to two counts in both."""
    rows: Any = db.session.execute(  # of an outer join: the field may be None
        select(Field, _TOTAL, *_WHAT)
        .select_from(Cost)
        .join(Measure, Measure.id == Cost.measure_id)
        .outerjoin(MeasureField, MeasureField.measure_id == Measure.id)
        .outerjoin(Field, Field.id == MeasureField.field_id)
        .where(Measure.plan_id == plan_id)
        .group_by(Field.id, *_WHAT)
    ).tuples()
    found: dict[int, FieldSums] = {}
    for field, total, currency, period, kind in rows:
        entry = found.setdefault(field.id if field is not None else 0, FieldSums(field, []))
        entry.sums.append(Sum(total, currency, period, kind))
    ordered = sorted(found.values(), key=_place)
    return [FieldSums(field, in_order(entries)) for field, entries in ordered]


def _place(entry: FieldSums) -> tuple[bool, int, int]:
    if entry.field is None:
        return True, 0, 0
    return False, entry.field.position, entry.field.id


def in_order(found: Iterable[Sum]) -> list[Sum]:
    """Currency by currency: per year before once; foreseen, approved, spent."""
    periods, kinds = list(CostPeriod), list(CostKind)
    return sorted(found, key=lambda s: (s.currency, periods.index(s.period), kinds.index(s.kind)))
