"""Proposals and who stands behind them."""

from sqlalchemy import select

from app.amendments.models import Amendment
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.events import on
from app.notifications import commands, queries
from app.notifications.handlers.people import representatives, writer
from app.notifications.states import Kind
from app.proposals.events import (
    ChangeEvent,
    ChangeHidden,
    ChangeReturned,
    CosponsorAccepted,
    CosponsorAsked,
    CosponsorDeclined,
    CosponsorEvent,
    CosponsorLeft,
    ProposalChanged,
    ProposalHidden,
    ProposalPublished,
    ProposalReturned,
    ProposalWithdrawn,
    TextExplained,
)
from app.proposals.models import Proposal, ProposalChange


@on(ProposalReturned, ProposalHidden)
def proposal_taken_away(event: ProposalReturned | ProposalHidden) -> None:
    """Who wrote it, and who speaks for the organisation, can read why."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None:
        return
    kind = Kind.PROPOSAL_RETURNED if isinstance(event, ProposalReturned) else Kind.PROPOSAL_HIDDEN
    commands.tell(
        kind,
        event.proposal_id,
        f"{kind}:{event.proposal_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=[
            *writer(proposal.author_id, event.organisation_id),
            *representatives(event.organisation_id),
        ],
    )


@on(ProposalChanged)
def proposal_changed(event: ProposalChanged) -> None:
    """Who supports an earlier version or follows it, and who made it: once for each version."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None:
        return
    supporters, organisations_ = queries.supporters(event.proposal_id)
    if proposal.organisation_id is not None:
        organisations_.append(proposal.organisation_id)
    commands.tell(
        Kind.PROPOSAL_CHANGED,
        event.proposal_id,
        f"{Kind.PROPOSAL_CHANGED}:{event.proposal_id}:{event.version}",
        people=[
            *writer(proposal.author_id, proposal.organisation_id),
            *supporters,
            *queries.speakers(organisations_),
        ],
        following=(event.proposal_id,),
        but=event.by.person_id,
    )


@on(ChangeReturned, ChangeHidden)
def change_taken_away(event: ChangeEvent) -> None:
    """Who wrote it, and who speaks for the organisation, can read why."""
    known = db.session.get(ProposalChange, event.change_id)
    if known is None:
        return
    commands.tell(
        Kind.CHANGE_RETURNED,
        event.change_id,
        f"{Kind.CHANGE_RETURNED}:{event.change_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=[
            *writer(known.author_id, event.organisation_id),
            *representatives(event.organisation_id),
        ],
    )


@on(CosponsorAsked)
def cosponsor_asked(event: CosponsorAsked) -> None:
    commands.tell(
        Kind.COSPONSOR_ASKED,
        event.proposal_id,
        f"{Kind.COSPONSOR_ASKED}:{event.proposal_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=representatives(event.cosponsor_id),
        but=event.by.person_id,
    )


@on(CosponsorAccepted, CosponsorDeclined, CosponsorLeft)
def cosponsor_answered(event: CosponsorEvent) -> None:
    """Who wrote it, and who speaks for the organisation that asked."""
    proposal = db.session.get(Proposal, event.proposal_id)
    author = writer(proposal.author_id, proposal.organisation_id) if proposal is not None else []
    commands.tell(
        Kind.COSPONSOR_ANSWERED,
        event.proposal_id,
        f"{Kind.COSPONSOR_ANSWERED}:{event.proposal_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=[*author, *representatives(event.organisation_id)],
        but=event.by.person_id,
    )


@on(ProposalPublished)
def proposal_published(event: ProposalPublished) -> None:
    """Who made it; and, the first time, whoever follows the round."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None:
        return
    makers = [
        *writer(proposal.author_id, event.organisation_id),
        *representatives(event.organisation_id),
    ]
    commands.tell(
        Kind.PROPOSAL_PUBLISHED,
        event.proposal_id,
        f"{Kind.PROPOSAL_PUBLISHED}:{event.proposal_id}:{event.version}",
        people=makers,
        but=event.by.person_id,
    )
    if event.version == 1:
        commands.tell(
            Kind.PROPOSAL_IN_ROUND,
            event.proposal_id,
            f"{Kind.PROPOSAL_IN_ROUND}:{event.proposal_id}",
            following=(event.round_id,),
            but=event.by.person_id,
        )


@on(ProposalWithdrawn)
def proposal_withdrawn(event: ProposalWithdrawn) -> None:
    """Whoever follows it; a proposal that was never public has nobody to tell."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None or proposal.published_at is None:
        return
    commands.tell(
        Kind.PROPOSAL_WITHDRAWN,
        event.proposal_id,
        f"{Kind.PROPOSAL_WITHDRAWN}:{event.proposal_id}",
        following=(event.proposal_id,),
        but=event.by.person_id,
    )


@on(TextExplained)
def led_to_a_draft(event: TextExplained) -> None:
    """Who wrote the comments and amendments that a new draft names, and for whom they did."""
    people: list[int] = []
    for model in (Comment, Amendment):
        rows = db.session.execute(
            select(model.author_id, model.organisation_id).where(model.id.in_(event.causes))
        ).tuples()
        for author_id, organisation_id in rows:
            if author_id is not None:
                people += writer(author_id, organisation_id)
            people += representatives(organisation_id)
    commands.tell(
        Kind.TEXT_BECAUSE,
        event.proposal_id,
        f"{Kind.TEXT_BECAUSE}:{event.proposal_id}:{event.version}",
        people=people,
        but=event.by.person_id,
    )
