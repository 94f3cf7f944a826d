"""A counted vote as one ZIP file, which anybody can check: the same bytes whoever makes it.

Nothing is compressed and no time is kept, so that the file is the same on every machine. JSON is
canonical: SHA-256 of manifest.json and result.json are the hashes that the pages show.
"""

import hashlib
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from app.voting.methods.package.reading import BrokenPackage, read

__all__ = ["README", "BrokenPackage", "Member", "read", "write"]

Member = tuple[str, Iterable[bytes]]
"""A file's name and its content in pieces."""

README = (Path(__file__).parent / "README.txt").read_bytes()

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can hold


def write(members: Iterable[Member], file: BinaryIO) -> None:
    """Write the members in their order, and SHA256SUMS for all of them."""
    sums = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, pieces in members:
            found = hashlib.sha256()
            with archive.open(_entry(name), "w", force_zip64=True) as member:
                for piece in pieces:
                    found.update(piece)
                    member.write(piece)
            sums.append(f"{found.hexdigest()}  {name}\n")
        with archive.open(_entry("SHA256SUMS"), "w") as member:
            member.write("".join(sums).encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.create_system = 3  # Unix, wherever it is made
    entry.external_attr = 0o100644 << 16
    return entry
