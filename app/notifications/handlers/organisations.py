"""What happens to an organisation and in its name."""

from app.core import clock
from app.core.events import on
from app.notifications import commands
from app.notifications.handlers.people import representatives, writer
from app.notifications.states import Kind
from app.organisations.events import (
    OrganisationRefused,
    OrganisationVerified,
    ReleaseAsked,
    ReleaseDone,
    ReleaseRefused,
)


@on(ReleaseAsked)
def release_asked(event: ReleaseAsked) -> None:
    """Whoever else speaks for the organisation."""
    commands.tell(
        Kind.RELEASE_ASKED,
        event.organisation_id,
        f"{Kind.RELEASE_ASKED}:{event.release_id}",
        people=representatives(event.organisation_id),
        but=event.by.person_id,
    )


@on(ReleaseDone, ReleaseRefused)
def release_decided(event: ReleaseDone | ReleaseRefused) -> None:
    """Who prepared it, as long as they belong to the organisation."""
    commands.tell(
        Kind.RELEASE_DECIDED,
        event.organisation_id,
        f"{Kind.RELEASE_DECIDED}:{event.release_id}",
        people=writer(event.prepared_by_id, event.organisation_id),
    )


@on(OrganisationVerified, OrganisationRefused)
def organisation_decided(event: OrganisationVerified | OrganisationRefused) -> None:
    """The reason of a refusal stands on the organisation's page, which they alone see."""
    verified = isinstance(event, OrganisationVerified)
    kind = Kind.ORGANISATION_VERIFIED if verified else Kind.ORGANISATION_REFUSED
    commands.tell(
        kind,
        event.organisation_id,
        f"{kind}:{event.organisation_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=representatives(event.organisation_id),
    )
