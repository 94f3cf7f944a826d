"""What a plan says in other languages, as a file says it: sentence by sentence."""

from collections.abc import Iterable
from collections.abc import Mapping as Words

from app.core.languages import LANGUAGES
from app.core.policy import Actor
from app.plan.commands.exchange.nodes import Mapping, wrong
from app.plan.commands.translating import keep
from app.plan.models import Field, Measure, PlanTranslation
from app.plan.queries import translations as reading

Said = dict[str, dict[str, str]]
"""By language: an original, and what it is there."""
PAIR = ("of", "words")


def read_translations(m: Mapping) -> Said:
    """The value of `translations`; raises WrongFile."""
    if "translations" not in m.values:
        return {}
    by_language = Mapping(m.values["translations"], tuple(LANGUAGES))
    found: Said = {}
    for language in by_language.values:
        pairs = [Mapping(node, PAIR) for node in by_language.items(language)]
        texts = [(pair, pair.text("of", required=True)) for pair in pairs]
        found[language] = {}
        for pair, of in texts:
            if of in found[language]:
                wrong(pair.node, "this original is translated twice")
            found[language][of] = pair.text("words", required=True)
    return found


def tell_translations(
    pieces: list[reading.Piece], kept: Iterable[PlanTranslation]
) -> dict[str, list[dict[str, str]]]:
    """What still fits, in the order of the page; what is behind is left out."""
    now = list(dict.fromkeys(piece.words for piece in pieces))
    told: dict[str, list[dict[str, str]]] = {}
    for one in kept:
        by_words = {said["of"]: said["words"] for said in one.words.values()}
        pairs = [{"of": of, "words": by_words[of]} for of in now if of in by_words]
        if pairs:
            told[one.language] = pairs
    return told


def bring_translations(owner: Measure | Field, language: str, said: Said, *, by: Actor) -> bool:
    """Keep what translates a present sentence, beside what is known; whether that is any news."""
    now = reading.source_of(owner, language)
    news = False
    for other, words in said.items():
        last = reading.newest(owner.id, other)
        known = last.words if last is not None else {}
        wanted = {**known, **_fitting(now, words)}
        if other == language or not wanted or wanted == known:
            continue
        news = keep(now, other, wanted, by=by, last=last) is not None or news
    return news


def _fitting(now: reading.Source, words: Words[str, str]) -> dict[str, dict[str, str]]:
    return {
        piece.name: {"of": piece.words, "words": words[piece.words]}
        for piece in now.pieces
        if piece.words in words
    }
