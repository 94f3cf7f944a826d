"""What people send is kept as they meant it, and nothing in it can hurt a page, a log or a name."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text.clean import MOST_MARKS, TextRefused, clean_line, clean_text

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
DIRTY = st.text(
    st.sampled_from("a ä\u0308\u0301\u0316\u202e\u2066\u200e\u200b\u200c\0\ud800\r\n\t\x85\u2028"),
    max_size=60,
)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  Sprachcafé \t im\nHof ", "Sprachcafé im Hof"),
        ("Cafe\u0301", "Café"),
        ("A\0B\x07C\x9dD", "ABCD"),
        ("lone \ud83d surrogate \udc00", "lone surrogate"),
        ("\ufeffBrücke", "Brücke"),
        ("\u202eekcürB\u202c", "ekcürB"),
        ("\u2066Brücke\u2069\u200f", "Brücke"),
        ("Brü\u00adcke\u200b", "Brücke"),
        ("Brücke\U000e0041", "Brücke"),
        ("خانه\u200cهای", "خانه\u200cهای"),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("\u3000 \u00a0", ""),
    ],
)
def test_a_line_is_kept_without_its_dirt(sent: str, kept: str) -> None:
    assert clean_line(sent, 100) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("One\r\nTwo\rThree\u2028Four\x85Five", "One\nTwo\nThree\nFour\nFive"),
        ("One  \n\n \n\n\n\nTwo\n\n", "One\n\n\nTwo"),
        ("- a\n  - b\t\tc", "- a\n  - b\t\tc"),
        ("  - first\n  - second", "  - first\n  - second"),
        ("\n \nText", "Text"),
        ("mark \u200f stays, override \u202e goes", "mark \u200f stays, override  goes"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u0301", "é"),
        ("\0\0", ""),
    ],
)
def test_a_text_is_kept_without_its_dirt(sent: str, kept: str) -> None:
    assert clean_text(sent, 100) == kept


def test_what_is_too_long_is_refused_and_says_by_how_much() -> None:
    with pytest.raises(TextRefused) as refused:
        clean_text("x" * 107, 100)
    assert (refused.value.reason, refused.value.excess) == ("too_long", 7)
    assert clean_text("x" * 100, 100) == "x" * 100


def test_length_is_counted_in_characters_after_cleaning() -> None:
    assert clean_line("o\u0308" * 10, 10) == "ö" * 10
    assert clean_line("  x   y  ", 3) == "x y"
    assert clean_line("🏘" * 10, 10) == "🏘" * 10
    with pytest.raises(TextRefused):
        clean_line("ö" * 11, 10)


def test_a_tower_of_marks_is_cut_to_what_a_script_may_need() -> None:
    assert len(clean_line("z" + "\u0330" * 500, 100)) == 1 + MOST_MARKS
    vocalised = unicodedata.normalize("NFC", "قَدَّمَ")
    assert clean_line(vocalised, 100) == vocalised


@pytest.mark.parametrize(
    "flood",
    [
        "a",
        " ",
        "\n",
        " \n",
        "\0x",
        "\ud800",
        "\u202e",
        "a\u0301\u0316",
        "\u0301\u0316",
        "\r\n",
        "لا",
    ],
)
def test_a_megabyte_is_answered_fast(flood: str) -> None:
    text = flood * (1_000_000 // len(flood))
    began = time.perf_counter()
    for clean, most in ((clean_line, 200), (clean_text, 20_000)):
        with pytest.raises(TextRefused):
            clean(text, most)
    assert time.perf_counter() - began < 0.5
    # Even where a text of that length is allowed.
    clean_text(text, 1_000_000)
    assert time.perf_counter() - began < 3


@given(st.one_of(ANYTHING, DIRTY))
def test_what_was_cleaned_is_clean(sent: str) -> None:
    line, text = clean_line(sent, 1000), clean_text(sent, 1000)
    assert clean_line(line, 1000) == line
    assert clean_text(text, 1000) == text
    for kept in (line, text):
        kept.encode()  # no lone surrogates
        assert unicodedata.is_normalized("NFC", kept)
        assert not {"\0", "\r", "\u202e", "\u2066", "\u2028", "\ufeff"} & set(kept)
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip()


@given(st.text(st.characters(categories=("L", "N", "P")), max_size=50))
def test_words_are_never_changed(words: str) -> None:
    composed = unicodedata.normalize("NFC", words)
    assert clean_line(words, 100) == clean_text(words, 100) == composed
