"""Reports of measures."""

from app.core.events import on
from app.followup import queries as reports
from app.followup.events import (
    FollowUpBegun,
    FollowUpTakenBack,
    ReportCorrected,
    ReportPublished,
)
from app.notifications import commands, queries
from app.notifications.states import Kind
from app.organisations import queries as organisations
from app.trace import queries as trace


@on(FollowUpBegun)
def report_owed(event: FollowUpBegun) -> None:
    """The people of the units that owe one, once for all of a unit's measures; again, where the
    year was taken back and begun anew.
    """
    begun = reports.follow_up(event.round_id)
    since = begun.begun_at.isoformat() if begun is not None else ""
    people = [
        person.id
        for unit_id in reports.unit_ids(event.round_id)
        for person in organisations.unit_people(unit_id)
    ]
    commands.tell(
        Kind.REPORT_OWED,
        event.round_id,
        f"{Kind.REPORT_OWED}:{event.round_id}:{since}",
        people=people,
        but=event.by.person_id,
    )


@on(FollowUpTakenBack)
def not_owed(event: FollowUpTakenBack) -> None:
    """Nobody reads that something is owed which is not. A mail that waits is not sent."""
    commands.take_away(Kind.REPORT_OWED, event.round_id)


@on(ReportPublished, ReportCorrected)
def reported(event: ReportPublished | ReportCorrected) -> None:
    """Everybody on the path to the measure, and whoever follows it: once for each version."""
    ids = trace.proposals_behind(event.measure_id)
    kind, key = Kind.REPORT_PUBLISHED, f"{Kind.REPORT_PUBLISHED}:{event.report_id}"
    if isinstance(event, ReportCorrected):
        kind = Kind.REPORT_CORRECTED
        key = f"{kind}:{event.report_id}:{event.version}"
    commands.tell(
        kind,
        event.report_id,
        key,
        people=[*queries.made(ids), *queries.wrote_about(ids)],
        following=(event.measure_id, *ids),
        but=event.by.person_id,
    )
