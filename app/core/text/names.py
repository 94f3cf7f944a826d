"""Names that only pretend: look-alikes, invisible characters, two alphabets in a word."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from app.core.text.folding import fold

# Letters that show nothing, though Unicode calls them letters.
_BLANK_LETTERS = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
# ZWNJ and ZWJ, which these scripts write with.
_JOINERS = "\u200c\u200d"
_JOINING_SCRIPTS = re.compile(r"[\u0600-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufefc]")
_ALLOWED_SIGNS = frozenset("°№©®™")
# Controls, formats, lone surrogates, private use, unassigned; line ends; enclosing marks;
# pictures, among them the check marks that look like a badge of ours.
_FORBIDDEN_CATEGORIES = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Me", "So"])

_WORD = re.compile(r"[^\W\d_]+")
_EAST_ASIAN = frozenset(["CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"])
_NO_SCRIPT = frozenset(["MODIFIER", "FEMININE", "MASCULINE", "MICRO"])


def forbidden_characters(name: str) -> list[str]:
    """What no name may hold, each once and in order: the invisible, controls, pictures."""
    found = dict.fromkeys(
        character
        for index, character in enumerate(name)
        if not character.isascii() or not character.isprintable()
        if _is_forbidden(name, index)
    )
    return list(found)


def _is_forbidden(name: str, index: int) -> bool:
    character = name[index]
    if character in _JOINERS:
        return _JOINING_SCRIPTS.match(name[index - 1 : index] or " ") is None
    if character in _BLANK_LETTERS:
        return True
    category = unicodedata.category(character)
    return category in _FORBIDDEN_CATEGORIES and character not in _ALLOWED_SIGNS


def mixes_scripts(name: str) -> bool:
    """Whether one word has letters of two alphabets, as "Cаritas" with a Cyrillic а.

    Words of different alphabets beside one another are usual and fine, and so are the scripts
    that Japanese, Korean and Chinese mix.
    """
    for word in _WORD.findall(unicodedata.normalize("NFKC", name)):
        if word.isascii():
            continue
        scripts = {_script(character) for character in word} - {""}
        if len(scripts) > 1 and not scripts <= _EAST_ASIAN:
            return True
    return False


@cache
def _script(character: str) -> str:
    """The script by the character's Unicode name; "" for what belongs to none or to several."""
    if not unicodedata.category(character).startswith("L"):
        return ""
    first = unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
    return "" if first in _NO_SCRIPT else first


def skeleton(name: str) -> str:
    """What a name looks like: two names that a reader would take for one have the same skeleton.

    Follows UTS 39 (confusables) and goes further: case, diacritics, blanks and punctuation do
    not count, and i, l, 1 and I are one. For comparing only, never for showing.
    """
    looks = _as_ascii(_bare(name))
    looks = _as_ascii(fold(looks)).lower().replace("i", "l")
    return "".join(c for c in looks if c.isalnum()) or fold(name)


def _bare(text: str) -> str:
    """Compatibility forms resolved; marks and invisible characters away."""
    return "".join(
        c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] not in "MC"
    )


def _as_ascii(text: str) -> str:
    return text.translate(_confusables())


@cache
def _confusables() -> dict[int, str]:
    """confusables.txt: code point of the look-alike → what it looks like.

    The two cases of a letter get one answer, the capital's where they differ, so that a name in
    capitals has the skeleton of the name.
    """
    table: dict[int, str] = {}
    lines = (Path(__file__).parent / "confusables.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            looks_like, *characters = line.split()
            table |= {ord(character): looks_like for character in characters}
    for code in list(table):
        capital, small = chr(code).upper(), chr(code).lower()
        if len(capital) == len(small) == 1 and ord(min(capital, small)) > 127:
            looks_like = table.get(ord(capital)) or table.get(ord(small)) or table[code]
            table[ord(capital)] = table[ord(small)] = looks_like
    return table
