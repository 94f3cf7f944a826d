"""Where the package is put together: a folder of its own for each making, then one file."""

import csv
import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

from flask import current_app

from app.opendata.models import Archive
from config import Settings

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can hold
_PIECE = 1 << 20


class Made(NamedTuple):
    sha256: str
    size: int
    files: int


def archives() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data_path / "archives"


def package_of(archive: Archive) -> Path | None:
    """The package that everybody can have now, if it is there."""
    if not archive.sha256:
        return None
    path = archives() / f"dialogue-{archive.dialogue_id}-{archive.sha256[:16]}.zip"
    return path if path.is_file() else None


class Folder:
    """`tree` becomes the package; `parts` are pieces of the long files, one for each block."""

    def __init__(self, dialogue_id: int, edition: int) -> None:
        self.dialogue_id = dialogue_id
        self.root = archives() / f"work-{dialogue_id}-{edition}"
        self.tree = self.root / "tree"
        self.parts = self.root / "parts"

    def begin(self) -> None:
        """Empty, whatever an earlier attempt has left."""
        for old in archives().glob(f"work-{self.dialogue_id}-*"):
            shutil.rmtree(old, ignore_errors=True)
        self.tree.mkdir(parents=True)
        self.parts.mkdir(parents=True)

    def is_there(self) -> bool:
        return self.parts.is_dir()

    def write(self, path: str, content: bytes) -> None:
        target = self.tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def copy(self, source: Path, path: str) -> None:
        target = self.tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)

    def part(
        self, name: str, step: int, records: Iterable[Any], rows: Iterable[Iterable[Any]]
    ) -> int:
        """A block's records of a kind, as JSON lines and as CSV lines; how many there were."""
        lines = [as_json(record) for record in records]
        (self.parts / f"{name}-{step:06}.json").write_bytes(b"".join(one + b"\n" for one in lines))
        (self.parts / f"{name}-{step:06}.csv").write_text(csv_lines(rows), "utf-8", newline="")
        return len(lines)

    def records(self, name: str) -> Iterator[Any]:
        """What the parts of a kind hold, in order."""
        for part in sorted(self.parts.glob(f"{name}-*.json")):
            with part.open("rb") as file:
                for one in file:
                    yield json.loads(one)

    def together(self, name: str, columns: list[str]) -> int:
        """The parts of a kind as `data/NAME.json` and `data/NAME.csv`."""
        (self.tree / "data").mkdir(exist_ok=True)
        count = 0
        with (self.tree / f"data/{name}.json").open("wb") as out:
            out.write(b"[")
            for part in sorted(self.parts.glob(f"{name}-*.json")):
                with part.open("rb") as file:
                    for one in file:
                        out.write((b",\n" if count else b"\n") + one.rstrip(b"\n"))
                        count += 1
            out.write(b"\n]\n")
        with (self.tree / f"data/{name}.csv").open("wb") as out:
            out.write(csv_lines([columns]).encode())
            for part in sorted(self.parts.glob(f"{name}-*.csv")):
                out.write(part.read_bytes())
        return count

    def pack(self) -> Made:
        """One ZIP file, the same for the same content; earlier packages of the dialogue go."""
        unfinished = self.root / f"package-{token_hex(8)}.zip"
        count = _zip(self.tree, unfinished)
        with unfinished.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        size = unfinished.stat().st_size
        unfinished.replace(archives() / f"dialogue-{self.dialogue_id}-{sha256[:16]}.zip")
        return Made(sha256, size, count)

    def tidy(self, sha256: str) -> None:
        """Nothing stays but the package with this checksum."""
        shutil.rmtree(self.root, ignore_errors=True)
        for old in archives().glob(f"dialogue-{self.dialogue_id}-*.zip"):
            if not old.name.endswith(f"-{sha256[:16]}.zip"):
                old.unlink(missing_ok=True)


def _zip(tree: Path, target: Path) -> int:
    sums, count = [], 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        names = sorted(
            path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()
        )
        for name in names:
            found = hashlib.sha256()
            entry = _entry(name)
            with (
                (tree / name).open("rb") as file,
                archive.open(entry, "w", force_zip64=True) as out,
            ):
                while piece := file.read(_PIECE):
                    found.update(piece)
                    out.write(piece)
            sums.append(f"{found.hexdigest()}  {name}\n")
            count += 1
        archive.writestr(_entry("SHA256SUMS"), "".join(sums))
    return count + 1


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.compress_type = (
        zipfile.ZIP_STORED if name.endswith((".zip", ".pdf")) else zipfile.ZIP_DEFLATED
    )
    entry.create_system = 3  # the same on every machine
    entry.external_attr = 0o644 << 16
    return entry


def as_json(value: Any) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def csv_lines(rows: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Any) -> str:
    """No formula for the programs that open tables."""
    words = "" if value is None else str(value)
    return (
        f"'{words}" if words.lstrip()[:1] in tuple("=+-@") or words[:1] in tuple("\t\r") else words
    )
