"""Compile the translation catalogues that changed: `python -m tools.catalogues`."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def compile_catalogues(folder: Path = ROOT / "translations") -> list[Path]:
    """Write each messages.mo that is missing or older than its messages.po; returns those."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        # Two processes may compile at once; neither may read the other's half file.
        half = target.with_name(f"{target.name}.{os.getpid()}")
        with half.open("wb") as binary:
            write_mo(binary, catalogue)
        half.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues()
