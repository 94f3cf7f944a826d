"""Discarding a draft that nobody else has seen, bringing it back, and forgetting it in the end."""

from typing import TypeVar

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.proposals.events import DraftBroughtBack, DraftDiscarded, DraftForgotten, ProposalEvent
from app.proposals.models import Proposal

E = TypeVar("E", bound=ProposalEvent)


def discard(proposal: Proposal, *, by: Actor) -> None:
    """Take a draft out of the lists. Twice is once. Raises Conflict for what was ever handed in."""
    if not proposal.never_handed_in:
        raise Conflict(_("This proposal has been handed in: it can be withdrawn, not discarded."))
    if proposal.discarded_at is None:
        proposal.discarded_at = clock.now()
        emit(_fact(DraftDiscarded, proposal, by))


def bring_back(proposal: Proposal, *, by: Actor) -> None:
    """The draft is there again as it was. Raises Conflict once it is forgotten."""
    if proposal.forgotten_at is not None:
        raise Conflict(_("This draft is gone: the time to bring it back is over."))
    if proposal.discarded_at is not None:
        proposal.discarded_at = None
        emit(_fact(DraftBroughtBack, proposal, by))


def forget(proposal: Proposal) -> None:
    """Nothing stays of its words; that there was a draft does, for whatever points to it."""
    if proposal.discarded_at is None or proposal.forgotten_at is not None:
        return
    proposal.title = proposal.body = proposal.goal = proposal.carried_by = ""
    proposal.cost_cents = proposal.field_id = proposal.form_key = None
    proposal.districts = []
    proposal.forgotten_at = clock.now()
    emit(_fact(DraftForgotten, proposal, SYSTEM))


def _fact(kind: type[E], proposal: Proposal, by: Actor) -> E:
    return kind(
        by=by,
        proposal_id=proposal.id,
        round_id=proposal.round_id,
        organisation_id=proposal.organisation_id,
    )
