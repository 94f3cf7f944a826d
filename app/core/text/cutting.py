"""Taking words out of a text so that everybody sees where."""

import re
from collections.abc import Iterable

from app.core.text.diff import Change, Piece, pieces

MARK = "[…]"
_GAP = re.compile(r"(\n\s*\n\s*)")
_WORD = re.compile(r"\w+")
_TOGETHER = 2  # so many words in a row are a quotation of what was taken out
_LINKS = ("(", "[", ":")  # after a bracket these would make a link of it


class WordsAdded(ValueError):
    """The text holds something that the old one did not."""


def cut(old: str, kept: str) -> str:
    """The old text with a mark wherever `kept` lacks words; raises WordsAdded.

    The same text where nothing is missing.
    """
    found = pieces(old, kept)
    if any(one.change is Change.ADDED and not one.text.isspace() for one in found):
        raise WordsAdded
    return _marked(found)


def still(old: str, public: str) -> str:
    """Of an earlier text only what can be read in the public one, in its order; marks else."""
    return _marked(pieces(old, public))


def _marked(found: Iterable[Piece]) -> str:
    """What is the same in both texts, with marks for what was removed."""
    text = gone = ""
    for piece in found:
        if piece.change is Change.REMOVED:
            gone += piece.text
        elif piece.change is Change.SAME:
            text += _mark(text, gone, piece.text) + piece.text
            gone = ""
    return text + _mark(text, gone, "")


def runs(old: str, kept: str) -> list[list[str]]:
    """What was taken out: words in a row, folded, the longest first."""
    gone = [
        [word.casefold() for word in _WORD.findall(piece.text)]
        for piece in pieces(old, kept)
        if piece.change is Change.REMOVED
    ]
    return sorted((run for run in gone if run), key=len, reverse=True)


def without(text: str, gone: Iterable[list[str]], public: str = "") -> str:
    """The text with marks for whatever it quotes of runs that were taken out, two words in a row
    or more (a run of one word: that word), unless they can be read in the public text.
    """
    shown = [word.casefold() for word in _WORD.findall(public)]
    found = list(_WORD.finditer(text))
    words = [one.group().casefold() for one in found]
    quoted = [False] * len(words)
    taken: dict[int, set[tuple[str, ...]]] = {}
    for run in gone:
        most = min(_TOGETHER, len(run))
        taken.setdefault(most, set()).update(_parts(run, most))
    for most, parts in taken.items():
        parts -= _parts(shown, most)
        for at in range(len(words) - most + 1):
            if tuple(words[at : at + most]) in parts:
                quoted[at : at + most] = [True] * most
    made, at = "", 0
    for index, one in enumerate(found):
        if not quoted[index]:
            continue
        if not (index and quoted[index - 1]):
            made += text[at : one.start()] + MARK
        elif "\n\n" in text[at : one.start()]:
            made += "\n\n" + MARK
        at = one.end()
        if text.startswith(_LINKS, at):
            made += " "
    return made + text[at:]


def _parts(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def _mark(before: str, gone: str, after: str) -> str:
    """What stands for the words that are gone, with the blanks around them.

    One for each paragraph: places in a text are counted in paragraphs.
    """
    if not gone.strip():
        return gone
    parts = _GAP.split(gone)
    if len(parts) > 1:
        done = [
            part if index % 2 else _mark(before if not index else "", part, "")
            for index, part in enumerate(parts[:-1])
        ]
        return "".join(done) + _mark("", parts[-1], after)
    blank_before = gone[0].isspace() and before and not before[-1].isspace()
    blank_after = (gone[-1].isspace() and after) or after.startswith(_LINKS)
    return (" " if blank_before else "") + MARK + (" " if blank_after else "")
