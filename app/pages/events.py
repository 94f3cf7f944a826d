"""What happened to legal texts and reports about barriers."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class LegalTextChanged(Event):
    kind: str
    language: str
    number: int


@dataclass(frozen=True, kw_only=True)
class BarrierReported(Event):
    report_id: int


@dataclass(frozen=True, kw_only=True)
class BarrierHandled(Event):
    report_id: int


@dataclass(frozen=True, kw_only=True)
class DemonstrationBegun(Event):
    """Until it is loaded, what is there is a part."""


@dataclass(frozen=True, kw_only=True)
class DemonstrationLoaded(Event):
    """Its people and rounds are all there."""
