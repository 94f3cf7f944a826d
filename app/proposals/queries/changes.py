"""Reading the text to come of a proposal that is public."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.policy import Actor
from app.proposals.models import Proposal, ProposalChange
from app.proposals.queries.reading import mine
from app.proposals.states import UNDER_WORK, ChangeState
from app.rounds.models import Round


def open_change(proposal_id: int) -> ProposalChange | None:
    """The one under work, with author and field; fresh; who changes it locks the proposal."""
    return db.session.scalar(
        select(ProposalChange)
        .options(
            joinedload(ProposalChange.author),
            joinedload(ProposalChange.field),
        )
        .where(ProposalChange.proposal_id == proposal_id, ProposalChange.state.in_(UNDER_WORK))
        .execution_options(populate_existing=True)
    )


def get_change(id: int) -> ProposalChange | None:
    """One with its author, the proposal, its round and dialogue; fresh."""
    whole = joinedload(ProposalChange.proposal)
    return db.session.scalar(
        select(ProposalChange)
        .options(
            joinedload(ProposalChange.author),
            joinedload(ProposalChange.field),
            whole.joinedload(Proposal.round).joinedload(Round.dialogue),
            whole.joinedload(Proposal.round).selectinload(Round.windows),
            whole.joinedload(Proposal.organisation),
            whole.joinedload(Proposal.author),
            whole.joinedload(Proposal.field),
            whole.selectinload(Proposal.districts),
        )
        .where(ProposalChange.id == id)
        .execution_options(populate_existing=True)
    )


def is_change_visible(change_id: int, actor: Actor) -> bool:
    """Its own people read it; the dialogue's moderators from when it is handed in."""
    moderated = select(Round.id).where(Round.dialogue_id.in_(actor.places("moderator")))
    found = (
        select(ProposalChange.id)
        .join(Proposal, Proposal.id == ProposalChange.proposal_id)
        .where(
            ProposalChange.id == change_id,
            mine(actor)
            | (
                Proposal.round_id.in_(moderated)
                & (ProposalChange.submitted_at.is_not(None))
                & (ProposalChange.state != ChangeState.DISCARDED)
            ),
        )
    )
    return actor.person_id is not None and db.session.scalar(found) is not None


def titles(ids: list[int]) -> list[tuple[int, int, str]]:
    """(id, its proposal's id, the proposal's title); one query."""
    rows = db.session.execute(
        select(ProposalChange.id, Proposal.id, Proposal.title)
        .join(Proposal, Proposal.id == ProposalChange.proposal_id)
        .where(ProposalChange.id.in_(ids))
    )
    return list(rows.tuples())
