"""What changed between two texts, in words."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.text.diff import MOST_TOKENS, Change, pieces

WORDS = st.lists(st.sampled_from(["ein", "Haus", "für", "alle", "  ", "\n\n", ".", "بيت", "é"]))


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_both_texts_come_back_to_the_letter(old, new):
    found = pieces(old, new)
    assert "".join(p.text for p in found if p.change is not Change.ADDED) == old
    assert "".join(p.text for p in found if p.change is not Change.REMOVED) == new


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_written(old, new):
    found = pieces(old, new)
    assert "".join(p.text for p in found if p.change is not Change.ADDED) == old
    assert "".join(p.text for p in found if p.change is not Change.REMOVED) == new
    assert all(p.text for p in found)


def test_words_and_not_letters():
    found = pieces("Ein Haus für alle.", "Ein Garten für alle.")
    assert [(p.change, p.text) for p in found] == [
        (Change.SAME, "Ein "),
        (Change.REMOVED, "Haus"),
        (Change.ADDED, "Garten"),
        (Change.SAME, " für alle."),
    ]


def test_a_rewritten_phrase_reads_as_one():
    found = pieces("Wir treffen uns am Montag.", "Wir kochen jeden Freitag.")
    removed = [p.text for p in found if p.change is Change.REMOVED]
    assert removed == ["treffen uns am Montag"]


def test_nothing_changed_is_one_piece():
    assert [p.change for p in pieces("Ein Haus.", "Ein Haus.")] == [Change.SAME]
    assert pieces("", "") == []


def test_very_long_texts_are_not_compared_word_by_word():
    old, new = "a " * MOST_TOKENS, "b " * MOST_TOKENS
    assert [p.change for p in pieces(old, new)] == [Change.REMOVED, Change.ADDED]
