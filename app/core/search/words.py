"""From texts to tokens, from what is typed to what is looked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.languages import LANGUAGES
from app.core.search.models import LONGEST_WORD, Version
from app.core.search.sources import Group
from app.core.text.folding import fold, stems, words

MOST_WORDS = 10
"""So many words of a search are looked for."""
MOST_TOKENS = 4_000
"""So many different words of a text can be found, in each language."""
SHORTEST_BEGINNING = 3
SHORTEST_MISTYPED = 4
OTHER = "other"

# Left out of a search that has other words too: whoever types a sentence means the others.
_SMALL = frozenset(
    words(
        "der die das den dem des ein eine einen einem einer eines und oder in im am an auf bei "
        "beim für mit von vom zu zum zur aus ist sind wie was wo the a of and or to for on at is "
        "are ve ile bir için في من على إلى عن و"
    )
)


def tokens(kind: str, group: Group, versions: Sequence[Version]) -> str:
    """Everything an entry is found by, in order: of all its languages, so that it is found once.

    Beside words and stems: those of the title once more with t_ before them, and kind, group and
    languages with k_, g_ and l_. No word holds an underscore.
    """
    in_title: set[str] = set()
    found: set[str] = set()
    for language, title, body in versions:
        titled = _forms(title, language)
        in_title |= titled
        found.update(sorted({*titled, *_forms(body, language)})[:MOST_TOKENS])
    languages = sorted({of_language(one.language) for one in versions})
    tags = [f"g_{group.value}", f"k_{kind}", *languages]
    return " ".join([*sorted(found), *sorted(f"t_{word}" for word in in_title), *tags])


def of_language(tag: str) -> str:
    """The token of all texts in a language; those that are none of the interface share one."""
    return f"l_{tag.replace('-', '') if tag in LANGUAGES else OTHER}"


def plain_words(tokens: str) -> list[str]:
    """The words and stems among the tokens of an entry."""
    return [token for token in tokens.split() if "_" not in token]


def _forms(text: str, language: str) -> set[str]:
    folded = fold(text)
    return {form[:LONGEST_WORD] for form in (*words(folded), *stems(folded, language))}


@lru_cache(maxsize=20_000)
def forms_of(word: str) -> frozenset[str]:
    """A word that was typed, and its stem in each language."""
    return frozenset({word, *(form for tag in LANGUAGES for form in _forms(word, tag))})


def typed(q: str) -> list[str]:
    """The words that are looked for, each once."""
    found = list(dict.fromkeys(word[:LONGEST_WORD] for word in words(q)))
    telling = [word for word in found if word not in _SMALL]
    return (telling or found)[:MOST_WORDS]


@dataclass(frozen=True)
class Terms:
    """Of each word that was typed, the forms of which one must be there."""

    wanted: tuple[tuple[str, frozenset[str]], ...]

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def forms(self) -> frozenset[str]:
        """Whatever makes a word of a result stand out."""
        return frozenset(form for _word, forms in self.wanted for form in forms)


def trigrams(word: str) -> set[str]:
    """Three letters in a row each, the beginning and the end with a blank.

    A sign for blanks that no word holds: `  word ` as usual, so that beginnings weigh more.
    """
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def near(typed: str, known: str) -> bool:
    """Whether a slip of the fingers parts them: one, or two in a word of eight letters and more.

    A slip is a letter too many, missing, wrong, or two letters changed round.
    """
    most = 1 if len(typed) < 8 else 2
    return typed != known and _distance(typed, known, most) <= most


def _distance(one: str, other: str, most: int) -> int:
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, there in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
