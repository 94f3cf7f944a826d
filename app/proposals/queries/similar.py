"""Proposals like the one that somebody writes."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.search import alike
from app.proposals.models import Proposal
from app.proposals.queries.reading import published
from app.proposals.states import LISTED

MOST = 5


def similar(title: str) -> list[Proposal]:
    """Those that everybody may read, the most alike first: three statements at most.

    The index knows public ones only; whether they still are is asked once more.
    """
    found = [one.key for one in alike.similar(title, kind="proposal", most=MOST)]
    if not found:
        return []
    known = {
        one.id: one
        for one in db.session.scalars(
            select(Proposal)
            .options(joinedload(Proposal.organisation), joinedload(Proposal.author))
            .where(Proposal.id.in_(found), Proposal.state.in_(LISTED), published())
        )
    }
    return [known[id] for id in found if id in known]
