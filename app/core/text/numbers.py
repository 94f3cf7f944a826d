"""Whole numbers in addresses and hidden fields: keys of pages, ids, editions."""

import re

_DIGITS = 9  # what surely fits into an integer of the database
_NUMBERS = re.compile(r"[0-9]{1,9}")


def last_number(address: str) -> int:
    """…/proposals/12, …/proposals/12#c34 and 34 all name last what is meant; 0: nothing is."""
    found = _NUMBERS.findall(address.partition("?")[0])
    return int(found[-1]) if found else 0


def small_number(typed: str | None) -> int | None:
    """The number that ASCII digits name, at most nine of them; None for anything else."""
    if typed and typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS:
        return int(typed)
    return None
