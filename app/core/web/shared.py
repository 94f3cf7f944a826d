"""Pages that look the same for many readers are made once and shown while they are fresh.

`@shared` stands above `@guard`. What is kept belongs to a *kind* of reader, strangers or people
with the same rights; the page is made for nobody in particular, so that nothing personal can get
into it. What differs from one person to the next (their name, the number in the header, the token
against forgery) are *slots*, filled each time. For strangers nothing is left to fill: those pages
are answered before the application is asked at all.
"""

import hashlib
import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from flask import Flask, Response, current_app, g, make_response, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock, freshness
from app.core.db import db
from app.core.errors import AppError
from app.core.policy import Actor
from app.core.web.actors import actor
from app.core.web.security import COOKIE
from config import Settings

V = TypeVar("V", bound=Callable[..., ResponseReturnValue])
Slot = Callable[[], str]
Key = tuple[str, str, Actor]

LONGEST_QUERY = 300
"""Characters of an address's query; longer ones are made anew each time."""

_slots: dict[str, Slot] = {}
_mark = secrets.token_hex(12)  # nobody who writes can know it
_marks = re.compile(rf"slot-{_mark}-([a-z]+)-")


def slot(name: str) -> Callable[[Slot], Slot]:
    """Register what stands in a slot for the present reader, as safe HTML."""

    def register(function: Slot) -> Slot:
        _slots[name] = function
        return function

    return register


def in_slot(name: str) -> Markup:
    """For templates: the content, or the mark of a page that is being made for many."""
    if g.get("for_many"):
        return Markup(f"slot-{_mark}-{name}-")  # noqa: S704 — hexadecimal and a name of ours
    return Markup(_slots[name]())  # noqa: S704 — slots answer with safe HTML


@slot("name")
def _name() -> str:
    return str(escape(actor().display_name))


@slot("csrf")
def _csrf() -> str:
    return str(generate_csrf())


class Page(NamedTuple):
    """`pieces` are text and the names of slots in turn, text first and last."""

    token: str
    until: datetime
    pieces: list[str]

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces)) + 200

    def filled(self) -> str:
        found = self.pieces[:]
        found[1::2] = [_slots[name]() for name in found[1::2]]
        return "".join(found)


class Front(NamedTuple):
    """A page for strangers, ready to be sent."""

    token: str
    until: datetime
    body: bytes
    headers: list[tuple[str, str]]
    etag: str

    @property
    def size(self) -> int:
        return len(self.body) + 1000


Thing = TypeVar("Thing", Page, Front)


class Shelf:
    """The pages of this process, the longest unseen thrown away first."""

    def __init__(self, most: int) -> None:
        self.most = most  # characters
        self.held = 0
        self._pages: OrderedDict[Any, Page | Front] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object) -> Page | Front | None:
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: object, page: Page | Front) -> None:
        if page.size > self.most:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.held += page.size
            while self.held > self.most:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: object) -> None:
        known = self._pages.pop(key, None)
        if known is not None:
            self.held -= known.size


def shared(view: V) -> V:
    """Keep the page for all readers with the same rights. Not for what shows one's own things."""
    return _kept(view, strangers_only=False)


def shared_by_strangers(view: V) -> V:
    """Keep the page for readers who are not signed in; everybody else gets their own."""
    return _kept(view, strangers_only=True)


def _kept(view: V, *, strangers_only: bool) -> V:
    @wraps(view)
    def showing(**arguments: Any) -> ResponseReturnValue:
        query = request.environ["QUERY_STRING"]
        if request.method != "GET" or "_flashes" in cookie or len(query) > LONGEST_QUERY:
            return view(**arguments)
        reader = actor()
        shelf: Shelf = current_app.extensions["shelf"]
        if shelf.most == 0 or (strangers_only and reader.signed_in):
            return view(**arguments)
        token = freshness.token(db.session())
        if not token:
            return view(**arguments)
        nobody = replace(reader, person_id=0 if reader.signed_in else None, display_name="")
        key: Key = (request.environ["PATH_INFO"], query, nobody)
        page = shelf.get(key)
        if not isinstance(page, Page) or page.token != token or page.until <= clock.now():
            page = _make(view, arguments, nobody, token)
            if page is None:
                return view(**arguments)
            shelf.put(key, page)
        response = make_response(page.filled())
        if not reader.signed_in:
            g.front = page
        return response

    return showing  # type: ignore[return-value]  # the same signature


def _make(view: V, arguments: dict[str, Any], nobody: Actor, token: str) -> Page | None:
    """The page as a kind of reader sees it; None where it cannot be shared."""
    with freshness.watching() as edges, _for_many(nobody):
        try:
            response = make_response(view(**arguments))
        except AppError:
            return None  # whoever may see it after all gets a page of their own
    plain = response.status_code == 200 and response.mimetype == "text/html"
    if not plain or g.get("csrf_token") or response.is_streamed or cookie.modified:
        return None
    return Page(token, freshness.end_of(edges), _marks.split(response.get_data(as_text=True)))


@contextmanager
def _for_many(nobody: Actor) -> Iterator[None]:
    reader = g.actor
    g.actor, g.for_many = nobody, True
    try:
        yield
    finally:
        g.actor, g.for_many = reader, False


class BeforeAll:
    """In front of the application: what strangers may share is sent without asking it."""

    def __init__(self, app: Flask, engine: Engine, shelf: Shelf) -> None:
        self.inner = app.wsgi_app
        self.engine = engine
        self.shelf = shelf

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET" and COOKIE not in environ.get("HTTP_COOKIE", ""):
            front = self.shelf.get((environ["PATH_INFO"], environ.get("QUERY_STRING", "")))
            if isinstance(front, Front) and self._is_fresh(front):
                if environ.get("HTTP_IF_NONE_MATCH") == front.etag:
                    start("304 Not Modified", [h for h in front.headers if h[0] != "Content-Type"])
                    return []
                start("200 OK", front.headers)
                return [front.body]
        return self.inner(environ, start)

    def _is_fresh(self, front: Front) -> bool:
        if front.until <= clock.now():
            return False
        try:
            connection = self.engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute("SELECT token FROM page_versions WHERE id = 1")
                row = cursor.fetchone()
                cursor.close()
            finally:
                connection.close()
        except (SQLAlchemyError, self.engine.dialect.loaded_dbapi.Error):
            return False  # the application says what is wrong
        return row is not None and row[0] == front.token


def init(app: Flask, settings: Settings) -> None:
    """Before anything else that looks at answers: what is kept are finished ones."""
    shelf = app.extensions["shelf"] = Shelf(settings.page_cache_mb * 1_000_000)
    app.jinja_env.globals["slot"] = in_slot

    @app.after_request
    def keep_front(response: Response) -> Response:
        page: Page | None = g.get("front")
        if page is None or response.status_code != 200 or cookie.modified:
            return response
        body = response.get_data()
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        response.headers["ETag"] = etag
        response.vary.add("Cookie")
        shelf.put(
            (request.environ["PATH_INFO"], request.environ["QUERY_STRING"]),
            Front(page.token, page.until, body, list(response.headers.items()), etag),
        )
        response.make_conditional(request)
        return response

    with app.app_context():
        app.wsgi_app = BeforeAll(app, db.engine, shelf)  # type: ignore[assignment]  # Flask's documented way
