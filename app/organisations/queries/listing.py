"""Lists of organisations, 20 at a time by key."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.districts import DISTRICTS
from app.core.search import asking
from app.core.text.numbers import small_number
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.states import OrganisationState

PAGE = 20


class Directory(NamedTuple):
    """One page of the directory; `kinds` and `districts` count what each filter would leave."""

    items: list[Organisation]
    next_key: str | None
    total: int
    kinds: dict[OrganisationKind, int]
    districts: dict[int, int]


def directory(
    *,
    q: str = "",
    kind: OrganisationKind | None = None,
    district: int | None = None,
    after: str = "",
) -> Directory:
    """Verified organisations by name, 20 at a time; three statements however many there are."""
    found = [Organisation.state == OrganisationState.VERIFIED]
    found += asking.conditions(Organisation.__table__.c.id, "organisation", q)
    of_kind = [] if kind is None else [Organisation.kind == kind]
    in_district = [] if district is None else [_works_in(district)]

    page = select(Organisation).where(*found, *of_kind, *in_district)
    items, next_key = _page(page, after)
    kinds: dict[OrganisationKind, int] = dict(
        db.session.execute(
            select(Organisation.kind, func.count())
            .where(*found, *in_district)
            .group_by(Organisation.kind)
        )
        .tuples()
        .all()
    )
    counts = db.session.execute(
        select(*(func.sum(case((_works_in(n), 1), else_=0)) for n in DISTRICTS)).where(
            *found, *of_kind
        )
    ).one()
    districts = {n: int(count or 0) for n, count in zip(DISTRICTS, counts, strict=True)}
    total = sum(kinds.values()) if kind is None else kinds.get(kind, 0)
    return Directory(items, next_key, total, kinds, districts)


def _works_in(district: int) -> ColumnElement[bool]:
    """In the district or, without any district, in the whole city."""
    bit = Organisation.district_bits.bitwise_and(1 << district)
    return or_(bit != 0, Organisation.district_bits == 0)


def _page(query: Select[tuple[Organisation]], after: str) -> tuple[list[Organisation], str | None]:
    """By name, then id. The key is the id of the last one shown; garbage is the first page."""
    last_id = small_number(after)
    if last_id is not None:
        last = (
            select(Organisation.name_sort)
            .where(Organisation.id == last_id, Organisation.state == OrganisationState.VERIFIED)
            .scalar_subquery()
        )
        name = func.coalesce(last, "")
        query = query.where(
            or_(
                Organisation.name_sort > name,
                and_(Organisation.name_sort == name, Organisation.id > last_id),
            )
        )
    query = query.order_by(Organisation.name_sort, Organisation.id).limit(PAGE + 1)
    found = list(db.session.scalars(query))
    return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else None


def waiting(state: OrganisationState, after: str = "") -> tuple[list[Organisation], str | None]:
    """For the registry: organisations in a state, the longest waiting first, 20 at a time."""
    query = (
        select(Organisation)
        .options(joinedload(Organisation.registered_by))
        .where(Organisation.state == state)
        .order_by(Organisation.id)
        .limit(PAGE + 1)
    )
    last_id = small_number(after)
    if last_id is not None:
        query = query.where(Organisation.id > last_id)
    found = list(db.session.scalars(query))
    return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else None
