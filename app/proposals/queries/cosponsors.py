"""Reading which organisations stand behind a proposal, and which are asked to."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.organisations.models import Organisation
from app.proposals.models import Cosponsor, Proposal
from app.proposals.states import CosponsorState
from app.rounds import queries as rounds

MOST_LISTED = 50


def cosponsors(proposal_id: int) -> list[Cosponsor]:
    """All that were asked, with their organisations, in that order (one query)."""
    return list(
        db.session.scalars(
            select(Cosponsor)
            .options(joinedload(Cosponsor.organisation))
            .where(Cosponsor.proposal_id == proposal_id)
            .order_by(Cosponsor.asked_at, Cosponsor.organisation_id)
        )
    )


def cosponsor(proposal_id: int, organisation_id: int) -> Cosponsor | None:
    """One of them, fresh and locked where the database locks rows."""
    return db.session.scalar(
        select(Cosponsor)
        .where(Cosponsor.proposal_id == proposal_id, Cosponsor.organisation_id == organisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def count_accepted(proposal_id: int) -> int:
    found = select(func.count()).where(
        Cosponsor.proposal_id == proposal_id, Cosponsor.state == CosponsorState.ACCEPTED
    )
    return db.session.scalar(found) or 0


def standing_behind(proposal_id: int) -> list[int]:
    """The organisations that have said yes; one statement."""
    return list(
        db.session.scalars(
            select(Cosponsor.organisation_id).where(
                Cosponsor.proposal_id == proposal_id, Cosponsor.state == CosponsorState.ACCEPTED
            )
        )
    )


def can_be_asked(proposal: Proposal) -> list[Organisation]:
    """Those that take part in the dialogue, but the proposer and those that are asked or accept."""
    done = {
        one.organisation_id
        for one in cosponsors(proposal.id)
        if one.state in (CosponsorState.ASKED, CosponsorState.ACCEPTED)
    }
    found = rounds.accredited_organisations(proposal.round.dialogue_id)
    return [one for one in found if one.id not in done and one.id != proposal.organisation_id]


def asked(organisation_ids: Iterable[int]) -> list[Cosponsor]:
    """What waits for these organisations, oldest first, with proposal and organisation."""
    return list(
        db.session.scalars(
            select(Cosponsor)
            .options(joinedload(Cosponsor.organisation), joinedload(Cosponsor.proposal))
            .where(
                Cosponsor.organisation_id.in_(list(organisation_ids)),
                Cosponsor.state == CosponsorState.ASKED,
            )
            .order_by(Cosponsor.asked_at, Cosponsor.proposal_id)
            .limit(MOST_LISTED)
        )
    )
