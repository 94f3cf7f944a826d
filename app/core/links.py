"""Private links: whoever has one may do what it is for, without an account.

The address holds the number of a row and a keyed digest of the row's own secret. So it can be sent
again in a later mail, and whoever reads the database alone cannot make it.
"""

import hashlib
import hmac
import secrets

from flask import current_app

from app.core.text.numbers import small_number

SECRET = 32
"""Characters of a row's secret."""


def new_secret() -> str:
    return secrets.token_hex(SECRET // 2)


def token(purpose: str, id: int, secret: str) -> str:
    return f"{id}-{_digest(purpose, id, secret)}"


def number(token: str) -> int | None:
    """Of which row the link speaks; whether it is genuine is for `fits` to say."""
    return small_number(token.partition("-")[0])


def fits(token_: str, purpose: str, id: int, secret: str) -> bool:
    return hmac.compare_digest(token_.encode(), token(purpose, id, secret).encode())


def _digest(purpose: str, id: int, secret: str) -> str:
    key = current_app.config["SETTINGS"].secret_key.encode()
    return hmac.new(key, f"{purpose}:{id}:{secret}".encode(), hashlib.sha256).hexdigest()[:40]
