"""What readers see of an amendment, in their language."""

from typing import NamedTuple

from app.amendments.models import Amendment
from app.amendments.queries import ruling
from app.core.text.diff import Piece, pieces
from app.rounds.models import Procedure
from app.rounds.views.words import differences


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
