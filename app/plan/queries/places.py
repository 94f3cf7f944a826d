"""The contact points of a whole plan, looked for by what somebody needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, case, cast, select

from app.core.db import db
from app.core.text.folding import fold
from app.plan.models import ContactPoint, Measure, PointMode, PointState, StepFree

PAGE = 20


@dataclass(frozen=True)
class Needs:
    """What a reader looks for; `words` are looked for in names, services and for whom they are."""

    words: str = ""
    district: int | None = None
    mode: PointMode | None = None
    state: PointState | None = None
    language: str = ""
    step_free: StepFree | None = None


class Place(NamedTuple):
    """A contact point with the measure that it belongs to."""

    point: ContactPoint
    measure_id: int
    measure_title: str
    language: str  # of its texts


class Found(NamedTuple):
    """Twenty of them, the key of the next page if any, and how many there are in all."""

    places: list[Place]
    following: int | None
    total: int


def places(plan_id: int, needs: Needs, after: int | None = None) -> Found:
    """Those in operation first, measure by measure, by their numbers (two queries).

    Words are compared here: no database of ours folds them as search does.
    """
    rows = db.session.execute(
        select(
            ContactPoint.id,
            ContactPoint.name,
            ContactPoint.street,
            ContactPoint.service,
            ContactPoint.target_group,
            ContactPoint.further,
            ContactPoint.partners,
        )
        .join(Measure, Measure.id == ContactPoint.measure_id)
        .where(Measure.plan_id == plan_id, *_conditions(needs))
        .order_by(*_ORDER)
    ).tuples()
    wanted = fold(needs.words).split()
    ids = [id for id, *texts in rows if _says(wanted, texts)]
    begin = ids.index(after) + 1 if after in ids else 0
    shown = ids[begin : begin + PAGE]
    more = len(ids) > begin + PAGE
    return Found(_load(shown), shown[-1] if more else None, len(ids))


_ORDER = (
    case({state: place for place, state in enumerate(PointState)}, value=ContactPoint.state),
    Measure.title,
    Measure.id,
    ContactPoint.number,
    ContactPoint.id,
)


def _load(ids: list[int]) -> list[Place]:
    rows = db.session.execute(
        select(ContactPoint, Measure.id, Measure.title, Measure.language)
        .join(Measure, Measure.id == ContactPoint.measure_id)
        .where(ContactPoint.id.in_(ids))
        .order_by(*_ORDER)
    ).tuples()
    return [Place(*row) for row in rows]


def _says(wanted: list[str], texts: Iterable[object]) -> bool:
    if not wanted:
        return True
    said = fold(" ".join(_text(one) for one in texts))
    return all(word in said for word in wanted)


def _text(value: object) -> str:
    """Of a text, or of the further services."""
    if isinstance(value, list):
        return " ".join(" ".join(one.values()) for one in value)
    return str(value)


def _conditions(needs: Needs) -> Iterable[ColumnElement[bool]]:
    if needs.district is not None:
        yield ContactPoint.district == needs.district
    if needs.mode is not None:
        yield ContactPoint.mode == needs.mode
    if needs.state is not None:
        yield ContactPoint.state == needs.state
    if needs.language:  # a tag of ours: nothing in it means anything to LIKE
        yield cast(ContactPoint.languages, String).like(f'%"{needs.language}"%')
    if needs.step_free is not None:
        yield ContactPoint.step_free == needs.step_free
