"""Documents for printing and keeping: PDF/UA-1 and PDF/A-2a, written by Typst (the extra `pdf`).

A template lies in templates/pdf and finds what it shows in data.json: whatever people have written
is a text there, never a piece of the template. Typst runs as a process of its own, with little
memory, for a short time, without a network and without any file but those it is given.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _

from app.core.errors import AppError
from app.core.languages import LANGUAGES
from config import ROOT

TEMPLATES = ROOT / "templates/pdf"
FONTS = ROOT / "app/static/vendor/fonts"
MOST_SECONDS = 30
MOST_BYTES = 20_000_000
_PROGRAM = Path(__file__).with_name("typesetter.py")

# Neither controls nor private characters may stand in such a file; the reader sees that something
# was there.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    "\U000f0000-\U0010ffff]"
)
_NEVER_ENDING = re.compile(r"\S{100}(?=\S)")
_LONGEST_TITLE = 500


class PdfMissing(AppError):
    """The extra is not installed."""

    status = 503
    title = _("There are no PDF files here")
    default = _(
        "This server has not been set up to write PDF files. Its operators can change that: the "
        "extra “pdf” has to be installed."
    )


class PdfFailed(RuntimeError):
    """The template is wrong, or the text is more than time, memory or size allow."""


def available() -> bool:
    return find_spec("typst") is not None


def render(
    template: str, data: Mapping[str, Any], *, language: str, title: str, day: date
) -> bytes:
    """The PDF that the template (`templates/pdf/<template>.typ`) makes of the data.

    Equal data give equal bytes. The template gets `data` with `language`, `direction`, `title`
    and `date` (ISO, the document's) besides. Raises PdfMissing and PdfFailed.
    """
    if not available():
        raise PdfMissing
    spoken = LANGUAGES.get(language)
    whole = {
        **data,
        "language": language.partition("-")[0],
        "direction": spoken.dir if spoken else "ltr",
        "title": title[:_LONGEST_TITLE],
        "date": day.isoformat(),
    }
    order = {
        "main": template,
        "templates": {path.stem: path.read_text("utf-8") for path in TEMPLATES.glob("*.typ")},
        "data": _printable(whole),
        "fonts": str(FONTS),
        "most_bytes": MOST_BYTES,
    }
    return _typeset(json.dumps(order, sort_keys=True).encode())


def _typeset(order: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 — our own program, nothing of the data is an argument
            [sys.executable, "-I", str(_PROGRAM)],
            input=order,
            capture_output=True,
            timeout=MOST_SECONDS,
            env={"RAYON_NUM_THREADS": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PdfFailed(f"not done within {MOST_SECONDS} seconds") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise PdfFailed(said[:2_000] or f"ended with {done.returncode}")
    return done.stdout


def _printable(value: Any) -> Any:
    """The same with every text free of what no such file may hold.

    A word that never ends could be broken nowhere, and such a file holds no string of any length.
    """
    if isinstance(value, str):
        return _NEVER_ENDING.sub("\\g<0>\u200b", _UNPRINTABLE.sub("\ufffd", value))
    if isinstance(value, Mapping):
        return {str(key): _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value
