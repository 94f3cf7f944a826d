"""Proof of work: a little computing that costs a person nothing and a thousand forms much.

In place of a puzzle; whoever has no script goes without and is let in less often.
"""

import hashlib
import re

BITS = 14
"""About 16,000 hashes: well below a second on a phone."""
_NONCE = re.compile(r"[0-9]{1,12}", re.ASCII)


def is_done(challenge: str, nonce: str) -> bool:
    """Whether the digest of `challenge:nonce` begins with BITS zeros. See static/js/work.js."""
    if not _NONCE.fullmatch(nonce):
        return False
    digest = hashlib.sha256(f"{challenge}:{nonce}".encode(errors="replace")).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0
