"""Ballots from foreign files: Pabulib, PrefLib, Debian's tally sheets, polis, and our own JSON."""

from pathlib import Path

from app.voting.methods.files import debian, pabulib, plain, preflib
from app.voting.methods.files.base import BrokenFile, Poll

__all__ = ["BrokenFile", "Poll", "read"]

_READERS = {
    ".pb": pabulib.read,
    ".soc": lambda text: preflib.read(text, complete=True, ties=False),
    ".soi": lambda text: preflib.read(text, complete=False, ties=False),
    ".toc": lambda text: preflib.read(text, complete=True, ties=True),
    ".toi": lambda text: preflib.read(text, complete=False, ties=True),
    ".txt": debian.read,
    ".json": plain.read_json,
    ".csv": plain.read_csv,
}


def read(path: Path) -> Poll:
    """Read a file by its ending; raises `BrokenFile` with line and reason."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise BrokenFile(0, f"endings known are {', '.join(_READERS)}")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BrokenFile(0, error.strerror or "the file cannot be read")
    return reader(_text(raw, path.suffix.lower()))


def _text(raw: bytes, suffix: str) -> str:
    """UTF-8; old tally sheets are Latin-1."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if suffix != ".txt":
            raise BrokenFile(raw.count(b"\n", 0, error.start) + 1, "this is no UTF-8")
        text = raw.decode("latin-1")
    if "\0" in text:
        raise BrokenFile(text.count("\n", 0, text.index("\0")) + 1, "there is a NUL character")
    return text
