"""An amendment is put to a vote, and what the vote says is carried out.

Called by `voting`, which knows the question. The amendment is locked, and its proposal where the
text may change.
"""

from app.amendments import queries
from app.amendments.commands.amendment import fact
from app.amendments.commands.closing import close
from app.amendments.commands.deciding import decided, put_in
from app.amendments.commands.ruling import put_rules_in
from app.amendments.events import (
    AmendmentLeftToProposers,
    AmendmentPutToVote,
    AmendmentTakenFromVote,
    AmendmentVoteWanted,
)
from app.amendments.models import Amendment
from app.amendments.queries import ruling
from app.amendments.queries.standing import Fit, standing
from app.amendments.states import AMENDMENT, AmendmentState, VoteSays
from app.core import clock
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.core.text import amending
from app.proposals.states import ProposalState


def want_vote(amendment: Amendment, *, by: Actor) -> None:
    """Those who made the proposal ask for a vote; the moderators decide. Twice is once."""
    if amendment.vote_wanted_at is not None:
        return
    amendment.vote_wanted_at = clock.now()
    emit(fact(AmendmentVoteWanted, amendment, by))


def put_to_vote(amendment: Amendment, *, by: Actor) -> None:
    """From here on only the vote decides; raises Conflict where it is decided already."""
    amendment.state = AMENDMENT.after(amendment.state, "put to the vote")
    emit(fact(AmendmentPutToVote, amendment, by))


def take_from_vote(amendment: Amendment, *, by: Actor) -> None:
    """It is open again: nobody could vote yet."""
    amendment.state = AMENDMENT.after(amendment.state, "take from the vote")
    emit(fact(AmendmentTakenFromVote, amendment, by))


def carry_out(amendment: Amendment, says: VoteSays, *, reason: str, by: Actor = SYSTEM) -> None:
    """Do what the vote says, once: accept it, or decline it with the result as the `reason`.

    Where the chambers differ, or are too small to be shown, or where a person must see how the
    change fits into the text of now, it is left to those who made the proposal. It ends with a
    proposal that was withdrawn meanwhile.
    """
    if amendment.state is not AmendmentState.VOTING:
        return
    at = _place(amendment) if says is VoteSays.ADOPTED else None
    if at is not None:
        _put_in(amendment, at, by)
        amendment.vote_says = says
        decided(amendment, AMENDMENT.after(amendment.state, "adopt"), reason, by, by_vote=True)
        return
    amendment.vote_says = says
    if amendment.proposal.state is ProposalState.WITHDRAWN:
        close(amendment, by=by)
        return
    if says is VoteSays.REJECTED:
        decided(amendment, AMENDMENT.after(amendment.state, "reject"), reason, by, by_vote=True)
        return
    amendment.state = AMENDMENT.after(amendment.state, "leave to the proposers")
    amendment.voted_at = clock.now()
    emit(fact(AmendmentLeftToProposers, amendment, by, says=says.value))


def _put_in(amendment: Amendment, at: int, by: Actor) -> None:
    whose = amendment.author_id
    if amendment.rules is not None:
        put_rules_in(amendment, ruling.names(amendment), author_id=whose, by_vote=True, by=by)
    else:
        put_in(amendment, amendment.new, at, author_id=whose, by_vote=True, by=by)


def _place(amendment: Amendment) -> int | None:
    """The paragraph that it replaces; None where a person must look at it first, or the text of the
    proposal cannot change now."""
    proposal = amendment.proposal
    if proposal.state is not ProposalState.PUBLISHED or not queries.is_public(amendment):
        return None
    now = standing(amendment, proposal.body, queries.bodies(proposal.id))
    if now.fit is not Fit.AS_WRITTEN or now.at is None:
        return None
    if amendment.rules is not None:
        return now.at if ruling.is_complete(amendment) else None
    whole = amending.with_paragraph(proposal.body, now.at, amendment.new)
    return now.at if len(whole) <= proposal.round.procedure.text_length else None
