"""The harmonic order of a round's proposals, counted from their supports."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select

from app.core import harmonic
from app.core.db import db
from app.core.sets import Sets
from app.proposals.models import RANKED, Proposal, Support
from app.proposals.queries.reading import published
from app.proposals.states import LISTED

CHUNK = 20_000


class Ranking(NamedTuple):
    """Ids of proposals, the first first, and which ones had to be ranked, since when."""

    order: list[int]
    unranked: dict[int, datetime]


def unranked_rounds() -> list[int]:
    """Rounds in which something has changed since they were ranked."""
    return list(
        db.session.scalars(
            select(Proposal.round_id)
            .where(Proposal.unranked_since.is_not(None))
            .distinct()
            .order_by(Proposal.round_id)
        )
    )


def ranking_of(round_id: int) -> Ranking:
    """Count anew; takes seconds where there are hundreds of thousands of supports.

    What is to be ranked is read before the supports: what changes meanwhile is ranked next time.
    """
    rows = db.session.execute(
        select(Proposal.id, Proposal.unranked_since).where(
            Proposal.round_id == round_id, Proposal.unranked_since.is_not(None)
        )
    ).tuples()
    unranked = {id: since for id, since in rows if since is not None}
    ids = _most_supported(round_id)
    return Ranking([ids[place] for place in harmonic.order(_supports(ids))], unranked)


def _most_supported(round_id: int) -> list[int]:
    """Of two that are equal the newer one stands first, as in the list."""
    return list(
        db.session.scalars(
            select(Proposal.id)
            .where(
                Proposal.round_id == round_id,
                Proposal.state.in_(LISTED),
                published(),
                Proposal.support_count > 0,
            )
            .order_by(Proposal.support_count.desc(), Proposal.id.desc())
            .limit(RANKED)
        )
    )


def _supports(ids: list[int]) -> Sets:
    """Who supports which of them: a set for each person and each organisation."""
    import numpy as np

    places = {id: place for place, id in enumerate(ids)}
    by = func.coalesce(Support.person_id * 2, Support.organisation_id * 2 + 1)
    rows = db.session.execute(
        select(by, Support.proposal_id)
        .where(Support.proposal_id.in_(ids))
        .execution_options(yield_per=CHUNK)
    ).tuples()
    pairs = (np.array([(who, places[id]) for who, id in chunk]) for chunk in rows.partitions())
    found = np.concatenate([np.zeros((0, 2), np.int64), *pairs])
    return Sets.of_pairs(found[:, 0], found[:, 1], len(ids))


def locked_ranks(round_id: int, ranking: Ranking) -> list[tuple[int, int, datetime | None]]:
    """(id, rank, unranked since) of all whose rank may change, locked in the order of ids."""
    concerned = or_(
        Proposal.harmonic_rank > 0,
        Proposal.unranked_since.is_not(None),
        Proposal.id.in_(ranking.order),
    )
    rows = db.session.execute(
        select(Proposal.id, Proposal.harmonic_rank, Proposal.unranked_since)
        .where(Proposal.round_id == round_id, concerned)
        .order_by(Proposal.id)
        .with_for_update()
    ).tuples()
    return list(rows.all())
