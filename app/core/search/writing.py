"""The index follows in the transaction of the change, and can be checked and made anew."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.db import Base
from app.core.search.models import SearchEntry, SearchTrigram, SearchWord, Version
from app.core.search.sources import Source, Words, source, sources
from app.core.search.words import plain_words, tokens, trigrams
from app.core.text.markdown import summary, to_plain

BATCH = 200
"""Things looked at together."""
LONGEST_BODY = 60_000
LONGEST_TITLE = 300
LONGEST_HEADLINE = 80

_PENDING = "search.pending"
_SELECTED = "search.selected"
_ALONE = text("SELECT pg_advisory_xact_lock(7332)")  # any number that nobody else locks
_TOGETHER = text("SELECT pg_advisory_xact_lock_shared(7332)")
_MARKDOWN = re.compile(r"[*_`\[\]<>\\#]|^\s*(?:[-+]|\d+[.)])\s", re.MULTILINE)


def touch(session: Session, kind: str, *keys: int) -> None:
    """Say in a transaction that something changed which can be found, or not any more.

    At its end the index is made to agree with what everybody may see then.
    """
    session.info.setdefault(_PENDING, {}).setdefault(kind, set()).update(keys)


def touch_all(session: Session, kind: str, keys: Select[tuple[int]]) -> None:
    """The same of all that a statement selects, at the end."""
    session.info.setdefault(_SELECTED, []).append((kind, keys))


def settle(session: Session) -> None:
    """At the end of a transaction, before its commit."""
    pending: dict[str, set[int]] = session.info.pop(_PENDING, {})
    selected: list[tuple[str, Select[tuple[int]]]] = session.info.pop(_SELECTED, [])
    if not pending and not selected:
        return
    session.flush()
    _wait(session, alone=bool(selected))
    for kind, statement in selected:
        pending.setdefault(kind, set()).update(session.scalars(statement))
    for kind in sorted(pending):
        keys = sorted(pending[kind])
        for start in range(0, len(keys), BATCH):
            _renew(session, source(kind), keys[start : start + BATCH])


def _wait(session: Session, *, alone: bool) -> None:
    """On PostgreSQL, until the commit: many may settle at a time, but none beside one that changes
    whether others' things can be seen. Else a comment that is published while its proposal is
    hidden would stay in the index: each of the two sees only what was there before the other.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_ALONE if alone else _TOGETHER)


def forget(session: Session) -> None:
    """What was touched in a transaction that is taken back."""
    session.info.pop(_PENDING, None)
    session.info.pop(_SELECTED, None)


class Differences(NamedTuple):
    """How many entries are missing, say something else, or should not be there."""

    missing: int = 0
    changed: int = 0
    left_over: int = 0

    def __add__(self, other: "Differences") -> "Differences":  # type: ignore[override]  # numbers are added, not tuples joined
        return Differences(*(one + two for one, two in zip(self, other, strict=True)))


def _renew(session: Session, of: Source, keys: Sequence[int]) -> Differences:
    public = of.public()
    rows = session.execute(public.where(public.selected_columns[0].in_(keys))).all()
    return _write(session, of, rows, _known(session, of, SearchEntry.key.in_(keys)), repair=True)


def _known(session: Session, of: Source, where: Any) -> dict[int, Any]:
    columns = select(SearchEntry.__table__).where(SearchEntry.kind == of.kind, where)
    return {row.key: row for row in session.execute(columns)}


def _write(
    session: Session, of: Source, rows: Sequence[Any], known: dict[int, Any], *, repair: bool
) -> Differences:
    """Make entries agree with what is public, or only count where they do not."""
    new, changed = [], []
    told = of.translated([row[0] for row in rows]) if rows else {}
    for row in rows:
        values = _entry(of, row, told.get(row[0], {}))
        before = known.pop(values["key"], None)
        if before is None:
            new.append(values)
        elif any(getattr(before, name) != value for name, value in values.items()):
            changed.append({**values, "id": before.id})
    if repair:
        if new:
            session.execute(insert(SearchEntry), new)
        for values in changed:
            one = SearchEntry.id == values["id"]
            session.execute(update(SearchEntry.__table__).where(one).values(**values))  # type: ignore[arg-type]  # a Table
        if known:
            gone = [row.id for row in known.values()]
            session.execute(delete(SearchEntry.__table__).where(SearchEntry.id.in_(gone)))  # type: ignore[arg-type]  # a Table
        _learn(session, (values["tokens"] for values in (*new, *changed)))
    return Differences(len(new), len(changed), len(known))


def _entry(of: Source, row: Any, told: Mapping[str, Words]) -> dict[str, Any]:
    key, place, language, title, *texts = row
    said = _version(language, title, texts)
    others = [_version(tag, *words) for tag, words in sorted(told.items())]
    return {
        "kind": of.kind,
        "key": key,
        "place": place,
        **said._asdict(),
        "translations": {one.language: {"title": one.title, "body": one.body} for one in others},
        "tokens": tokens(of.kind, of.group, [said, *others]),
    }


def _version(language: str, title: str, texts: Iterable[str | None]) -> Version:
    body = "\n".join(plain for text in texts if (plain := _plain(text)))[:LONGEST_BODY]
    title = _plain(title)[:LONGEST_TITLE] or summary(body, LONGEST_HEADLINE)
    return Version(language, title, body)


def _plain(text: str | None) -> str:
    if not text:
        return ""
    return to_plain(text) if _MARKDOWN.search(text) else text.strip()


def _learn(session: Session, held: Iterable[str]) -> None:
    """Keep words that are new, so that their beginnings and misspellings lead to them."""
    words = sorted({word for tokens in held for word in plain_words(tokens)})
    for start in range(0, len(words), 500):
        part = words[start : start + 500]
        there = select(SearchWord.word).where(SearchWord.word.in_(part))
        new = sorted(set(part) - set(session.scalars(there)))
        if new:
            _add(session, SearchWord, [{"word": word} for word in new])
            _add(
                session,
                SearchTrigram,
                [
                    {"trigram": three, "length": len(word), "word": word}
                    for word in new
                    for three in sorted(trigrams(word))
                ],
            )


def _add(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Others may be learning the same words at this moment."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    session.execute(dialect.insert(model).on_conflict_do_nothing(), rows)


@dataclass
class Walk:
    """Through everything that is or should be in the index, a batch at a time."""

    session: Session
    repair: bool

    def batches(self) -> Iterator[tuple[Source, int, int]]:
        """Each kind's ranges of keys, ends included."""
        for of in sources():
            after = -1
            while (last := self._end_of_batch(of, after)) is not None:
                yield of, after + 1, last
                after = last

    def _end_of_batch(self, of: Source, after: int) -> int | None:
        public = of.public()
        key = public.selected_columns[0]
        ends = [
            self._nth(public.with_only_columns(key).where(key > after).order_by(key)),
            self._nth(
                select(SearchEntry.key)
                .where(SearchEntry.kind == of.kind, SearchEntry.key > after)
                .order_by(SearchEntry.key)
            ),
        ]
        found = [end for end in ends if end is not None]
        return min(found) if found else None

    def _nth(self, keys: Select[Any]) -> int | None:
        found = self.session.scalars(keys.limit(BATCH)).all()
        return found[-1] if found else None

    def look(self, of: Source, first: int, last: int) -> Differences:
        """Compare, and repair where that is wanted, one range."""
        public = of.public()
        key = public.selected_columns[0]
        rows = self.session.execute(public.where(key.between(first, last)).order_by(key)).all()
        known = _known(self.session, of, SearchEntry.key.between(first, last))
        return _write(self.session, of, rows, known, repair=self.repair)


def forgotten_words(session: Session) -> list[str]:
    """Words that no entry holds any more."""
    known = set(session.scalars(select(SearchWord.word)))
    for held in session.scalars(select(SearchEntry.tokens).execution_options(yield_per=1000)):
        known.difference_update(held.split())
    return sorted(known)


def forget_words(session: Session, words: Sequence[str]) -> None:
    for start in range(0, len(words), 500):
        part = words[start : start + 500]
        session.execute(delete(SearchTrigram).where(SearchTrigram.word.in_(part)))
        session.execute(delete(SearchWord).where(SearchWord.word.in_(part)))
