"""Taking words out of a text so that everybody sees where."""

from app.core.text.diff import Change, pieces

MARK = "[…]"
_LINKS = ("(", "[", ":")  # after a bracket these would make a link of it


class WordsAdded(ValueError):
    """The text holds something that the old one did not."""


def cut(old: str, kept: str) -> str:
    """The old text with a mark wherever `kept` lacks words; raises WordsAdded.

    The same text where nothing is missing.
    """
    text = gone = ""
    for piece in pieces(old, kept):
        if piece.change is Change.REMOVED:
            gone += piece.text
        elif piece.change is Change.ADDED:
            if not piece.text.isspace():
                raise WordsAdded
        else:
            text += _mark(text, gone, piece.text) + piece.text
            gone = ""
    return text + _mark(text, gone, "")


def _mark(before: str, gone: str, after: str) -> str:
    """What stands for the words that are gone, with the blanks around them."""
    if not gone.strip():
        return gone
    blank_before = gone[0].isspace() and before and not before[-1].isspace()
    blank_after = (gone[-1].isspace() and after) or after.startswith(_LINKS)
    return (" " if blank_before else "") + MARK + (" " if blank_after else "")
