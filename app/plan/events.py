"""What happened to plans and measures."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PlanImported(Event):
    """A file brought new facts; the numbers are measures that are new, and that changed."""

    plan_id: int
    created: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class FieldChanged(Event):
    """A field of action, or its overarching goals, say something else now, in this version."""

    field_id: int
    plan_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class PlanTranslated(Event):
    """A measure or a field of action says something else in another language."""

    owner_id: int
    plan_id: int
    language: str


@dataclass(frozen=True, kw_only=True)
class MeasureEvent(Event):
    """Something happened to the measure; `unit_id` is who is responsible for it, if known."""

    measure_id: int
    plan_id: int
    unit_id: int | None


@dataclass(frozen=True, kw_only=True)
class MeasureCreated(MeasureEvent):
    """It is part of the plan now."""


@dataclass(frozen=True, kw_only=True)
class MeasureChanged(MeasureEvent):
    """It says something else now, in this version."""

    version: int


@dataclass(frozen=True, kw_only=True)
class MeasureReopened(MeasureEvent):
    """A completed measure goes on."""


@dataclass(frozen=True, kw_only=True)
class MilestoneCounted(MeasureEvent):
    """Its meetings were counted anew; `counted` is what counts for its target."""

    milestone_id: int
    counted: int


@dataclass(frozen=True, kw_only=True)
class CausesNamed(MeasureEvent):
    """What the plan says stands there because of other things than was said so far.

    Without `paragraph_id` an edit has named them, for all its new words.
    """

    paragraph_id: int | None
    added: tuple[int, ...]
    removed: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class MilestoneDone(MeasureEvent):
    """An entry of its timeline is done."""

    milestone_id: int
