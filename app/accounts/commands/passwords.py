"""Passwords. Hashing takes long on purpose: do it before a write transaction, never in one."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()

# Verified where there is no account or no password, so that the answer takes as long: the hash of
# random bytes that nobody kept.
NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$zdByE9OsHkCRDek3KfSCzQ$BQw6cO"
    "5OciGPSb0E/XudC4Yzx68PjkYC5YHp/i/Jlyw"
)


def hash_password(password: str) -> str:
    return _hasher.hash(_same_letters(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the right one; takes as long where there is none."""
    try:
        _hasher.verify(password_hash or NOBODYS, _same_letters(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def _same_letters(password: str) -> str:
    """Keyboards send ä in two ways; both are the same password."""
    return unicodedata.normalize("NFKC", password)
