"""The list of a round's proposals: searched, filtered with counts, in an order."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.districts import DISTRICTS
from app.core.text.clean import clean_line
from app.core.web import guard
from app.core.web.guard import LARGEST_ID
from app.core.web.shared import shared
from app.organisations.models import OrganisationKind
from app.proposals import queries
from app.proposals.queries import Choice, Order, Wanted
from app.proposals.queries.counting import CITY
from app.proposals.queries.listing import SEEDS, by_chance
from app.proposals.states import LISTED, ProposalState
from app.proposals.views import bp
from app.proposals.views.words import KINDS, STATES, card
from app.rounds import queries as rounds
from app.rounds.models import Round

_LONGEST = 200  # characters of a search that are looked at

ORDERS: dict[Order, LazyString] = {
    Order.HARMONIC: _l("balanced"),
    Order.NEWEST: _l("newest"),
    Order.SUPPORTED: _l("most supported"),
    Order.DISCUSSED: _l("most discussed"),
    Order.RANDOM: _l("by chance"),
}


@bp.get("/rounds/<int:id>/proposals")
@shared
@guard("proposals.index", round_=rounds.get)
def index(round_: Round) -> ResponseReturnValue:
    """Twenty at a time. What is no filter, order or page in the address is none."""
    wanted = _wanted(round_)
    if wanted.order is Order.RANDOM and wanted.seed is None:
        return redirect(_url(round_, replace(wanted, seed=by_chance())))
    found = queries.listing(round_.id, wanted)
    shown = _number("shown") or 0
    so_far = shown + len(found.items) if wanted.after is not None else len(found.items)
    return render_template(
        "proposals/index.html",
        round=round_,
        wanted=wanted,
        filtered=_narrows(wanted),
        found=found,
        cards=[card(one) for one in found.items],
        kept={k: v for k, v in _values(round_, wanted).items() if k != "q" and v is not None},
        orders=_orders(round_, wanted),
        facets=_facets(round_, wanted, found.facets),
        shown=so_far if found.more else min(so_far, found.total),
        all_url=url_for("proposals.index", id=round_.id),
        next_url=_url(round_, replace(wanted, after=found.next_key), shown=so_far)
        if found.next_key is not None
        else "",
    )


def _wanted(round_: Round) -> Wanted:
    args = request.args
    places = {str(number): number for number in (CITY, *DISTRICTS)}
    states = {state.value: state for state in LISTED}
    kinds = {kind.value: kind for kind in OrganisationKind}
    orders = {order.value: order for order in Order}
    order = orders.get(args.get("order", "")) or queries.usual(round_).order
    seed = _number("seed")
    return Wanted(
        q=clean_line(args.get("q", "")[:_LONGEST], 4 * _LONGEST),  # composing may lengthen it
        field_id=_number("field"),
        district=places.get(args.get("district", "")),
        kind=kinds.get(args.get("kind", "")),
        state=states.get(args.get("state", "")),
        order=order,
        seed=seed % SEEDS if seed is not None else None,
        after=_number("after"),
    )


def _number(name: str) -> int | None:
    typed = request.args.get(name, "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 10):
        return None
    return int(typed) if int(typed) <= LARGEST_ID else None


def _narrows(wanted: Wanted) -> bool:
    chosen = (wanted.field_id, wanted.district, wanted.kind, wanted.state)
    return bool(wanted.q) or any(value is not None for value in chosen)


def _values(round_: Round, wanted: Wanted) -> dict[str, Any]:
    """As in an address, without the page. Chance is there even where it is usual: with its seed."""
    drawn = wanted.order is Order.RANDOM
    usual = not drawn and wanted.order is queries.usual(round_).order
    return {
        "q": wanted.q or None,
        "field": wanted.field_id,
        "district": wanted.district,
        "kind": wanted.kind.value if wanted.kind is not None else None,
        "state": wanted.state.value if wanted.state is not None else None,
        "order": None if usual else wanted.order.value,
        "seed": wanted.seed if drawn else None,
    }


def _url(round_: Round, wanted: Wanted, shown: int | None = None) -> str:
    values = _values(round_, wanted)
    return url_for("proposals.index", id=round_.id, **values, after=wanted.after, shown=shown)


def _orders(round_: Round, wanted: Wanted) -> list[dict[str, Any]]:
    """Chance is thrown when a reader chooses it, and kept in the address from then on."""
    first = replace(wanted, after=None)
    return [
        {
            "label": label,
            "url": _url(round_, replace(first, order=order)),
            "current": order is wanted.order,
        }
        for order, label in ORDERS.items()
    ]


def _facets(
    round_: Round, wanted: Wanted, counted: dict[str, list[Choice]]
) -> list[dict[str, Any]]:
    """Each option sets its filter, or takes it off where it is chosen."""
    words: dict[str, tuple[str, Callable[[Choice], object]]] = {
        "field": (_("Field of action"), lambda one: one.label),
        "district": (_("District"), _district),
        "kind": (_("Kind of organisation"), lambda one: KINDS[OrganisationKind(one.value)]),
        "state": (_("State"), lambda one: STATES[ProposalState(one.value)][0]),
    }
    values = _values(round_, wanted)
    groups = []
    for name, (label, word) in words.items():
        chosen = str(values[name]) if values[name] is not None else None
        options = [
            {
                "label": word(one),
                "count": one.number,
                "active": one.value == chosen,
                "url": url_for(
                    "proposals.index",
                    id=round_.id,
                    **{**values, name: None if one.value == chosen else one.value},
                ),
            }
            for one in counted[name]
        ]
        groups.append({"label": label, "options": options})
    return groups


def _district(choice: Choice) -> str:
    number = int(choice.value)
    return _("City-wide only") if number == CITY else DISTRICTS[number]
