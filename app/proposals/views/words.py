"""What readers see of a proposal's facts, in their language."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.districts import DISTRICTS
from app.core.states import Visibility
from app.organisations.models import OrganisationKind
from app.proposals.models import Proposal
from app.proposals.states import ProposalState

STATES: dict[ProposalState, tuple[LazyString, str]] = {
    ProposalState.DRAFT: (_l("draft"), "warning"),
    ProposalState.SUBMITTED: (_l("handed in"), "info"),
    ProposalState.PUBLISHED: (_l("open"), "info"),
    ProposalState.WITHDRAWN: (_l("withdrawn"), "plain"),
    ProposalState.MERGED: (_l("merged"), "plain"),
    ProposalState.SHORTLISTED: (_l("put to the vote"), "info"),
    ProposalState.DECIDED: (_l("decided"), "success"),
}

KINDS: dict[OrganisationKind, LazyString] = {
    OrganisationKind.MIGRANT: _l("Migrant organisations"),
    OrganisationKind.WELFARE: _l("Welfare organisations"),
    OrganisationKind.VOLUNTEER_CENTRE: _l("Volunteer centres"),
    OrganisationKind.NEIGHBOURHOOD: _l("Neighbourhood groups"),
    OrganisationKind.FAMILY_CENTRE: _l("Family centres"),
}


def state_badge(proposal: Proposal) -> tuple[LazyString, str]:
    """The word for where a proposal stands, and its tone."""
    if proposal.visibility is Visibility.HIDDEN:
        return _l("hidden"), "danger"
    if proposal.visibility is Visibility.RETURNED:
        return _l("returned"), "warning"
    if proposal.visibility is Visibility.HELD and proposal.state is not ProposalState.DRAFT:
        return _l("waits for the moderators"), "warning"
    return STATES[proposal.state]


def district_words(city_wide: bool, numbers: Iterable[int]) -> list[str]:
    """The names of districts, or that it concerns the whole city."""
    return [_("City-wide")] if city_wide else [DISTRICTS[n] for n in numbers if n in DISTRICTS]
