"""The life of an organisation on the platform."""

from enum import StrEnum

from app.core.states import Lifecycle


class OrganisationState(StrEnum):
    REGISTERED = "registered"
    VERIFIED = "verified"
    REFUSED = "refused"
    DISSOLVED = "dissolved"


ORGANISATION = Lifecycle(
    OrganisationState.REGISTERED,
    {
        (OrganisationState.REGISTERED, "verify"): OrganisationState.VERIFIED,
        (OrganisationState.REGISTERED, "refuse"): OrganisationState.REFUSED,
        (OrganisationState.REFUSED, "verify"): OrganisationState.VERIFIED,
        (OrganisationState.REFUSED, "ask-again"): OrganisationState.REGISTERED,
        (OrganisationState.VERIFIED, "dissolve"): OrganisationState.DISSOLVED,
    },
)


class Stand(StrEnum):
    """Where an organisation stands on a thing, for its members only."""

    AGREEING = "being-agreed"
    FOR = "for"
    AGAINST = "against"
    NONE = "no-position"


class ReleaseState(StrEnum):
    """Of an act in the organisation's name that a second person has to release."""

    WAITING = "waiting"
    RELEASED = "released"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"


RELEASE = Lifecycle(
    ReleaseState.WAITING,
    {
        (ReleaseState.WAITING, "release"): ReleaseState.RELEASED,
        (ReleaseState.WAITING, "refuse"): ReleaseState.REFUSED,
        (ReleaseState.WAITING, "take-back"): ReleaseState.TAKEN_BACK,
    },
)
