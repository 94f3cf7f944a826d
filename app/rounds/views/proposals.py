"""The first proposals of a round on its own page."""

from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.districts import DISTRICTS
from app.proposals import queries as proposals
from app.rounds.models import Round


class FirstPage(NamedTuple):
    """`cards` as `proposals/_list.html` takes them; `uncounted`: more than `total`."""

    cards: list[dict[str, Any]]
    total: int
    order: str
    more: str | None
    uncounted: bool


def first_page(round_: Round) -> FirstPage:
    """Twenty proposals in the usual order, how many there are, and where the list goes on."""
    wanted = proposals.usual(round_)
    found = proposals.listing(round_.id, wanted)
    more = url_for(
        "proposals.index",
        id=round_.id,
        order=wanted.order.value if wanted.seed is not None else None,
        seed=wanted.seed,
        after=found.next_key,
        shown=len(found.items),
    )
    return FirstPage(
        [_card(one) for one in found.items],
        found.total,
        wanted.order.value,
        more if found.next_key is not None else None,
        found.more,
    )


def _card(one: Any) -> dict[str, Any]:
    supports, comments = one.support_count, one.comment_count
    return {
        "proposal": one,
        "badges": [(place, "plain") for place in _places(one)],
        "figures": [
            (supports, ngettext("support", "supports", supports)),
            (comments, ngettext("comment", "comments", comments)),
        ],
    }


def _places(one: Any) -> list[str]:
    """Two districts at most, then the field of action."""
    districts = [DISTRICTS[row.district] for row in one.districts if row.district in DISTRICTS]
    field = [one.field.title] if one.field is not None else []
    return ([_("City-wide")] if one.city_wide else districts[:2]) + field
