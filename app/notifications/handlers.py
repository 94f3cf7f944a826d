"""What happened becomes notices: to whom it belongs at once, to who follows by a job."""

from app.core import clock
from app.core.events import on
from app.notifications import commands, queries
from app.notifications.states import Kind
from app.organisations import queries as organisations
from app.rounds import queries as rounds
from app.rounds.events import (
    AccreditationRefused,
    OrganisationAccredited,
    RoundAnnounced,
    RoundOpened,
)


def _representatives(organisation_id: int | None) -> list[int]:
    if organisation_id is None:
        return []
    return [person.id for person in organisations.representatives(organisation_id)]


@on(RoundAnnounced, RoundOpened)
def round_begins(event: RoundAnnounced | RoundOpened) -> None:
    """Whoever follows the round or its dialogue, and who speaks for those that take part."""
    kind = Kind.ROUND_OPENED if isinstance(event, RoundOpened) else Kind.ROUND_ANNOUNCED
    commands.tell(
        kind,
        event.round_id,
        f"{kind}:{event.round_id}",
        people=_partners(event.dialogue_id),
        following=(event.round_id, event.dialogue_id),
        but=event.by.person_id,
    )


def _partners(dialogue_id: int) -> list[int]:
    ids = [organisation.id for organisation in rounds.accredited_organisations(dialogue_id)]
    return queries.speakers(ids)


@on(OrganisationAccredited, AccreditationRefused)
def accreditation_decided(event: OrganisationAccredited | AccreditationRefused) -> None:
    accredited = isinstance(event, OrganisationAccredited)
    kind = Kind.ACCREDITED if accredited else Kind.ACCREDITATION_REFUSED
    commands.tell(
        kind,
        event.organisation_id,
        f"{kind}:{event.dialogue_id}:{event.organisation_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=_representatives(event.organisation_id),
    )
