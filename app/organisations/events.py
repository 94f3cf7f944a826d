"""What happened to organisations, mandates, invitations and units."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class OrganisationRegistered(Event):
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationAskedAgain(Event):
    """Refused before; its data are corrected and it waits to be verified."""

    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Event):
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationRenamed(Event):
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationVerified(Event):
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationRefused(Event):
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationDissolved(Event):
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class MandateGiven(Event):
    mandate_id: int
    organisation_id: int
    person_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class MandateLimited(Event):
    """A mandate has a last day now, or has none any more."""

    mandate_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class MandateEnded(Event):
    mandate_id: int
    organisation_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationSent(Event):
    invitation_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    invitation_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    invitation_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    note_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class NoteRemoved(Event):
    note_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class PositionTaken(Event):
    """Among the members only: the log does not say which."""

    organisation_id: int
    subject_id: int


@dataclass(frozen=True, kw_only=True)
class FourEyesSet(Event):
    organisation_id: int
    wanted: bool


@dataclass(frozen=True, kw_only=True)
class ReleaseAsked(Event):
    """Something waits for a second person of the organisation."""

    release_id: int
    organisation_id: int
    endpoint: str


@dataclass(frozen=True, kw_only=True)
class ReleaseDone(Event):
    """It went out: another event says what."""

    release_id: int
    organisation_id: int
    prepared_by_id: int


@dataclass(frozen=True, kw_only=True)
class ReleaseRefused(Event):
    release_id: int
    organisation_id: int
    prepared_by_id: int


@dataclass(frozen=True, kw_only=True)
class ReleaseTakenBack(Event):
    release_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class UnitCreated(Event):
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class UnitRenamed(Event):
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class UnitEnded(Event):
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class UnitMandateGiven(Event):
    unit_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class UnitMandateEnded(Event):
    unit_id: int
    person_id: int
