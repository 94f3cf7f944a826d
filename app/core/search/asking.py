"""Finding: in the reader's language first, titles first, then the newest; paged by key."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from app.core.db import db
from app.core.languages import LANGUAGES
from app.core.search.expressions import Query
from app.core.search.models import SearchEntry, SearchTrigram, SearchWord
from app.core.search.sources import Group
from app.core.search.words import (
    OTHER,
    SHORTEST_BEGINNING,
    SHORTEST_MISTYPED,
    Terms,
    forms_of,
    near,
    of_language,
    trigrams,
    typed,
)

PAGE = 20
FEW = 3
"""With fewer results mistyped words are looked for too."""
MOST_COUNTED = 100
"""More results of a group are not counted: counting all would take longer the more there are."""
MOST_ENDINGS = 40
MOST_CANDIDATES = 40
MOST_MEANT = 5
_END = "\U0010ffff"  # behind every word that begins alike


def terms(q: str) -> Terms:
    """What is looked for: the words, their stems, and known words that begin with them (one
    statement). Empty where nothing was typed that could be found."""
    asked = typed(q)
    forms = {word: forms_of(word) for word in asked}
    known: dict[str, set[str]] = {word: set() for word in asked}
    if asked:
        for word, there in db.session.execute(union_all(*map(_known, asked))).tuples():
            known[word].add(there)
    return Terms(tuple((word, forms[word] | known[word]) for word in asked))


def _held(word: str) -> ColumnElement[bool]:
    """Of known words: the forms of this one, and what begins with it."""
    there: ColumnElement[bool] = SearchWord.word.in_(sorted(forms_of(word)))
    if len(word) >= SHORTEST_BEGINNING:
        there = or_(there, and_(SearchWord.word > word, SearchWord.word < word + _END))
    return there


def _known(word: str) -> Select[Any]:
    """Of a word: its forms, and what begins with it, as far as some text holds them."""
    return select(
        select(literal(word, String).label("typed"), SearchWord.word)
        .where(_held(word))
        .order_by(func.length(SearchWord.word), SearchWord.word)
        .limit(MOST_ENDINGS)
        .subquery()
    )


def widened(of: Terms) -> Terms:
    """With known words that differ by a slip of the fingers, and their stems (one statement)."""
    asked = [word for word, _forms in of.wanted if len(word) >= SHORTEST_MISTYPED]
    if not asked:
        return of
    alike = union_all(*(_alike(word) for word in asked))
    meant = _meant(db.session.execute(alike).tuples())
    return Terms(tuple((word, forms | meant.get(word, frozenset())) for word, forms in of.wanted))


def understood(q: str) -> Terms:
    """What is looked for; of a word that no text holds, what may have been meant (one statement).

    Slips are looked for in the same statement: SQLite and PostgreSQL ask first whether they must.
    """
    asked = typed(q)
    if not asked:
        return Terms(())
    known = [_known(word).add_columns(literal("known")) for word in asked]
    alike = [
        _alike(word).where(~select(SearchWord.word).where(_held(word)).exists())
        for word in asked
        if len(word) >= SHORTEST_MISTYPED
    ]
    rows = db.session.execute(
        union_all(*known, *(one.add_columns(literal("alike")) for one in alike))
    ).tuples()
    found: dict[str, set[str]] = {word: set(forms_of(word)) for word in asked}
    slips = []
    for word, there, how in rows:
        if how == "known":
            found[word].add(there)
        else:
            slips.append((word, there))
    for word, forms in _meant(slips).items():
        found[word] |= forms
    return Terms(tuple((word, frozenset(forms)) for word, forms in found.items()))


def _meant(alike: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """By a word that was typed, the forms of the known words that are one slip away from it."""
    meant: dict[str, list[str]] = {}
    for word, known in alike:
        if near(word, known) and len(meant.setdefault(word, [])) < MOST_MEANT:
            meant[word].append(known)
    return {
        word: frozenset().union(*(forms_of(other) for other in others))
        for word, others in meant.items()
    }


def _alike(word: str) -> Select[Any]:
    """Known words of about its length that share most groups of three letters with it."""
    slips = 1 if len(word) < 8 else 2
    shared = func.count()
    return select(
        select(literal(word, String).label("typed"), SearchTrigram.word)
        .where(
            SearchTrigram.trigram.in_(sorted(trigrams(word))),
            SearchTrigram.length.between(len(word) - slips, len(word) + slips),
            SearchTrigram.word != word,
        )
        .group_by(SearchTrigram.word)
        .having(shared > 1)
        .order_by(shared.desc(), SearchTrigram.word)
        .limit(MOST_CANDIDATES)
        .subquery()
    )


class Key(NamedTuple):
    """Where the next page begins: behind this entry, in this part of the order."""

    part: int
    id: int


class Found(NamedTuple):
    """Entries of a page in order, how many each group has (up to MOST_COUNTED), the next page."""

    entries: list[SearchEntry]
    counts: dict[Group, int]
    next_key: Key | None


def find(
    wanted: Terms,
    language: str,
    *,
    group: Group | None = None,
    after: Key | None = None,
    but: Terms | None = None,
) -> Found:
    """One page, in two statements; `but` leaves out what another search has found already."""
    if not wanted:
        return Found([], dict.fromkeys(Group, 0), None)
    query = Query()
    every = query.every(wanted)
    order = [_in(query, one, group) for one in _order(query, wanted, but, language)]
    parts = _parts(query, order, after)
    counts = [
        select(
            literal("count"),
            literal(number),
            select(func.count()).select_from(_counted(query, every, one)).scalar_subquery(),
        )
        for number, one in enumerate(Group)
    ]
    rows = db.session.execute(union_all(*parts, *counts)).tuples().all()
    groups = list(Group)
    numbers = {groups[at]: number for what, at, number in rows if what == "count"}
    keys = sorted((at, -id) for what, at, id in rows if what == "entry")[: PAGE + 1]
    ids_ = [-id for _at, id in keys[:PAGE]]
    next_key = Key(keys[PAGE - 1][0], -keys[PAGE - 1][1]) if len(keys) > PAGE else None
    return Found(_entries(ids_), numbers, next_key)


def _order(query: Query, wanted: Terms, but: Terms | None, language: str) -> list[str]:
    """Four parts one after the other: my language before others, in it titles before texts.

    The others are named: of "not mine" an index would have to walk through all that is mine.
    """
    every, in_title = query.every(wanted), query.every(wanted, title=True)
    rest = query.without(every, query.every(but)) if but else every
    mine = query.word(of_language(language))
    others = {of_language(tag) for tag in (*LANGUAGES, OTHER)} - {of_language(language)}
    foreign = query.any(sorted(others))
    # What has all words in its title has them all.
    titled = query.without(in_title, query.every(but)) if but else in_title
    below = query.without(rest, in_title)
    return [
        query.all([titled, mine]),
        query.all([below, mine]),
        # What is there in my language as well has been said already.
        query.without(query.all([titled, foreign]), mine),
        query.without(query.all([below, foreign]), mine),
    ]


def _in(query: Query, expression: str, group: Group | None) -> str:
    return expression if group is None else query.all([expression, query.word(f"g_{group.value}")])


def _parts(query: Query, order: Sequence[str], after: Key | None) -> list[Select[Any]]:
    """Of each part only as many as those before it leave room for: where they fill the page,
    nobody walks through the rest.
    """
    room: Any = PAGE + 1
    parts = []
    for number, expression in enumerate(order):
        if after is not None and number < after.part:
            continue
        ids, id_ = query.ids(expression)
        if after is not None and number == after.part:
            ids = ids.where(id_ < after.id)
        part = ids.order_by(id_.desc()).limit(room).cte(f"part_{number}")
        parts.append(select(literal("entry"), literal(number), part))
        room = room - select(func.count()).select_from(part).scalar_subquery()
    return parts


def _counted(query: Query, expression: str, group: Group) -> Any:
    ids, _id = query.ids(_in(query, expression, group))
    return ids.limit(MOST_COUNTED + 1).subquery()


def _entries(ids: Sequence[int]) -> list[SearchEntry]:
    if not ids:
        return []
    found = {
        entry.id: entry
        for entry in db.session.scalars(select(SearchEntry).where(SearchEntry.id.in_(ids)))
    }
    return [found[id] for id in ids]


def matching(kind: str, wanted: Terms) -> Select[tuple[int]]:
    """The keys of a kind's things that fit, for a feature's own lists; once in each statement."""
    query = Query()
    ids, _id = query.ids(query.all([query.every(wanted), query.word(f"k_{kind}")]))
    found = select(SearchEntry.key).where(SearchEntry.id.in_(ids)).cte("fitting")
    return select(found.c.key)


def conditions(key: ColumnElement[int], kind: str, q: str) -> list[ColumnElement[bool]]:
    """For a feature's own lists: that a row, known by its key, fits what was typed, if anything.

    One statement, and what is answered is a part of others.
    """
    if not q.strip():
        return []
    found = understood(q)
    return [key.in_(matching(kind, found))] if found else [false()]
