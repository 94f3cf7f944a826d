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
