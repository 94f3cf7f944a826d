"""Held comments that say nearly the same, as spam does: so that one decision is enough for all."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from app.comments.models import Comment
from app.core.states import Visibility
from app.core.text.folding import fold
from app.moderation.models import Decision
from app.rounds.models import Round

LOOKED_AT = 2000
"""Held comments of a dialogue that are compared, the oldest: as many as a burst of spam brings."""
MOST = 300
ENOUGH = 0.7  # of all the words in both are in each
_WORD = re.compile(r"[^\W\d_]{2,}")  # without numbers, which spam varies


class Alike(NamedTuple):
    """One of those that are alike, with the newest decision about it."""

    id: int
    body: str
    seen: int


def words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


def alike(wanted: Mapping[int, str], others: Sequence[Alike]) -> dict[int, list[Alike]]:
    """For comments of the page (id → text) the `others` like each, in their order.

    Of comments that are alike only the first on the page gets the others.
    """
    sets = {one.id: words_of(one.body) for one in others}
    holders: dict[str, list[int]] = defaultdict(list)
    for id, words in sets.items():
        for word in words:
            holders[word].append(id)
    taken: set[int] = set()
    found: dict[int, list[Alike]] = {}
    for id, body in wanted.items():
        if id in taken:
            continue
        mine = words_of(body)
        shared = Counter(other for word in mine for other in holders[word])
        same = {
            other
            for other, number in shared.items()
            if other != id and other not in taken and number >= ENOUGH * len(mine | sets[other])
        }
        if same:
            found[id] = [one for one in others if one.id in same][:MOST]
            taken |= {id, *(one.id for one in found[id])}
    return found


def held(dialogue_id: int) -> Select[Any]:
    """(id, text, newest decision) of the held comments of a dialogue, the oldest first."""
    newest = (
        select(func.coalesce(func.max(Decision.id), 0))
        .where(Decision.subject_id == Comment.id)
        .scalar_subquery()
    )
    return (
        select(Comment.id, Comment.body, newest.label("seen"))
        .join(Round, Round.id == Comment.round_id)
        .where(Round.dialogue_id == dialogue_id, Comment.visibility == Visibility.HELD)
        .order_by(Comment.id)
        .limit(LOOKED_AT)
    )
