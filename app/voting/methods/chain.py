"""Check codes, commitments, and the chain of sealed batches. Pure functions; docs/votes.md says how
anybody can compute the same.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from app.voting.methods.base import Content, canonical, digest

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which people take for one another: five bits each."""

LENGTH, GROUP = 20, 4


def new_code() -> str:
    """A check code of 100 random bits: 7F3K-…"""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def tidy(typed: str) -> str:
    """A code as it was shown, however it was typed in; "" for what cannot be one."""
    letters = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    if len(letters) != LENGTH:
        return ""
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def nonce_of(manifest_hash: str, code: str) -> str:
    """What opens the commitment: SHA-256 of manifest hash, line break, check code."""
    return hashlib.sha256(f"{manifest_hash}\n{code}".encode()).hexdigest()


def commitment(manifest_hash: str, content: Content, nonce: str) -> str:
    """SHA-256 of question (its manifest hash), ballot (canonical JSON) and nonce, one a line."""
    parts = [manifest_hash.encode(), canonical(dict(content)), nonce.encode()]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def head_after(head: str, commitments: Iterable[str]) -> str:
    """The head after one more batch: SHA-256 of the canonical JSON [head, [sorted commitments]]."""
    return digest([head, sorted(commitments)])


def unbroken(manifest_hash: str, batches: Sequence[dict[str, Any]]) -> bool:
    """Whether each batch's head follows from the one before; the first from the manifest hash."""
    head = manifest_hash
    for batch in batches:
        head = head_after(head, batch["commitments"])
        if head != batch["head"]:
            return False
    return True
