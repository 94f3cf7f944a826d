"""What is kept in place of an address: enough to recognise it, useless without the secret."""

import hashlib
import hmac

from flask import current_app


def pseudonym(purpose: str, text: str) -> str:
    """A keyed hash. The same text gives another one for another purpose, or with a new secret."""
    secret = current_app.config["SETTINGS"].secret_key.encode()
    return hmac.new(
        secret, f"{purpose}:{text}".encode(errors="replace"), hashlib.sha256
    ).hexdigest()
