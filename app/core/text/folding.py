"""Search folds what people write differently and mean alike; see `fold` for what that is."""

import re
import unicodedata

import snowballstemmer

from app.core.languages import LANGUAGES

# Letters that NFKD does not take apart.
_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
        "ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e", "ґ": "г",
        # Arabic, Persian, Urdu and Kurdish forms of one letter. Hamza on a carrier is a mark and
        # goes with the marks.
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه",
        "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه",
        "\u0640": None,  # tatweel, which only stretches a word
        "\u200c": None, "\u200d": None,  # ZWNJ and ZWJ
        "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'",
    }
)  # fmt: skip

# Й and Ї are letters of their own and are not typed as И and І, unlike Ё, which is typed as Е.
_KEPT = str.maketrans({"й": "\ue000", "ї": "\ue001"})
_KEPT_BACK = str.maketrans({"\ue000": "й", "\ue001": "ї"})

# Mitarbeiter*innen, Mitarbeiter:innen, Mitarbeiter_innen, étudiant·e·s: the sign goes. A colon
# or an underscore between two whole words parts them, so what follows must be an ending.
_STAR = re.compile(r"(?<=[^\W\d_])[*∗＊](?=[^\W\d_])")
_OTHER_SIGN = re.compile(r"(?<=[^\W\d_])[:_·•‧](?=in|[a-z]{1,2}(?![^\W\d_]))")
# The same with a slash or in brackets: Mitarbeiter/-innen and Mitarbeiter(innen).
_SLASH = re.compile(r"(?<=[^\W\d_])/-?(?=in(?:nen)?\b)")
_BRACKETS = re.compile(r"(?<=[^\W\d_])\((in(?:nen)?)\)")
# Nobody's text may hold the characters that stand for kept letters meanwhile.
_PLACES = dict.fromkeys(_KEPT_BACK)
# п'ять and п’ять are one word; l'intégration is two.
_APOSTROPHE = re.compile(r"(?<=[\u0400-\u04ff])'(?=[\u0400-\u04ff])")

_BLANK = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """One spelling for what differs only in how it is written. `fold(fold(s)) == fold(s)`.

    Folded are case, diacritics, ß to ss, dotted and dotless i, ligatures and full-width forms,
    Arabic and Persian letter variants and digits, harakat, tatweel, ZWNJ, the signs of gender
    inside words (Mitarbeiter:innen and MitarbeiterInnen are mitarbeiterinnen), blanks.

    An umlaut folds to its vowel (Häuser to hauser, as people without that key type it). The
    spelling haeuser stays here, because "ae" is not always an umlaut (Israel); it meets häuser
    in `stems(…, "de")`.
    """
    if text.isascii():
        folded = text.lower()
    else:
        folded = unicodedata.normalize("NFKD", text.translate(_PLACES)).casefold()
        composed = unicodedata.normalize("NFC", folded).translate(_KEPT)
        letters = unicodedata.normalize("NFKD", composed)
        letters = "".join(c for c in letters if not unicodedata.category(c).startswith("M"))
        letters = letters.translate(_LETTERS).translate(_KEPT_BACK)
        folded = unicodedata.normalize("NFC", _with_ascii_digits(letters))
    folded = _SLASH.sub("", _OTHER_SIGN.sub("", _STAR.sub("", folded)))
    folded = _APOSTROPHE.sub("", _BRACKETS.sub(r"\1", folded))
    return _BLANK.sub(" ", folded).strip()


def words(text: str) -> list[str]:
    """The folded words of a text in their order: runs of letters and digits."""
    return _WORD.findall(fold(text))


def stems(text: str, language: str | None) -> list[str]:
    """The folded stem of each word, in their order; what is folded alike has the same stems.

    `language` is a tag of the interface ("de", "ar"); one without a stemmer gets the folded
    words. In German "ae", "oe" and "ue" meet ä, ö and ü.
    """
    found = words(text)
    known = LANGUAGES.get(language or "")
    if known is None or not known.stemmer:
        return found
    # The stemmers keep a state of their own, so that threads must not share one.
    stemmer = snowballstemmer.stemmer(known.stemmer)
    stemmed: list[str] = stemmer.stemWords(found)
    if known.stemmer == "arabic":
        # One pass takes the article or the ending; المدرسة and مدرسة meet after two.
        stemmed = stemmer.stemWords(stemmed)
    return [fold(stem) or word for stem, word in zip(stemmed, found, strict=True)]


def _with_ascii_digits(text: str) -> str:
    if not any(c.isdigit() and not c.isascii() for c in text):
        return text
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
