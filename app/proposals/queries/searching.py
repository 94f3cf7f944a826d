"""What search may find of proposals."""

from typing import Any

from sqlalchemy import Select, null, select

from app.core.policy import ANYBODY
from app.proposals.models import Proposal
from app.proposals.queries.reading import published
from app.proposals.states import LISTED
from app.rounds import queries as rounds
from app.rounds.models import Round


def public_texts() -> Select[Any]:
    """Those in the lists of rounds that everybody may read (see core.search.sources)."""
    return select(
        Proposal.id,
        null(),
        Proposal.language,
        Proposal.title,
        Proposal.body,
        Proposal.goal,
        Proposal.carried_by,
    ).where(
        Proposal.state.in_(LISTED),
        published(),
        Proposal.round_id.in_(select(Round.id).where(rounds.visible_to(ANYBODY))),
    )


def of_rounds(dialogue_id: int, round_id: int | None) -> Select[tuple[int]]:
    """The keys of a round's proposals, or of all in a dialogue."""
    query = select(Proposal.id).join(Round, Round.id == Proposal.round_id)
    if round_id is not None:
        return query.where(Proposal.round_id == round_id)
    return query.where(Round.dialogue_id == dialogue_id)
