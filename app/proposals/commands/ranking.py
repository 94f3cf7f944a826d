"""The place of a proposal in the harmonic order of its round."""

from sqlalchemy import update

from app.core import clock
from app.core.db import db
from app.proposals.models import RANKED, Proposal
from app.proposals.queries.ranking import Ranking, locked_ranks


def to_be_ranked(proposal_id: int) -> None:
    """Its round is ranked anew by a job. The act that changed something has it locked already."""
    proposal = db.session.get(Proposal, proposal_id)
    if proposal is not None:
        proposal.unranked_since = clock.now()


def rank(round_id: int, ranking: Ranking) -> None:
    """Write the places down, unless another worker that counted later was quicker."""
    known = locked_ranks(round_id, ranking)
    since = {id: moment for id, _rank, moment in known}
    if any(since.get(id) is None for id in ranking.unranked):
        return
    wanted = {id: RANKED - place for place, id in enumerate(ranking.order)}
    rows = [
        {
            "id": id,
            "harmonic_rank": wanted.get(id, 0),
            "unranked_since": None if moment == ranking.unranked.get(id) else moment,
        }
        for id, rank, moment in known
        if rank != wanted.get(id, 0) or moment is not None
    ]
    if rows:
        db.session.execute(update(Proposal), rows)
