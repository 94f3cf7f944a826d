"""What search may find of amendments."""

from typing import Any

from sqlalchemy import Select, null, select

from app.amendments.models import Amendment
from app.amendments.queries import published
from app.core.policy import ANYBODY
from app.proposals.models import Proposal
from app.rounds import queries as rounds
from app.rounds.models import Round


def public_texts() -> Select[Any]:
    """Those that everybody may read: the proposal's title, what is asked for, and why."""
    return (
        select(
            Amendment.id,
            null(),
            Amendment.language,
            Proposal.title,
            Amendment.new,
            Amendment.reason,
        )
        .join(Proposal, Proposal.id == Amendment.proposal_id)
        .where(
            published(), Amendment.round_id.in_(select(Round.id).where(rounds.visible_to(ANYBODY)))
        )
    )


def of_proposal(proposal_id: int) -> Select[tuple[int]]:
    """The keys of a proposal's amendments."""
    return select(Amendment.id).where(Amendment.proposal_id == proposal_id)
