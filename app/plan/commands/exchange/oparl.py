"""Papers of the council out of OParl 1.1 (oparl.org, objects Paper, Consultation, AgendaItem).

A file holds a Paper, a list of objects, or a page of an external list (`data`, `links.next`). At an
endpoint the address of a Paper, of a list of papers, or of a Body can be given. What a Paper only
refers to (organisations, agenda items) is looked up in what is known, else asked for: at most
MOST_ASKED times, on the same server only.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask_babel import gettext as _

from app.core.errors import AppError
from app.core.text.clean import TextRefused, clean_line
from app.core.text.folding import fold
from app.plan.commands.content import Content, filled
from app.plan.commands.exchange.pieces import is_web_address

MOST_PAPERS = 50
MOST_PAGES = 5
MOST_ASKED = 20
_DEEPEST = 8
_TYPE = re.compile(r"https?://schema\.oparl\.org/1\.[01]/(\w+)/?")

Fetch = Callable[[str], Any]
Object = dict[str, Any]


class NoPapers(AppError):
    """What was given is no OParl, or holds no paper."""

    status = 422


class Found(NamedTuple):
    """Papers as the plan keeps them; how many had no number, and whether there are more."""

    papers: list[Content]
    without_number: int
    more: bool


def papers_in(value: Any, words: str = "") -> Found:
    """Those of a file, as far as `words` stand in their number or title."""
    return _found([value], words, None)


def papers_at(address: str, words: str, fetch: Fetch) -> Found:
    """Those at an endpoint."""
    value = fetch(address)
    if _kind(value) == "Body":
        papers = value.get("paper")
        if not isinstance(papers, str):
            raise NoPapers(_("This body names no list of papers."))
        address, value = papers, fetch(papers)
    pages = [value]
    while len(pages) < MOST_PAGES and (following := _next(pages[-1], address)):
        pages.append(fetch(following))
    known = _OnServer(address, fetch)
    found = _found(pages, words, known)
    return found._replace(more=found.more or bool(_next(pages[-1], address)))


def _next(page: Any, address: str) -> str:
    """The next page of a list, on the same server."""
    links = page.get("links") if isinstance(page, dict) else None
    following = links.get("next") if isinstance(links, dict) else None
    same = isinstance(following, str) and _server(following) == _server(address)
    return following if same and isinstance(following, str) else ""


def _server(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


class _OnServer:
    """Asks the endpoint for what is only referred to, a few times; nothing is raised."""

    def __init__(self, address: str, fetch: Fetch) -> None:
        self.server, self.fetch = _server(address), fetch
        self.left = MOST_ASKED

    def __call__(self, address: str) -> Object:
        if self.left <= 0 or _server(address) != self.server:
            return {}
        self.left -= 1
        try:
            value = self.fetch(address)
        except AppError:
            self.left = 0  # the paper is shown without it
            return {}
        return value if isinstance(value, dict) else {}


def _found(values: list[Any], words: str, ask: Callable[[str], Object] | None) -> Found:
    objects = _Objects(ask)
    for value in values:
        objects.learn(value)
    if not objects.papers:
        raise NoPapers(_("There are no papers of OParl 1.1 in it."))
    wanted = [one for one in objects.papers if _says(one, words)]
    numbered = [one for one in wanted if _line(one.get("reference"), 80)]
    shown = numbered[:MOST_PAPERS]
    return Found(
        [objects.content(one) for one in shown],
        len(wanted) - len(numbered),
        len(numbered) > len(shown),
    )


def _says(paper: Object, words: str) -> bool:
    text = fold(f"{_line(paper.get('reference'), 80)} {_line(paper.get('name'), 500)}")
    return all(word in text for word in fold(words).split())


class _Objects:
    """Everything that was given, by its id."""

    def __init__(self, ask: Callable[[str], Object] | None) -> None:
        self.papers: list[Object] = []
        self.by_id: dict[str, Object] = {}
        self.ask = ask

    def learn(self, value: Any) -> None:
        for one in _objects(value, 0):
            if isinstance(one.get("id"), str):
                self.by_id.setdefault(one["id"], one)
            if _kind(one) == "Paper" and one.get("deleted") is not True:
                self.papers.append(one)

    def _get(self, one: Any) -> Object:
        """An object, or what its address stands for."""
        if isinstance(one, dict):
            return one
        if not isinstance(one, str):
            return {}
        if one not in self.by_id and self.ask is not None:
            self.by_id[one] = self.ask(one)
        return self.by_id.get(one, {})

    def content(self, paper: Object) -> Content:
        """As a version of a measure has it. The consultation that decides speaks for the paper."""
        talks = paper.get("consultation")
        held = [self._get(one) for one in talks] if isinstance(talks, list) else []
        deciding = [one for one in held if one.get("authoritative") is True] or held
        last = deciding[-1] if deciding else {}
        bodies = last.get("organization")
        names = [self._get(one) for one in bodies] if isinstance(bodies, list) else []
        item = self._get(last.get("agendaItem"))
        return filled(
            {
                "number": _line(paper.get("reference"), 80),
                "kind": _line(paper.get("paperType"), 80),
                "body": _line(
                    ", ".join(filter(None, (_line(o.get("name"), 160) for o in names))), 160
                ),
                "date": _day(paper.get("date") or paper.get("publishedDate")),
                "outcome": _line(item.get("result"), 200),
                "link": _link(paper),
            }
        )


def _objects(value: Any, depth: int) -> Iterator[Object]:
    """Everything with a type of OParl, outer ones first."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        if _kind(value):
            yield value
        for inner in value.values():
            yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth + 1)


def _kind(value: Any) -> str:
    said = value.get("type") if isinstance(value, dict) else None
    found = _TYPE.fullmatch(said) if isinstance(said, str) else None
    return found[1] if found else ""


def _line(value: Any, most: int) -> str:
    """One line; a longer one is cut, and everybody sees where before it is taken over."""
    if not isinstance(value, str):
        return ""
    try:
        line = clean_line(value[:10_000], 10_000)
    except TextRefused:
        return ""
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _day(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return ""


def _link(paper: Object) -> str:
    """The page for people, else the file, else the object itself."""
    main = paper.get("mainFile")
    of_file = [main.get("accessUrl"), main.get("downloadUrl")] if isinstance(main, dict) else []
    for one in (paper.get("web"), *of_file, paper.get("id")):
        if isinstance(one, str) and len(one) <= 500 and is_web_address(one):
            return one
    return ""
