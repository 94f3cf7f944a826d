"""What is like a text that somebody writes."""

from typing import Any, NamedTuple

from sqlalchemy import or_, select

from app.core.db import db
from app.core.search.asking import widened
from app.core.search.expressions import Query
from app.core.search.models import SearchEntry
from app.core.search.words import SHORTEST_BEGINNING, Terms, forms_of, typed

MOST_LOOKED_AT = 200
LEAST_SHARE = 0.3


class Similar(NamedTuple):
    """Something like a text, and how much of their words they share: from 0 to 1."""

    key: int
    place: int | None
    title: str
    share: float


def similar(text: str, *, kind: str = "proposal", most: int = 5) -> list[Similar]:
    """Public things of a kind whose titles share words with a text, the most alike first.

    Stems are compared, and words that differ by a slip of the fingers count as the same. Two
    statements; none where nothing was typed.
    """
    asked = [word for word in typed(text) if len(word) >= SHORTEST_BEGINNING]
    if not asked:
        return []
    wanted = widened(Terms(tuple((word, forms_of(word)) for word in asked)))
    rows = db.session.execute(
        select(SearchEntry.key, SearchEntry.place, SearchEntry.title).where(
            or_(*(SearchEntry.id.in_(select(ids)) for ids in _candidates(wanted, kind)))
        )
    ).tuples()
    found = [
        Similar(key, place, title, share)
        for key, place, title in rows
        if (share := _share(wanted, title)) >= LEAST_SHARE
    ]
    return sorted(found, key=lambda one: (-one.share, -one.key))[:most]


def _candidates(wanted: Terms, kind: str) -> list[Any]:
    """The newest with all of the words in their title, and the newest with any: where many share
    one word, those that share them all are not to be missed.
    """
    query = Query()
    any_word = query.any(sorted({f"t_{form}" for form in wanted.forms}))
    found = []
    for words in (query.every(wanted, title=True), any_word):
        ids, id_ = query.ids(query.all([words, query.word(f"k_{kind}")]))
        found.append(ids.order_by(id_.desc()).limit(MOST_LOOKED_AT).subquery())
    return found


def _share(wanted: Terms, title: str) -> float:
    """How many of the words of both titles have a counterpart in the other."""
    ours = [forms for _word, forms in wanted.wanted]
    theirs = [forms_of(word) for word in typed(title)]
    met = sum(any(forms & other for other in theirs) for forms in ours)
    met += sum(any(forms & other for other in ours) for forms in theirs)
    return met / (len(ours) + len(theirs)) if theirs else 0.0
