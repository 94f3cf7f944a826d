"""Lots that anybody can draw again, and that nobody could know beforehand."""

import hashlib
from collections.abc import Iterable

from app.voting.methods.base import OptionId


def lot(manifest_hash: str, chain_head: str, draw: str, ids: Iterable[OptionId]) -> list[OptionId]:
    """The options in the order of a lot.

    The seed is SHA-256 of the three texts one after the other in UTF-8: hash of the question, head
    of the chain after the close, and an external draw named beforehand. The options are ordered by
    SHA-256 of the seed's hexadecimal digits followed by the option's number or name.
    """
    seed = hashlib.sha256(f"{manifest_hash}{chain_head}{draw}".encode()).hexdigest()
    return sorted(ids, key=lambda option: hashlib.sha256(f"{seed}{option}".encode()).digest())
