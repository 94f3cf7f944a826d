"""`@guard`: load what the address names, answer 404, 401 or 403, then call the view."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from flask import request
from flask.typing import ResponseReturnValue

from app.core import freshness, policy
from app.core.db import db
from app.core.errors import NotFound
from app.core.transactions import begun_early
from app.core.web import kept
from app.core.web.actors import actor, actor_again

Loader = Callable[..., Any]
View = Callable[..., ResponseReturnValue]
V = TypeVar("V", bound=View)

LARGEST_ID = 2**31 - 1  # a database refuses to look for more


class Guard(NamedTuple):
    """What a guarded view carries, for `flask policy` and the architecture tests."""

    action: str
    loaders: tuple[str, ...]


def guard(action: str, *, early: bool = False, **loaders: Loader) -> Callable[[View], View]:
    """Guard a view by the rule `action`.

    `early` is for what many do at once: its one transaction begins before anything is loaded
    (core.transactions.begun_early).

    Each loader takes `<name>_id` (or `<name>_slug`, `<name>_token`) from the address where it has
    one, otherwise `id`, `slug` or `token`; the rule gets the loaded objects in this order, and so
    does the view, by name. None from a loader is 404.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:
            if early:
                with begun_early():
                    return asked(**arguments)
            return asked(**arguments)

        def asked(**arguments: Any) -> ResponseReturnValue:
            token = freshness.token(db.session()) if request.method == "POST" else ""
            named = dict(arguments)
            calls: list[tuple[Loader, tuple[Any, ...]]] = []
            loaded: dict[str, Any] = {}
            for name, load in loaders.items():
                argument = arguments.pop(_argument(name, arguments))
                if isinstance(argument, int) and argument > LARGEST_ID:
                    raise NotFound
                found = load(argument)
                if found is None:
                    raise NotFound
                calls.append((load, (argument,)))
                loaded[name] = found
            objects = tuple(loaded.values())
            policy.require(action, actor(), *objects)
            policy.asked.set(
                policy.Question(
                    action, tuple(calls), objects, actor_again, actor(), token, _sent(named)
                )
            )
            return view(**loaded, **arguments)

        guarded.__guard__ = Guard(action, tuple(loaders))  # type: ignore[attr-defined]  # read by tests
        return guarded

    return wrap


def _sent(arguments: dict[str, Any]) -> policy.Sent | None:
    if request.method != "POST" or request.endpoint is None:
        return None
    return policy.Sent(request.endpoint, arguments, kept.typed())


def _argument(name: str, arguments: dict[str, Any]) -> str:
    for candidate in (f"{name}_id", f"{name}_slug", f"{name}_token", "id", "slug", "token"):
        if candidate in arguments:
            return candidate
    raise LookupError(f"the address names nothing that could be {name}")


def can(action: str, *objects: object) -> bool:
    """Whether the actor of this request may; for templates and views, foreign rights included."""
    return policy.allowed(action, actor(), *objects)
