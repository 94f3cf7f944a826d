"""A form that was kept, sent once more by the present reader."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import cast

from flask import Request, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import ImmutableMultiDict

from app.core.errors import NotFound
from app.core.policy import Sent
from app.core.web.actors import actor_again
from app.core.web.guard import View


@contextmanager
def as_sent(fields: Iterable[tuple[str, str]]) -> Iterator[None]:
    """Within, the request looks as if these fields had been sent with it."""
    asked = cast(Request, request._get_current_object())  # type: ignore[attr-defined]  # a proxy
    mine, method = asked.form, asked.method
    vars(asked)["form"] = ImmutableMultiDict(fields)
    asked.method = "POST"
    try:
        yield
    finally:
        vars(asked)["form"], asked.method = mine, method


def send(sent: Sent) -> ResponseReturnValue:
    """Let the view answer it, with all its checks, for who asks now."""
    view = cast("View | None", current_app.view_functions.get(sent.endpoint))
    if view is None:
        raise NotFound
    with as_sent(sent.fields):
        actor_again()  # the form says for whom it speaks
        return view(**sent.arguments)
