"""Where an organisation stands on the proposals of others."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from app.core.db import db
from app.proposals.models import Cosponsor, Proposal, Support
from app.proposals.queries.reading import published
from app.proposals.states import CosponsorState

Position = tuple[int, str, datetime]
"""Id and title of a proposal that everybody may read, and since when."""


def stands_behind(organisation_id: int, *, most: int = 10) -> list[Position]:
    """The newest that it carries together with those who made them."""
    query = (
        select(Proposal.id, Proposal.title, Cosponsor.answered_at)
        .join(Cosponsor, Cosponsor.proposal_id == Proposal.id)
        .where(
            Cosponsor.organisation_id == organisation_id,
            Cosponsor.state == CosponsorState.ACCEPTED,
        )
        .order_by(Cosponsor.answered_at.desc(), Proposal.id.desc())
    )
    return _public(query, most)


def supports(organisation_id: int, *, most: int = 10) -> list[Position]:
    """The newest that it supports as an organisation."""
    query = (
        select(Proposal.id, Proposal.title, Support.at)
        .join(Support, Support.proposal_id == Proposal.id)
        .where(Support.organisation_id == organisation_id)
        .order_by(Support.at.desc(), Proposal.id.desc())
    )
    return _public(query, most)


def _public(query: Select[Any], most: int) -> list[Position]:
    query = query.where(published()).limit(most)
    return [(id, title, at) for id, title, at in db.session.execute(query)]
