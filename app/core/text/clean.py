"""Text as people send it, made safe to keep: harmless dirt goes silently, words are never cut."""

import re
import unicodedata
from functools import cache
from typing import Literal

Reason = Literal["too_long", "too_nested"]

# More combining marks than this on one letter serve no script; they overprint the lines around
# and make canonical ordering quadratic.
MOST_MARKS = 8

# C0 and C1 controls but tab and line ends, lone surrogates, and the code points that Unicode
# says are never characters. U+0085 is a line end.
_CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
# Embeddings, overrides and isolates: they can show a text in another order than it is kept.
_DIRECTIONS = r"\u202a-\u202e\u2066-\u2069\u206a-\u206f"
# Invisible and without a use of their own: soft hyphen, zero-width space, word joiner and its
# kin, byte order mark, interlinear annotation, tags. ZWNJ and ZWJ stay: Persian needs them.
_INVISIBLE = r"\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
# Harmless in running text, a disguise in a name.
_MARKS_OF_DIRECTION = r"\u200e\u200f\u061c"

_DROPPED_IN_TEXT = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_INVISIBLE}]+")
_DROPPED_IN_LINE = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_INVISIBLE}{_MARKS_OF_DIRECTION}]+")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANK = re.compile(r"\s+")
# A look-behind keeps each run of blanks from being tried from its every blank.
_BLANK_AT_LINE_END = re.compile(r"(?<![^\S\n])[^\S\n]+(?=\n|\Z)")
_EMPTY_LINES = re.compile(r"\n{3,}")


class TextRefused(ValueError):
    """A text that cannot be kept without losing words.

    `reason` is a code for the form to translate; `excess` says by how many characters a text
    is too long, 0 where that is not the reason.
    """

    def __init__(self, reason: Reason, *, excess: int = 0) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.excess = excess


def clean_line(text: str, most: int) -> str:
    """One line: a name, a title, a search. All blanks become single spaces.

    Raises `TextRefused("too_long")` past `most` characters.
    """
    _refuse_flood(text, most)
    cleaned = _BLANK.sub(" ", _DROPPED_IN_LINE.sub("", text)).strip()
    return _composed(cleaned, most)


def clean_text(text: str, most: int) -> str:
    """Several paragraphs: lines end with "\\n", at most two empty lines in a row, tabs stay.

    Raises `TextRefused("too_long")` past `most` characters.
    """
    _refuse_flood(text, most)
    cleaned = _LINE_END.sub("\n", _DROPPED_IN_TEXT.sub("", text))
    cleaned = _EMPTY_LINES.sub("\n\n\n", _BLANK_AT_LINE_END.sub("", cleaned))
    # Blanks in front of the first line are kept: they may be the indentation of a list.
    return _composed(cleaned.strip("\n").rstrip(), most)


def _refuse_flood(text: str, most: int) -> None:
    """Answer at once where even dropping all dirt would hardly make the text fit."""
    if len(text) > max(8 * most, 10_000):
        raise TextRefused("too_long", excess=len(text) - most)


def _composed(text: str, most: int) -> str:
    if not text.isascii():
        # Cut before, because ordering long runs is slow, and after, because a few letters are
        # kept apart from their marks by composing.
        excess_marks = _too_many_marks()
        text = unicodedata.normalize("NFC", excess_marks.sub(r"\1", text))
        text = excess_marks.sub(r"\1", text)
    if len(text) > most:
        raise TextRefused("too_long", excess=len(text) - most)
    return text


@cache
def _too_many_marks() -> re.Pattern[str]:
    """Runs of combining marks that are longer than `MOST_MARKS`; group 1 is what stays."""
    marks = [c for c in range(0x300, 0x1F000) if unicodedata.combining(chr(c))]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    inside = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
    return re.compile(f"([{inside}]{{{MOST_MARKS}}})[{inside}]+")
