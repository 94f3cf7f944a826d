"""Support: given, renewed for a newer version, taken back. The proposal is locked."""

from app.core import clock
from app.core.db import db
from app.core.events import emit
from app.core.policy import Actor
from app.proposals import queries
from app.proposals.commands.words import fact
from app.proposals.events import ProposalSupported, SupportRenewed, SupportTakenBack
from app.proposals.models import Proposal, Support


def support(proposal: Proposal, *, by: Actor) -> None:
    """Support for oneself or the organisation one speaks for, once.

    Who supports an earlier version supports the newest one from now on.
    """
    given = queries.support_by(proposal.id, by)
    if given is not None:
        _renew(proposal, given, by)
        return
    organisation_id = by.organisation_id
    db.session.add(
        Support(
            proposal_id=proposal.id,
            person_id=by.person_id if organisation_id is None else None,
            organisation_id=organisation_id,
            version_number=proposal.version_number,
            at=clock.now(),
        )
    )
    _count(proposal, by, 1)
    emit(fact(ProposalSupported, proposal, by, version=proposal.version_number))


def _renew(proposal: Proposal, given: Support, by: Actor) -> None:
    if given.version_number == proposal.version_number:
        return
    given.version_number = proposal.version_number
    given.at = clock.now()
    proposal.earlier_support_count -= 1
    emit(fact(SupportRenewed, proposal, by, version=proposal.version_number))


def unsupport(proposal: Proposal, *, by: Actor) -> None:
    """Take one's support back."""
    given = queries.support_by(proposal.id, by)
    if given is None:
        return
    db.session.delete(given)
    _count(proposal, by, -1)
    if given.version_number != proposal.version_number:
        proposal.earlier_support_count -= 1
    emit(fact(SupportTakenBack, proposal, by))


def _count(proposal: Proposal, by: Actor, change: int) -> None:
    proposal.support_count += change
    if by.organisation_id is not None:
        proposal.organisation_support_count += change
