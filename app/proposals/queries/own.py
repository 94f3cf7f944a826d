"""What a person wrote and supports."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Person
from app.core.db import db
from app.core.policy import Actor
from app.core.states import Visibility
from app.proposals.models import Proposal, Support
from app.proposals.queries.reading import mine, published, unfinished

PAGE = 20


class Own(NamedTuple):
    """Twenty of a person's proposals and drafts; the key of the next page (none: the last)."""

    proposals: list[Proposal]
    after: int | None


class Supported(NamedTuple):
    """Twenty supports with what is supported; the key of the next page (none: the last)."""

    supports: list[tuple[Support, Proposal]]
    after: int | None


def drafts(round_id: int, actor: Actor) -> list[Proposal]:
    """The actor's unfinished texts in a round, the latest first, with organisations and people."""
    if actor.person_id is None:
        return []
    return list(
        db.session.scalars(
            select(Proposal)
            .options(
                joinedload(Proposal.organisation),
                joinedload(Proposal.author),
                joinedload(Proposal.saved_by),
            )
            .where(Proposal.round_id == round_id, mine(actor), unfinished())
            .order_by(Proposal.saved_at.desc(), Proposal.id.desc())
            .limit(50)
        )
    )


class Unfinished(NamedTuple):
    """An organisation's text that is not handed in: who kept it last, and whether a moderator gave
    it back.
    """

    id: int
    title: str
    kept_by: str
    kept_at: datetime
    returned: bool


def unfinished_of(organisation_id: int) -> list[Unfinished]:
    """An organisation's unfinished texts, the latest first."""
    found = db.session.execute(
        select(
            Proposal.id,
            Proposal.title,
            Person.display_name,
            Proposal.saved_at,
            Proposal.visibility == Visibility.RETURNED,
        )
        .join(Person, Person.id == func.coalesce(Proposal.saved_by_id, Proposal.author_id))
        .where(
            Proposal.organisation_id == organisation_id,
            Proposal.forgotten_at.is_(None),
            unfinished(),
        )
        .order_by(Proposal.saved_at.desc(), Proposal.id.desc())
        .limit(50)
    )
    return [Unfinished(id, title, who, at, bool(back)) for id, title, who, at, back in found]


def mine_page(actor: Actor, after: int | None = None, *, discarded: bool = False) -> Own:
    """What the person wrote, and what their organisations propose, newest first: one query.

    Either what they discarded and can bring back, or all else.
    """
    there = Proposal.discarded_at.is_not(None) if discarded else Proposal.discarded_at.is_(None)
    query = (
        select(Proposal)
        .options(joinedload(Proposal.organisation), joinedload(Proposal.round))
        .where(mine(actor), there)
        .order_by(Proposal.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(Proposal.id < after)
    found = list(db.session.scalars(query))
    return Own(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def supported_page(person_id: int, after: int | None = None) -> Supported:
    """What the person supports for themselves and everybody may read, the latest first."""
    query = (
        select(Support, Proposal)
        .join(Proposal, Proposal.id == Support.proposal_id)
        .where(Support.person_id == person_id, published())
        .order_by(Support.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(Support.id < after)
    found = list(db.session.execute(query).tuples())
    return Supported(found[:PAGE], found[PAGE - 1][0].id if len(found) > PAGE else None)


def to_forget(before: datetime) -> list[int]:
    """Ids of the drafts that were discarded until then and still hold their words."""
    return list(
        db.session.scalars(
            select(Proposal.id)
            .where(Proposal.discarded_at <= before, Proposal.forgotten_at.is_(None))
            .order_by(Proposal.id)
        )
    )


def locked_draft(proposal_id: int) -> Proposal:
    """The draft as it is now that nobody else changes it, with its districts."""
    return db.session.scalars(
        select(Proposal)
        .options(selectinload(Proposal.districts))
        .where(Proposal.id == proposal_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
