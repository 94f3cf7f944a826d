"""Whole numbers in addresses and hidden fields: keys of pages, ids, editions."""

_DIGITS = 9  # what surely fits into an integer of the database


def small_number(typed: str | None) -> int | None:
    """The number that ASCII digits name, at most nine of them; None for anything else."""
    if typed and typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS:
        return int(typed)
    return None
