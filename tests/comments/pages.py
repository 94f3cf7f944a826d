"""Reading a page as a test does."""

import re


def found(pattern: str, text: str) -> str:
    """The first group of the pattern, which must be there."""
    match = re.search(pattern, text)
    assert match is not None, pattern
    return match[1]
