"""Whatever stands in an address: a number that fits the database, or none."""

import pytest

from app.core.text.numbers import small_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("17", 17),
        ("0", 0),
        ("007", 7),
        ("999999999", 999_999_999),
        ("1000000000", None),
        ("", None),
        (None, None),
        ("-1", None),
        ("1.5", None),
        ("1 ", None),
        ("\u0661", None),  # an Arabic digit
        ("\u00b2", None),  # a superscript
        ("1_000", None),
        ("x", None),
        ("9" * 100_000, None),
    ],
)
def test_small_numbers(typed, number):
    assert small_number(typed) == number
