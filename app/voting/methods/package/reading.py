"""Reading an export that anybody may have made: every file named in an error, nothing unpacked.

Limits: no file is read further than `MOST_BYTES`, whatever its header says.
"""

import hashlib
import json
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any, NoReturn

MOST_BYTES = 400_000_000
"""Of all files together. A log of a million secret votes is 67 million."""

MOST_FILES = 40
SUMS = "SHA256SUMS"
NEEDED = ("manifest.json", "result.json", "log.json", "hashes.json")
OTHERS = {
    "README.txt": None,
    "heads.json": "heads",
    "votes-organisations.json": "votes",
    "sealed.json": "sealed",
}
_KNOWN = re.compile(
    r"(?:statistic|ballots)-(?:organisations|persons)\.json"
    r"|ballots-(?:organisations|persons)\.(?:pb|toc|soc)"
)
_SUM = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9.-]{1,60})")


class BrokenPackage(Exception):
    """The file cannot be read; `file` is the one inside, or "" where it is about all of it."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}" if file else reason)
        self.file = file
        self.reason = reason


def read(path: Path) -> dict[str, Any]:
    """An export as ZIP or as one JSON file, as `recounting.recount` takes it."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise BrokenPackage("", f"{size} bytes are more than the {MOST_BYTES} that are read")
        if not zipfile.is_zipfile(path):
            return _object("", path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            return _put_together(_contents(archive))
    except OSError as error:
        raise BrokenPackage("", error.strerror or "the file cannot be read") from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BrokenPackage("", f"this is no whole ZIP file: {error}"[:200]) from error


def _contents(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise BrokenPackage("", f"it holds {len(entries)} files, more than {MOST_FILES}")
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    for entry in entries:
        name = entry.filename
        if not _is_known(name):
            raise BrokenPackage(_shown(name), "no file of an export has this name")
        if name in found:
            raise BrokenPackage(name, "it is there twice")
        if entry.flag_bits & 1:
            raise BrokenPackage(name, "it is encrypted")
        found[name] = _content(archive, entry, left)
        left -= len(found[name])
    for name in (*NEEDED, SUMS):
        if name not in found:
            raise BrokenPackage(name, "it is missing")
    _check_sums(found)
    return found


def _is_known(name: str) -> bool:
    return name in (*NEEDED, *OTHERS, SUMS) or _KNOWN.fullmatch(name) is not None


def _shown(name: str) -> str:
    """A name that somebody else has chosen, fit for a terminal."""
    return "".join(c if c.isprintable() else "?" for c in name)[:80]


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Read no further than what is left, whatever the header says."""
    if entry.file_size > left:
        raise BrokenPackage(entry.filename, f"with it there are more than {MOST_BYTES} bytes")
    try:
        with archive.open(entry) as member:
            content = member.read(left + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise BrokenPackage(entry.filename, f"it is damaged: {error}"[:200]) from error
    if len(content) > left:
        raise BrokenPackage(entry.filename, f"with it there are more than {MOST_BYTES} bytes")
    return content


def _check_sums(found: dict[str, bytes]) -> None:
    named: dict[str, str] = {}
    for number, line in enumerate(found[SUMS].decode("ascii", "replace").splitlines(), 1):
        match = _SUM.fullmatch(line)
        if match is None or match[2] in named:
            raise BrokenPackage(SUMS, f"line {number} is no checksum of a file, or one twice")
        named[match[2]] = match[1]
    for name, content in found.items():
        if name == SUMS:
            continue
        if name not in named:
            raise BrokenPackage(name, f"{SUMS} does not name it")
        if hashlib.sha256(content).hexdigest() != named[name]:
            raise BrokenPackage(name, f"its checksum is not the one in {SUMS}")
    for name in named:
        if name not in found:
            raise BrokenPackage(name, f"{SUMS} names it, and it is missing")


def _put_together(found: dict[str, bytes]) -> dict[str, Any]:
    hashes = _object("hashes.json", found["hashes.json"])
    export: dict[str, Any] = {
        "manifest": _object("manifest.json", found["manifest.json"]),
        "result": _object("result.json", found["result.json"]),
        "result_hash": hashes.get("result_hash"),
        "log": _object("log.json", found["log.json"]),
        "statistics": {},
        "ballots": {},
    }
    for name, content in found.items():
        key = OTHERS.get(name)
        if key is not None:
            export[key] = _object(name, content).get(key)
        kind, _hyphen, chamber = name.removesuffix(".json").partition("-")
        if chamber and name.endswith(".json") and kind in ("statistic", "ballots"):
            key = "statistics" if kind == "statistic" else "ballots"
            export[key][chamber] = _json(name, content)
    return export


def _object(name: str, content: bytes) -> dict[str, Any]:
    value = _json(name, content)
    if not isinstance(value, dict):
        raise BrokenPackage(name, "a JSON object was expected")
    return value


def _json(name: str, content: bytes) -> Any:
    try:
        return json.loads(
            content.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once
        )
    except UnicodeDecodeError as error:
        raise BrokenPackage(name, "this is no UTF-8") from error
    except json.JSONDecodeError as error:
        raise BrokenPackage(name, f"line {error.lineno}: this is no JSON: {error.msg}") from error
    except RecursionError as error:
        raise BrokenPackage(name, "the JSON is nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits, NaN, a name twice
        raise BrokenPackage(name, str(error)[:120]) from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise ValueError(f"{next(n for n in names if names.count(n) > 1)[:40]!r} stands twice")
    return found
