"""How many proposals a list has, and how many each option of its filters would leave."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Select, String, cast, func, literal, select, union_all

from app.core.db import db
from app.core.districts import DISTRICTS
from app.organisations.models import Organisation, OrganisationKind
from app.plan.models import Field
from app.proposals.models import Proposal, ProposalDistrict
from app.proposals.states import LISTED
from app.rounds.models import Dialogue, Round

MOST_COUNTED = 1_000
"""More are not counted: counting all would take longer the more there are."""
CITY = 0
"""In place of a district's number: the whole city."""
FILTERS = ("field", "district", "kind", "state")

Conditions = dict[str, list[ColumnElement[bool]]]
"""Of a list, by filter, so that each can be counted without itself."""


class Choice(NamedTuple):
    """One option of a filter, and how many proposals it would leave, where they are counted."""

    value: str
    label: str
    number: int | None


def all_of(conditions: Conditions, *, but: str = "-") -> list[ColumnElement[bool]]:
    return [one for name, some in conditions.items() if name != but for one in some]


def count(
    round_id: int, conditions: Conditions, district: int | None
) -> tuple[int, dict[str, list[Choice]]]:
    """How many there are, at most one more than MOST_COUNTED, and the options of each filter.

    Of a filter that would have more than that without itself, all options are given, uncounted.
    One statement: rows of what, value, label, number.
    """
    everything = _some("", conditions)
    without = {name: _some(name, conditions) for name in FILTERS if name in conditions}
    sizes = [_size(name, some) for name, some in {"": everything, **without}.items()]
    parts = [*sizes, *_numbers(everything, without), _fields(round_id)]
    found: dict[str, dict[str, int]] = defaultdict(dict)
    labels = []
    for what, value, label, number in db.session.execute(union_all(*parts)).tuples():
        if value is not None:
            found[what][value] = number
        if what == "label":
            labels.append((number, value, label))
    total = found["size"][""]
    known = {
        "field": [(value, label) for _position, value, label in sorted(labels)],
        "kind": [(kind.value, "") for kind in OrganisationKind],
        "state": [(state.value, "") for state in LISTED],
        "district": [(str(number), "") for number in (CITY, *DISTRICTS)],
    }
    found["district"] = _with_city(found, district)
    return total, {
        name: _options(known[name], found[name], found["size"].get(name, total)) for name in FILTERS
    }


def _options(known: Iterable[tuple[str, str]], counts: dict[str, int], of: int) -> list[Choice]:
    if of > MOST_COUNTED:
        return [Choice(value, label, None) for value, label in known]
    return [Choice(value, label, counts[value]) for value, label in known if value in counts]


def _with_city(found: dict[str, dict[str, int]], chosen: int | None) -> dict[str, int]:
    """Each district together with what is for the whole city."""
    city = found["city"].get("", 0)
    counts = {value: number + city for value, number in found["district"].items()}
    if city or counts or chosen is not None:
        counts[str(CITY)] = city
    if chosen is not None:
        counts.setdefault(str(chosen), city)
    return counts


def _some(name: str, conditions: Conditions) -> CTE:
    """As many as are counted at most, without a filter; read once for all that is counted."""
    return (
        select(
            Proposal.id,
            Proposal.field_id,
            Proposal.organisation_id,
            Proposal.city_wide,
            Proposal.state,
        )
        .where(*all_of(conditions, but=name or "-"))
        .limit(MOST_COUNTED + 1)
        .cte(f"without_{name or 'nothing'}")
    )


_NONE = literal("")


def _size(name: str, some: CTE) -> Select[Any]:
    """How many there are, or of a filter: how many without it."""
    return select(literal("size"), literal(name), _NONE, func.count()).select_from(some)


def _numbers(everything: CTE, without: dict[str, CTE]) -> list[Select[Any]]:
    by_field, by_district, by_kind, by_state = (without.get(n, everything) for n in FILTERS)
    return [
        _grouped("field", by_field.c.field_id),
        # Outer joins, so that SQLite begins with what is counted; their nulls count for nothing.
        _grouped("district", ProposalDistrict.district)
        .select_from(by_district)
        .outerjoin(ProposalDistrict, ProposalDistrict.proposal_id == by_district.c.id),
        select(literal("city"), _NONE, _NONE, func.count())
        .select_from(by_district)
        .where(by_district.c.city_wide.is_(True)),
        _grouped("kind", Organisation.kind)
        .select_from(by_kind)
        .outerjoin(Organisation, by_kind.c.organisation_id == Organisation.id),
        _grouped("state", by_state.c.state),
    ]


def _grouped(name: str, column: Any) -> Select[Any]:
    return select(literal(name), cast(column, String), _NONE, func.count()).group_by(column)


def _fields(round_id: int) -> Select[Any]:
    """The fields of the round's plan, in their order."""
    plan = (
        select(Dialogue.plan_id)
        .join(Round, Round.dialogue_id == Dialogue.id)
        .where(Round.id == round_id)
        .scalar_subquery()
    )
    return select(literal("label"), cast(Field.id, String), Field.title, Field.position).where(
        Field.plan_id == plan
    )
