"""Paragraphs, and two changes of one of them: nothing is lost, nothing twice."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.text.amending import find, merge, paragraphs, with_paragraph

SOME = ("ein", "Haus", "für", "alle", "am", "Markt", "und", "mehr", "Licht", "حديقة")
SENTENCE = st.lists(st.sampled_from(SOME), min_size=1).map(" ".join)
TEXT = st.lists(SENTENCE, min_size=1, max_size=6).map("\n\n".join)


@given(st.text(alphabet="ab \n\t", max_size=60))
def test_paragraphs_and_gaps_are_the_text(text):
    same = text
    for index, words in enumerate(paragraphs(text)):
        if words:
            same = with_paragraph(same, index, words)
    assert same == text


@given(TEXT, st.integers(0, 5), SENTENCE)
def test_another_paragraph_is_never_touched(text, index, words):
    parts = paragraphs(text)
    index %= len(parts)
    changed = paragraphs(with_paragraph(text, index, words))
    assert changed == [*parts[:index], words, *parts[index + 1 :]]
    gone = paragraphs(with_paragraph(text, index, ""))
    assert gone == ([*parts[:index], *parts[index + 1 :]] or [""])


@given(SENTENCE, SENTENCE)
def test_one_change_alone_is_that_change(base, changed):
    assert merge(base, changed, base).text == changed
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, changed).text == changed


@given(SENTENCE, SENTENCE, SENTENCE)
def test_whichever_comes_first(base, one, other):
    assert merge(base, one, other) == merge(base, other, one)


@given(SENTENCE, st.lists(st.sampled_from(["neu1", "neu2", "neu3"]), min_size=1, max_size=3))
def test_merged_words_are_there_once(base, new):
    """What each adds stands in the merged text exactly once, and nothing else has gone."""
    one = " ".join([*base.split(), *(f"a{word}" for word in new)])
    other = " ".join([*(f"b{word}" for word in new), *base.split()])
    merged = merge(base, one, other)
    assert merged.text is not None
    said = merged.text.split()
    assert sorted(said) == sorted(
        [*base.split(), *(f"a{word}" for word in new), *(f"b{word}" for word in new)]
    )


@given(TEXT, st.data())
def test_changes_of_different_paragraphs_in_any_order(text, data):
    """Accepting amendments one after the other, each found again in the text that moved on."""
    parts = [f"{index} {words}" for index, words in enumerate(paragraphs(text))]
    text = "\n\n".join(parts)
    new = [f"{words} (geändert)" for words in parts]
    order = data.draw(st.permutations(range(len(parts))))
    now = text
    for index in order:
        place = find(text, index, now)
        assert place.at is not None
        merged = merge(parts[index], new[index], place.words)
        assert merged.text is not None
        now = with_paragraph(now, place.at, merged.text)
    assert now == "\n\n".join(new)


def test_the_same_words_are_a_conflict():
    base = "Ein Haus am Markt mit Garten."
    assert merge(base, "Ein Haus am Bahnhof mit Garten.", "Ein Haus am See mit Garten.").conflict
    merged = merge(base, "Ein Haus am See mit Garten.", "Das Haus am Markt mit Garten.")
    assert merged.text == "Das Haus am See mit Garten."


def test_a_paragraph_is_found_again_after_edits():
    before = "Eins steht hier.\n\nZwei steht hier auch.\n\nDrei."
    now = "Null ist neu.\n\nEins steht hier.\n\nZwei steht dort auch.\n\nDrei."
    assert find(before, 0, now) == (1, "Eins steht hier.")
    assert find(before, 1, now) == (2, "Zwei steht dort auch.")
    assert find(before, 1, "Ganz anderes.").at is None
