"""Keys in addresses of lists."""

from flask import request


def key(name: str) -> int | None:
    """Where the next page begins; anything else is the first page."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
