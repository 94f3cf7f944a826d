"""What search may find of the plan: all of it is public."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, null, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core import blocks
from app.core.db import db
from app.core.search.sources import WRITTEN_IN, Words
from app.plan.models import (
    ContactPoint,
    Field,
    FormerName,
    Goal,
    Measure,
    Milestone,
    Partner,
    Plan,
    PlanTranslation,
)
from app.plan.queries import translations
from app.plan.queries.parts import overarching, parts
from app.plan.queries.translations import Piece, Told


def plans() -> Select[Any]:
    return select(Plan.id, null(), literal(WRITTEN_IN), Plan.title, Plan.summary)


def fields() -> Select[Any]:
    """Fields of action with their overarching goals."""
    goals = _listed(Goal.text, Goal.field_id == Field.id, Goal.dropped_at.is_(None), by=Goal.id)
    return select(Field.id, Field.plan_id, literal(WRITTEN_IN), Field.title, goals)


def measures() -> Select[Any]:
    """With all that stands on the page: former names, goals, timeline, contact points, partners."""
    point = ContactPoint.measure_id == Measure.id
    points = (
        _listed(column, point, by=ContactPoint.id)
        for column in (
            ContactPoint.name,
            ContactPoint.street,
            ContactPoint.service,
            ContactPoint.target_group,
        )
    )
    entry = (Milestone.measure_id == Measure.id, Milestone.dropped_at.is_(None))
    return select(
        Measure.id,
        null(),
        Measure.language,
        Measure.title,
        Measure.description,
        _listed(Goal.text, Goal.measure_id == Measure.id, Goal.dropped_at.is_(None), by=Goal.id),
        _listed(Milestone.text, *entry, by=Milestone.id),
        *points,
        _listed(Partner.name, Partner.measure_id == Measure.id, by=Partner.id),
        Measure.council_involvement,
        Measure.public_participation,
        _listed(FormerName.title, FormerName.measure_id == Measure.id, by=FormerName.id),
    )


def _listed(
    column: InstrumentedAttribute[str], *where: ColumnElement[bool], by: InstrumentedAttribute[int]
) -> Any:
    """The texts of several rows, one below the other."""
    rows = (
        select(column.label("words"))
        .where(*where)
        .order_by(by)
        .correlate(Measure, Field)
        .subquery()
    )
    return select(func.aggregate_strings(rows.c.words, "\n")).scalar_subquery()


def fields_translated(keys: Sequence[int]) -> dict[int, dict[str, Words]]:
    """What the pages of fields say in other languages; three statements at most."""
    kept = translations.of_many(keys)
    if not kept:
        return {}
    goals: dict[int | None, list[Goal]] = {}
    for goal in overarching(kept):
        goals.setdefault(goal.field_id, []).append(goal)
    return {
        one.id: _told(one, translations.of_field(one, goals.get(one.id, [])), kept[one.id])
        for one in db.session.scalars(select(Field).where(Field.id.in_(kept)))
    }


def measures_translated(keys: Sequence[int]) -> dict[int, dict[str, Words]]:
    """The same of measures; seven statements at most."""
    kept = translations.of_many(keys)
    if not kept:
        return {}
    present, all_parts = blocks.of_many(kept), parts(kept)
    found = {}
    for one in db.session.scalars(select(Measure).where(Measure.id.in_(kept))):
        pieces = translations.of_measure(one, all_parts[one.id], present.get(one.id, []))
        found[one.id] = _told(one, pieces, kept[one.id])
    return found


def _told(
    owner: Measure | Field, pieces: Iterable[Piece], kept: Iterable[PlanTranslation]
) -> dict[str, Words]:
    """As the page has it: with what has changed since, without what the original has no more."""
    pieces = [piece for piece in pieces if piece.name != "title"]
    found = {}
    for one in kept:
        told = Told([one])
        said = (told.of(piece.words, piece.name) for piece in pieces)
        texts = [words.words for words in said if words is not None]
        found[one.language] = Words(owner.said("title", one.language), texts)
    return found


def keys_of_plan(plan_id: int) -> dict[str, Select[tuple[int]]]:
    """By kind, everything in it."""
    return {
        "field": select(Field.id).where(Field.plan_id == plan_id),
        "measure": select(Measure.id).where(Measure.plan_id == plan_id),
    }
