"""What somebody typed is never lost: it comes back with the error, also across signing in again.

Nothing is stored: the fields travel signed in the page itself.
"""

from typing import Any, NamedTuple

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

NEVER_KEPT = ("csrf_token", "password", "kept", "token")
HOURS = 12


class Kept(NamedTuple):
    """The address a form was sent to, and its fields."""

    path: str
    fields: list[tuple[str, str]]


def typed() -> list[tuple[str, str]]:
    """The fields of the present POST that may be shown back."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(word in name for word in NEVER_KEPT)
    ]


def words() -> list[str]:
    """Only what was written by hand: fields with more than a few characters or a blank."""
    return [value for _name, value in typed() if len(value) > 20 or " " in value.strip()]


def pack() -> str:
    """The present POST as a signed string for a hidden field; empty where there is nothing."""
    fields = typed()
    return (
        _serializer().dumps({"path": request.full_path.rstrip("?"), "fields": fields})
        if fields
        else ""
    )


def unpack(packed: str) -> Kept | None:
    """The form that `pack` kept, or None where it is too old or was changed."""
    try:
        content: dict[str, Any] = _serializer().loads(packed, max_age=HOURS * 3600)
    except BadData:
        return None
    return Kept(content["path"], [(str(n), str(v)) for n, v in content["fields"]])


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SETTINGS"].secret_key, salt="kept")
