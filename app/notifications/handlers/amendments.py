"""Changes that others suggest."""

from app.amendments import queries as amendments
from app.amendments.events import (
    AmendmentClosed,
    AmendmentDecided,
    AmendmentHidden,
    AmendmentLeftToProposers,
    AmendmentOpenedAgain,
    AmendmentPublished,
    AmendmentPutToVote,
    AmendmentReturned,
    AmendmentVoteWanted,
)
from app.core import clock
from app.core.db import db
from app.core.events import on
from app.notifications import commands
from app.notifications.handlers.people import behind, makers
from app.notifications.states import Kind
from app.proposals.models import Proposal
from app.rounds import queries as rounds


@on(AmendmentPublished)
def amendment_made(event: AmendmentPublished) -> None:
    """Who made the proposal, and whoever follows it."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None:
        return
    commands.tell(
        Kind.AMENDMENT_MADE,
        event.amendment_id,
        f"{Kind.AMENDMENT_MADE}:{event.amendment_id}",
        people=makers(proposal),
        following=(event.proposal_id,),
        but=event.by.person_id,
    )


@on(AmendmentDecided)
def amendment_decided(event: AmendmentDecided) -> None:
    """Who suggested it, supports it or follows it; after a vote those who made the proposal too."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    people = behind(found)
    if event.by_vote:
        people += makers(found.proposal)
    commands.tell(
        Kind.AMENDMENT_DECIDED,
        event.amendment_id,
        f"{Kind.AMENDMENT_DECIDED}:{event.amendment_id}",
        people=people,
        following=(event.amendment_id,),
        but=event.by.person_id,
    )


@on(AmendmentVoteWanted)
def vote_wanted(event: AmendmentVoteWanted) -> None:
    """The dialogue's moderators."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.AMENDMENT_VOTE_WANTED,
        event.amendment_id,
        f"{Kind.AMENDMENT_VOTE_WANTED}:{event.amendment_id}",
        people=[one.id for one in rounds.moderators(found.proposal.round.dialogue_id)],
        but=event.by.person_id,
    )


@on(AmendmentPutToVote)
def amendment_to_vote(event: AmendmentPutToVote) -> None:
    """Who suggested it, supports or follows it, and those who made the proposal."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.AMENDMENT_TO_VOTE,
        event.amendment_id,
        f"{Kind.AMENDMENT_TO_VOTE}:{event.amendment_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=[*behind(found), *makers(found.proposal)],
        following=(event.amendment_id, event.proposal_id),
        but=event.by.person_id,
    )


@on(AmendmentClosed)
def amendment_closed(event: AmendmentClosed) -> None:
    """Who suggested it can take it to the text in which the proposal goes on."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.AMENDMENT_CLOSED,
        event.amendment_id,
        f"{Kind.AMENDMENT_CLOSED}:{event.amendment_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=makers(found),
        but=event.by.person_id,
    )


@on(AmendmentOpenedAgain)
def amendment_open_again(event: AmendmentOpenedAgain) -> None:
    """Who suggested it: what was merged or split is as before."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.MERGING_UNDONE,
        event.amendment_id,
        f"{Kind.MERGING_UNDONE}:{event.amendment_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=makers(found),
        but=event.by.person_id,
    )


@on(AmendmentLeftToProposers)
def amendment_owed(event: AmendmentLeftToProposers) -> None:
    """Those who made the proposal have to decide."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.AMENDMENT_OWED,
        event.amendment_id,
        f"{Kind.AMENDMENT_OWED}:{event.amendment_id}",
        people=makers(found.proposal),
    )


@on(AmendmentHidden, AmendmentReturned)
def amendment_taken_away(event: AmendmentHidden | AmendmentReturned) -> None:
    """Who wrote it, and who speaks for the organisation, can read why."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.AMENDMENT_HIDDEN,
        event.amendment_id,
        f"{Kind.AMENDMENT_HIDDEN}:{event.amendment_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=makers(found),
    )
