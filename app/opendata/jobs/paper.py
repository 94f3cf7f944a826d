"""A page of the archive: sections with a few kinds of parts, shown as HTML or as PDF.

Both are made from the same pieces, so that neither says what the other does not.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import current_app, g
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from app.core import pdf
from app.core.languages import LANGUAGES
from app.core.pdf.writing import direction, prose
from app.core.text.markdown import to_html

Part = dict[str, Any]
TEMPLATE = "opendata/archive/page.html"


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Within, all words are said in this language."""
    before = g.get("language_tag")
    with (
        current_app.test_request_context(f"/{tag}/"),  # what says dates looks at the request
        force_locale(LANGUAGES[tag].locale),
    ):
        g.language_tag = tag
        try:
            yield
        finally:
            g.language_tag = before


@dataclass
class Section:
    title: str
    level: int = 2
    parts: list[Part] = field(default_factory=list)
    id: str = ""


@dataclass
class Paper:
    """`path` is its place in the package, `above` the way to it: (words, path)."""

    path: str
    title: str
    sections: list[Section] = field(default_factory=list)
    above: list[tuple[str, str]] = field(default_factory=list)

    def section(self, title: str, *parts: Part | None, level: int = 2, id: str = "") -> Section:
        made = Section(title, level, [one for one in parts if one is not None], id)
        self.sections.append(made)
        return made


def line(words: object) -> Part:
    """A sentence of ours."""
    return {"kind": "line", "words": plain(words)}


def text(markdown: str, language: str = "") -> Part | None:
    """What somebody wrote; nothing where there is nothing."""
    if not markdown.strip():
        return None
    return {"kind": "text", "markdown": markdown, "language": language}


def labelled(label: str, markdown: str, language: str = "") -> Part | None:
    """The same below a few words of ours."""
    found = text(markdown, language)
    return None if found is None else {**found, "label": str(label)}


def facts(pairs: Iterable[tuple[object, object]]) -> Part | None:
    said = [(plain(name), plain(value)) for name, value in pairs if value not in (None, "")]
    return {"kind": "facts", "pairs": [pair for pair in said if pair[1]]} if said else None


def table(caption: object, head: Iterable[object], rows: Iterable[Iterable[object]]) -> Part | None:
    lines = [[plain(cell) for cell in row] for row in rows]
    if not lines:
        return None
    return {
        "kind": "table",
        "caption": plain(caption),
        "head": [plain(one) for one in head],
        "rows": lines,
    }


def links(found: Iterable[tuple[object, str]]) -> Part | None:
    """(words, path in the package)."""
    entries = [(plain(words), path) for words, path in found]
    return {"kind": "links", "links": entries} if entries else None


def plain(value: object) -> str:
    return value.striptags() if isinstance(value, Markup) else str(value)


def as_html(paper: Paper, tag: str) -> bytes:
    """A page that needs nothing but the style sheet beside it."""
    up = "../" * paper.path.count("/")
    language = LANGUAGES[tag]
    html = current_app.jinja_env.get_template(TEMPLATE).render(
        paper=paper, up=up, language=language, to_html=to_html, local=paper.path.startswith(tag)
    )
    return html.encode()


def as_pdf(paper: Paper, tag: str, day: date) -> bytes:
    """Raises PdfFailed where it is more than a file can hold."""
    data = {
        "sections": [
            {
                "title": one.title,
                "level": one.level,
                "parts": [_printed(part) for part in one.parts],
            }
            for one in paper.sections
        ],
        "contents": _("Contents"),
    }
    return pdf.render("report", data, language=tag, title=paper.title, day=day)


def _printed(part: Part) -> Part:
    match part["kind"]:
        case "text":
            return {**part, "blocks": prose(part["markdown"])}
        case "links":  # in print the words alone
            return {"kind": "list", "words": [words for words, _path in part["links"]]}
        case "said":
            return {
                **part,
                "blocks": prose(part["markdown"]),
                "earlier": [[label, prose(words)] for label, words, _tag in part["earlier"]],
                "replies": [_printed(one) for one in part["replies"]],
            }
        case "facts":
            return {**part, "pairs": [[n, v, direction(v)] for n, v in part["pairs"]]}
        case _:
            return part
