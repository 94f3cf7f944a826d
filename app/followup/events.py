"""What happened to the follow-up of a plan."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class FollowUpBegun(Event):
    """The measures of a plan owe their reports of a year; `reports` says how many."""

    round_id: int
    plan_id: int
    year: int
    reports: int


@dataclass(frozen=True, kw_only=True)
class FollowUpTakenBack(Event):
    """The measures owe no report of this year any more; none of `reports` was published."""

    round_id: int
    plan_id: int
    year: int
    reports: int


@dataclass(frozen=True, kw_only=True)
class FollowUpMoved(Event):
    """The reports are due on another day, for a reason that everybody reads."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class ReportEvent(Event):
    """Something happened to the report of a measure; `unit_id` is who is responsible for it."""

    report_id: int
    measure_id: int
    round_id: int
    unit_id: int | None


@dataclass(frozen=True, kw_only=True)
class ReportSaved(ReportEvent):
    """Its words are kept; nobody else reads them yet."""


@dataclass(frozen=True, kw_only=True)
class ReportPublished(ReportEvent):
    """Everybody reads it now."""


@dataclass(frozen=True, kw_only=True)
class ReportCorrected(ReportEvent):
    """It says something else now, in this version."""

    version: int
