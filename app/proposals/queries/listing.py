"""Lists of a round's proposals: found, filtered with counts, in an order, 20 at a time by key."""

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    exists,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import db
from app.core.search import asking
from app.organisations.models import Organisation, OrganisationKind
from app.proposals.models import Proposal, ProposalDistrict
from app.proposals.queries import counting
from app.proposals.queries.counting import CITY, Choice, Conditions, all_of
from app.proposals.queries.reading import published
from app.proposals.states import LISTED, ProposalState
from app.rounds.models import Round
from app.rounds.states import Activity, RoundState

PAGE = 20
SEEDS = 16
_PRIME = 1_000_003
_MULTIPLIERS = [7919 + 104_729 * n for n in range(SEEDS)]


class Order(StrEnum):
    HARMONIC = "harmonic"
    NEWEST = "newest"
    SUPPORTED = "supported"
    DISCUSSED = "discussed"
    RANDOM = "random"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a reader asks of the list.

    A district also finds what is for the whole city; CITY finds only that.
    """

    q: str = ""
    field_id: int | None = None
    district: int | None = None
    kind: OrganisationKind | None = None
    state: ProposalState | None = None
    order: Order = Order.HARMONIC
    seed: int | None = None
    after: int | None = None


def usual(round_: Round) -> Wanted:
    """The list that nobody has chosen an order for (needs `windows`).

    While its vote is open no proposal of a round stands above the others.
    """
    window = round_.window(Activity.VOTE)
    if round_.state is RoundState.OPEN and window is not None and window.covers(clock.now()):
        return Wanted(order=Order.RANDOM, seed=by_chance())
    return Wanted()


def by_chance() -> int:
    return random.randrange(SEEDS)  # noqa: S311 — whose turn it is, nothing to guess


class Listing(NamedTuple):
    """`total` is MOST_COUNTED where there are `more` than that. `facets`: options of `field`,
    `district`, `kind` and `state`, each counted without itself.
    """

    items: list[Proposal]
    next_key: int | None
    total: int
    more: bool
    facets: dict[str, list[Choice]]


def listing(round_id: int, wanted: Wanted) -> Listing:
    """What everybody may read of a round: three statements, however much there is."""
    conditions = _conditions(round_id, wanted)
    items = _page(round_id, wanted, all_of(conditions))
    total, facets = counting.count(round_id, conditions, wanted.district)
    next_key = items[PAGE - 1].id if len(items) > PAGE else None
    most = counting.MOST_COUNTED
    return Listing(items[:PAGE], next_key, min(total, most), total > most, facets)


def _conditions(round_id: int, wanted: Wanted) -> Conditions:
    """By filter, so that each can be counted without itself."""
    found: Conditions = {
        "": [
            _of_round(round_id, searched=bool(wanted.q)),
            Proposal.state.in_(LISTED),
            published(),
            *asking.conditions(Proposal.__table__.c.id, "proposal", wanted.q),
        ]
    }
    if wanted.field_id is not None:
        found["field"] = [Proposal.field_id == wanted.field_id]
    if wanted.district is not None:
        found["district"] = [_concerns(wanted.district)]
    if wanted.kind is not None:
        made = select(Organisation.id).where(Organisation.kind == wanted.kind)
        found["kind"] = [Proposal.organisation_id.in_(made)]
    if wanted.state is not None:
        found["state"] = [Proposal.state == wanted.state]
    return found


def _of_round(round_id: int, *, searched: bool) -> ColumnElement[bool]:
    """Written so that SQLite begins with what was found, not with all proposals of the round."""
    column = Proposal.__table__.c.round_id
    return (column + 0 if searched else column) == round_id


def _concerns(district: int) -> ColumnElement[bool]:
    """In the district, or in the whole city."""
    if district == CITY:
        return Proposal.city_wide.is_(True)
    there = exists().where(
        ProposalDistrict.proposal_id == Proposal.id, ProposalDistrict.district == district
    )
    return or_(Proposal.city_wide, there)


def _page(round_id: int, wanted: Wanted, conditions: list[ColumnElement[bool]]) -> list[Proposal]:
    key = _key(wanted)
    query = (
        select(Proposal)
        .options(
            joinedload(Proposal.organisation),
            joinedload(Proposal.author),
            joinedload(Proposal.field),
            joinedload(Proposal.districts),  # with a LIMIT it is wrapped: still one statement
        )
        .where(*conditions)
        .order_by(*(part.desc() for part in key))
        .limit(PAGE + 1)
    )
    if wanted.after is not None:
        last = [
            select(part)
            .where(Proposal.id == wanted.after, Proposal.round_id == round_id)
            .correlate(None)
            .scalar_subquery()
            for part in key
        ]
        query = query.where(tuple_(*key) < tuple_(*last))
    return list(db.session.scalars(query).unique())


def _key(wanted: Wanted) -> list[ColumnElement[Any]]:
    """What a list is ordered by, largest first. By chance is still the same on every page."""
    columns = Proposal.__table__.c
    ranks: list[ColumnElement[Any]]
    match wanted.order:
        case Order.HARMONIC:
            ranks = [columns.harmonic_rank, columns.support_count]
        case Order.SUPPORTED:
            ranks = [columns.support_count]
        case Order.DISCUSSED:
            ranks = [columns.comment_count]
        case Order.NEWEST:
            ranks = [columns.published_at]
        case Order.RANDOM:
            ranks = [columns.id * _MULTIPLIERS[(wanted.seed or 0) % SEEDS] % _PRIME]
    return [*ranks, columns.id]
