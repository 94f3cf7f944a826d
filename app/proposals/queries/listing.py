"""Lists of a round's proposals: found, filtered with counts, in an order, 20 at a time by key."""

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import db
from app.core.search import asking
from app.organisations.models import Organisation, OrganisationKind
from app.plan.models import Field
from app.proposals.models import Proposal, ProposalDistrict
from app.proposals.queries.reading import published
from app.proposals.states import ProposalState
from app.rounds.models import Round
from app.rounds.states import Activity, RoundState

PAGE = 20
CITY = 0
"""In place of a district's number: the whole city."""
SEEDS = 16
_PRIME = 1_000_003
_MULTIPLIERS = [7919 + 104_729 * n for n in range(SEEDS)]

LISTED = (ProposalState.PUBLISHED, ProposalState.SHORTLISTED, ProposalState.DECIDED)
"""A withdrawn or merged proposal keeps its page and leaves the lists."""


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


class Choice(NamedTuple):
    """One option of a filter, and how many proposals it would leave."""

    value: str
    label: str
    number: int


class Listing(NamedTuple):
    """`facets`: options of `field`, `district`, `kind` and `state`, each counted without itself."""

    items: list[Proposal]
    next_key: int | None
    total: int
    facets: dict[str, list[Choice]]


def listing(round_id: int, wanted: Wanted) -> Listing:
    """What everybody may read of a round: three statements, however much there is."""
    conditions = _conditions(round_id, wanted)
    items = _page(round_id, wanted, _all(conditions))
    facets, total = _facets(conditions, wanted)
    next_key = items[PAGE - 1].id if len(items) > PAGE else None
    return Listing(items[:PAGE], next_key, total, facets)


def newest(round_id: int, *, most: int = 5) -> tuple[list[Proposal], int]:
    """The newest that everybody may read of a round, for its page, and how many there are."""
    wanted = Wanted(order=Order.NEWEST)
    conditions = _conditions(round_id, wanted)
    total = db.session.scalar(select(func.count(Proposal.id)).where(*_all(conditions)))
    return _page(round_id, wanted, _all(conditions))[:most], total or 0


Conditions = dict[str, list[ColumnElement[bool]]]


def _conditions(round_id: int, wanted: Wanted) -> Conditions:
    """By filter, so that each can be counted without itself."""
    found: Conditions = {
        "": [
            Proposal.round_id == round_id,
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


def _all(conditions: Conditions, *, but: str = "-") -> list[ColumnElement[bool]]:
    return [one for name, some in conditions.items() if name != but for one in some]


def _concerns(district: int) -> ColumnElement[bool]:
    """In the district, or in the whole city."""
    if district == CITY:
        return Proposal.city_wide.is_(True)
    there = select(ProposalDistrict.proposal_id).where(ProposalDistrict.district == district)
    return or_(Proposal.city_wide, Proposal.id.in_(there))


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


def _facets(conditions: Conditions, wanted: Wanted) -> tuple[dict[str, list[Choice]], int]:
    """Every count of the page in one statement: (filter, value, label, count)."""
    none = literal("")
    parts: list[Select[Any]] = [
        select(literal("total"), none, none, func.count(Proposal.id)).where(*_all(conditions)),
        select(literal("field"), cast(Field.id, String), Field.title, func.count(Proposal.id))
        .join(Proposal, Proposal.field_id == Field.id)
        .where(*_all(conditions, but="field"))
        .group_by(Field.id, Field.title),
        select(literal("city"), none, none, func.count(Proposal.id)).where(
            *_all(conditions, but="district"), Proposal.city_wide.is_(True)
        ),
        select(
            literal("district"),
            cast(ProposalDistrict.district, String),
            none,
            func.count(Proposal.id),
        )
        .join(Proposal, Proposal.id == ProposalDistrict.proposal_id)
        .where(*_all(conditions, but="district"))
        .group_by(ProposalDistrict.district),
        select(literal("kind"), cast(Organisation.kind, String), none, func.count(Proposal.id))
        .join(Proposal, Proposal.organisation_id == Organisation.id)
        .where(*_all(conditions, but="kind"))
        .group_by(Organisation.kind),
        select(literal("state"), cast(Proposal.state, String), none, func.count(Proposal.id))
        .where(*_all(conditions, but="state"))
        .group_by(Proposal.state),
    ]
    rows = db.session.execute(union_all(*parts)).tuples().all()
    single = {name: count for name, _value, _label, count in rows if name in ("total", "city")}
    facets: dict[str, list[Choice]] = {"field": [], "district": [], "kind": [], "state": []}
    for name, value, label, count in rows:
        if name in facets:
            facets[name].append(Choice(value, label, count))
    city = single.get("city", 0)
    facets["district"] = _with_city(facets["district"], city, wanted.district)
    return facets, single.get("total", 0)


def _with_city(found: list[Choice], city: int, chosen: int | None) -> list[Choice]:
    """Each district together with what is for the whole city, by its number."""
    counts = {int(one.value): one.number + city for one in found}
    if city or counts or chosen is not None:
        counts[CITY] = city
    if chosen is not None:
        counts.setdefault(chosen, city)
    return [Choice(str(number), "", counts[number]) for number in sorted(counts)]
