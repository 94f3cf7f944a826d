"""Lists of organisations, 20 at a time by key."""

from collections.abc import Collection, Mapping
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from app.core.db import db
from app.core.districts import DISTRICTS
from app.core.search import asking
from app.core.text.numbers import small_number
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.states import OrganisationState

PAGE = 20
PUBLIC = (OrganisationState.VERIFIED, OrganisationState.DISSOLVED)
T = TypeVar("T")
C = TypeVar("C")


class Directory(NamedTuple):
    """One page of the directory; for each filter, how many its choices would leave."""

    items: list[Organisation]
    next_key: str | None
    total: int
    kinds: dict[OrganisationKind, int]
    districts: dict[int, int]
    languages: dict[str, int]
    states: dict[OrganisationState, int]


Conditions = dict[str, list[ColumnElement[bool]]]


def directory(
    *,
    q: str = "",
    kind: OrganisationKind | None = None,
    district: int | None = None,
    language: str | None = None,
    state: OrganisationState = OrganisationState.VERIFIED,
    after: str = "",
    spoken: Collection[str] = (),
) -> Directory:
    """Organisations by name, 20 at a time; five statements however many there are.

    `spoken`: tags of the languages to count.
    """
    conditions: Conditions = {
        "q": asking.conditions(Organisation.__table__.c.id, "organisation", q),
        "kind": [] if kind is None else [Organisation.kind == kind],
        "district": [] if district is None else [_works_in(district)],
        "language": [] if language is None else [_speaks(language)],
        "state": [Organisation.state == state],
    }
    items, next_key = _page(select(Organisation).where(*_all(conditions)), after)
    kinds = _grouped(Organisation.kind, _all(conditions, but="kind"))
    return Directory(
        items,
        next_key,
        sum(kinds.values()) if kind is None else kinds.get(kind, 0),
        kinds,
        _sums({n: _works_in(n) for n in DISTRICTS}, _all(conditions, but="district")),
        _sums({tag: _speaks(tag) for tag in spoken}, _all(conditions, but="language")),
        _grouped(Organisation.state, _all(conditions, but="state")),
    )


def _all(conditions: Conditions, *, but: str = "") -> list[ColumnElement[bool]]:
    return [one for name, some in conditions.items() if name != but for one in some]


def _grouped(column: InstrumentedAttribute[T], where: list[ColumnElement[bool]]) -> dict[T, int]:
    query = select(column, func.count()).where(*where).group_by(column)
    return dict(db.session.execute(query).tuples().all())


def _sums(
    choices: Mapping[C, ColumnElement[bool]], where: list[ColumnElement[bool]]
) -> dict[C, int]:
    """Of each choice, how many there are."""
    if not choices:
        return {}
    sums = (func.sum(case((fits, 1), else_=0)) for fits in choices.values())
    counts = db.session.execute(select(*sums).where(*where)).one()
    return {one: int(count or 0) for one, count in zip(choices, counts, strict=True)}


def _speaks(tag: str) -> ColumnElement[bool]:
    """Works in the language: a list of few tags, as text in both databases."""
    return cast(Organisation.languages, String).contains(f'"{tag}"', autoescape=True)


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
            .where(Organisation.id == last_id, Organisation.state.in_(PUBLIC))
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
