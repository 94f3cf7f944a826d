"""What readers see of an amendment, in their language."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.amendments.models import Amendment
from app.amendments.queries import ruling
from app.amendments.states import AmendmentState
from app.core.states import Visibility
from app.core.text.diff import Piece, pieces
from app.rounds.models import Procedure
from app.rounds.views.words import differences

STATES: dict[AmendmentState, tuple[LazyString, str]] = {
    AmendmentState.OPEN: (_l("open"), "info"),
    AmendmentState.VOTING: (_l("put to the vote"), "info"),
    AmendmentState.VOTED: (_l("voted on, to be decided"), "warning"),
    AmendmentState.ACCEPTED: (_l("accepted"), "success"),
    AmendmentState.IN_PART: (_l("accepted in part"), "success"),
    AmendmentState.DECLINED: (_l("declined"), "danger"),
    AmendmentState.WITHDRAWN: (_l("withdrawn"), "plain"),
    AmendmentState.CLOSED: (_l("closed"), "plain"),
}


def badge(amendment: Amendment) -> tuple[LazyString, str]:
    """The word for where it stands, and its tone."""
    if amendment.visibility is Visibility.HIDDEN:
        return _l("hidden"), "danger"
    if amendment.visibility is Visibility.RETURNED:
        return _l("returned"), "warning"
    if amendment.visibility is Visibility.HELD:
        return _l("waits for the moderators"), "warning"
    return STATES[amendment.state]


class Change(NamedTuple):
    """What an amendment would change: words, or rules as (name, before, after)."""

    pieces: list[Piece]
    rules: list[tuple[str, str, str]]


def change_by(amendment: Amendment) -> Change:
    """As it was asked for."""
    if amendment.rules is None:
        return Change(pieces(amendment.old, amendment.new), [])
    return Change([], differences(*ruling.before_and_after(amendment)))


def taken_over(amendment: Amendment) -> Change:
    """What came of it, where it was accepted in part."""
    if amendment.rules is None:
        return Change(pieces(amendment.old, amendment.merged), [])
    old, new = ruling.before_and_after(amendment)
    taken = [name for name, one in amendment.rules.items() if one["taken"]]
    kept = {name: getattr(new, name) for name in taken}
    return Change([], differences(old, Procedure.from_json({**old.to_json(), **kept})))
