"""What the texts of a dialogue say in other languages, and which promised language lacks what."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel.speaklater import LazyString
from sqlalchemy import select

from app.core.db import db
from app.core.languages import LANGUAGES, SIMPLE
from app.core.subjects import kind_of
from app.rounds.models import IN_WORDS, Dialogue, Procedure, Round, TranslatedText
from app.rounds.queries.dialogue import get_dialogue
from app.rounds.queries.round import get

ORIGINAL = "de"
"""In it the moderators write; the platform does not ask for another."""
WRITTEN_IN = (*(tag for tag in LANGUAGES if tag != ORIGINAL), SIMPLE)
"""What one can always translate into, promised or not."""

Words = Mapping[str, str]


def _in_german(_thing: Any) -> str:
    return ORIGINAL


class Kind(NamedTuple):
    """How a kind of subject is loaded, what is written in it, and to which dialogue it belongs.

    `language` is that of the original. The `rule` says who translates it: without one the
    dialogue's moderators do.
    """

    load: Callable[[int], Any]
    words: Callable[[Any], Words]
    dialogue_id: Callable[[Any], int]
    language: Callable[[Any], str] = _in_german
    rule: str = ""


@dataclass(frozen=True)
class Source:
    """A thing with words that can be said in another language."""

    kind: str
    thing: Any

    @property
    def id(self) -> int:
        found: int = self.thing.id
        return found

    @property
    def words(self) -> Words:
        """As they are now that it is loaded afresh."""
        return KINDS[self.kind].words(self.thing)

    @property
    def dialogue_id(self) -> int:
        return KINDS[self.kind].dialogue_id(self.thing)

    @property
    def language(self) -> str:
        return KINDS[self.kind].language(self.thing)

    @property
    def rule(self) -> str:
        return KINDS[self.kind].rule


class Lack(NamedTuple):
    """What a promised language lacks, or what was translated from words that have changed since
    (`outdated`). `url` is where it is written, if not on the page of every translation.
    """

    source_id: int
    title: str | LazyString
    language: str
    outdated: bool = False
    url: str = ""


def words_of_dialogue(dialogue: Dialogue) -> Words:
    said = {n: getattr(dialogue, n) for n in ("title", "question", "summary")}
    return {name: words for name, words in said.items() if words}


def words_of_round(round_: Round) -> Words:
    """Title and summary, and what its rules say in words of their own."""
    rules = words_of_rules(round_.procedure)
    said = {"title": round_.title, "summary": round_.summary, **rules}
    return {name: words for name, words in said.items() if words}


def words_of_rules(rules: Procedure) -> Words:
    return {n: getattr(rules, n) for n in IN_WORDS}


KINDS: dict[str, Kind] = {
    "dialogue": Kind(get_dialogue, words_of_dialogue, lambda thing: thing.id),
    "round": Kind(get, words_of_round, lambda thing: thing.dialogue_id),
}


def translatable(kind: str, how: Kind) -> None:
    """Let a kind of subject of a higher feature be said in other languages."""
    KINDS[kind] = how


def source(subject_id: int) -> Source | None:
    """The thing with its words, fresh; None where nothing of it is translated."""
    kind = kind_of(subject_id)
    if kind is None or kind not in KINDS:
        return None
    thing = KINDS[kind].load(subject_id)
    return Source(kind, thing) if thing is not None else None


def digest(words: Words) -> str:
    """Other words, another digest."""
    return hashlib.sha256(json.dumps(dict(words), sort_keys=True).encode()).hexdigest()


def translation(subject_id: int, language: str) -> TranslatedText | None:
    return db.session.scalar(
        select(TranslatedText)
        .where(TranslatedText.subject_id == subject_id, TranslatedText.language == language)
        .execution_options(populate_existing=True)
    )


def translations(ids: Iterable[int]) -> dict[tuple[int, str], str]:
    """Of which there are any: (subject, language) → of which original; one statement."""
    rows = db.session.execute(
        select(TranslatedText.subject_id, TranslatedText.language, TranslatedText.of_digest).where(
            TranslatedText.subject_id.in_(list(ids))
        )
    )
    return {(id, language): of for id, language, of in rows}


def promises_more(languages: Iterable[str]) -> bool:
    """Whether another language is promised than that of the original."""
    return any(language != ORIGINAL for language in languages)


def lacking(
    texts: Iterable[tuple[int, str | LazyString, Words, Iterable[str]]],
) -> list[Lack]:
    """Which promised languages lack what, of (subject, title, words, languages promised)."""
    wanted = [one for one in texts if one[2] and promises_more(one[3])]
    there = translations(id for id, _title, _words, _languages in wanted) if wanted else {}
    found = []
    for id, title, words, languages in wanted:
        now = digest(words)
        for language in dict.fromkeys(languages):
            of = there.get((id, language))
            if language != ORIGINAL and of != now:
                found.append(Lack(id, title, language, outdated=of is not None))
    return found


class Told(NamedTuple):
    """Words in the reader's language, where somebody has written them there."""

    words: Words
    text: TranslatedText | None = None
    outdated: bool = False


def told(subject_id: int, original: Words, language: str) -> Told:
    """What is translated takes the place of the original; what is not stays (<= 1 statement)."""
    text = translation(subject_id, language) if language != ORIGINAL else None
    return _told(original, text) if text is not None else Told(original)


def told_of_many(originals: Mapping[int, Words], language: str) -> dict[int, Told]:
    """The same of those that are translated (<= 1 statement)."""
    if not originals:
        return {}
    here = (TranslatedText.subject_id.in_(originals), TranslatedText.language == language)
    found = db.session.scalars(select(TranslatedText).where(*here))
    return {text.subject_id: _told(originals[text.subject_id], text) for text in found}


def _told(original: Words, text: TranslatedText) -> Told:
    return Told({**original, **text.words}, text, text.of_digest != digest(original))
