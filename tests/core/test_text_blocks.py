"""Blocks of a text keep their ids through edits, and each is told what became of it."""

import subprocess
import sys
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.text.blocks import Block, Fate, Matched, What, match, part
from app.core.text.markdown import to_plain

FIRST = "The city opens three rooms where volunteers meet newcomers every week."
SECOND = "Interpreters accompany families to schools, doctors and public offices."
THIRD = "A yearly report says in plain words what was done with the money."


def blocks(*texts: str) -> list[Block]:
    return [Block(index + 1, words) for index, words in enumerate(texts)]


def found(before: list[Block], *texts: str) -> Matched:
    return match(before, "\n\n".join(texts))


def ids(matched: Matched) -> list[int | None]:
    return [one.id for one in matched.placed]


def what(matched: Matched) -> list[What]:
    return [fate.what for fate in matched.fates.values()]


def test_paragraphs_headings_quotes_and_items_are_blocks():
    text = "# Rooms\nOne\nparagraph\n\n- first\n- second\n  goes on\n  - inside\n\n> said\n\n2. two"
    assert part(text) == [
        "# Rooms",
        "One\nparagraph",
        "- first",
        "- second\n  goes on\n  - inside",
        "> said",
        "2. two",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "   \n"])
def test_an_empty_text_has_no_blocks(text):
    assert part(text) == []
    assert match(blocks(FIRST), text).fates == {1: Fate(What.DELETED, (), False)}


def test_what_is_too_deep_to_be_read_as_markdown_is_parted_at_its_empty_lines():
    assert part("> " * 40 + "deep\n\nflat") == ["> " * 40 + "deep", "flat"]


def test_other_blanks_change_nothing():
    matched = found(blocks(FIRST, SECOND), FIRST.replace(" ", "\n", 1) + "\n", SECOND)
    assert what(matched) == [What.KEPT, What.KEPT]


def test_changed():
    matched = found(blocks(FIRST, SECOND), FIRST.replace("three", "four large"), SECOND)
    assert ids(matched) == [1, 2]
    assert matched.fates[1] == Fate(What.CHANGED, (0,), True)


def test_moved_and_changed_at_once():
    matched = found(
        blocks(FIRST, SECOND, THIRD), SECOND, THIRD, FIRST.replace("three", "four large")
    )
    assert ids(matched) == [2, 3, 1]
    assert matched.fates[1] == Fate(What.MOVED, (2,), True)
    assert what(matched)[1:] == [What.KEPT, What.KEPT]


def test_split_the_longer_part_keeps_the_id():
    matched = found(
        blocks(FIRST, SECOND), "The city opens three rooms.", "Volunteers meet newcomers.", SECOND
    )
    assert matched.fates[1] == Fate(What.SPLIT, (0, 1), True)
    assert ids(matched) == [1, None, 2]
    assert matched.placed[1].sources == (1,)


def test_merged_the_longer_one_gives_the_id():
    matched = found(
        blocks("Families are welcome.", SECOND, THIRD), f"Families are welcome. {SECOND}", THIRD
    )
    assert ids(matched) == [2, 3]
    assert matched.placed[0].sources == (2, 1)
    assert matched.fates[1] == matched.fates[2] == Fate(What.MERGED, (0,), True)


def test_deleted_and_new():
    matched = found(blocks(FIRST, SECOND), FIRST, THIRD)
    assert what(matched) == [What.KEPT, What.DELETED]
    assert ids(matched) == [1, None]
    assert matched.placed[1].sources == ()


def test_a_copy_is_new_and_takes_nothing_from_the_original():
    matched = found(blocks(FIRST, SECOND), FIRST, SECOND, FIRST)
    assert what(matched) == [What.KEPT, What.KEPT]
    assert ids(matched) == [1, 2, None]


def test_two_copies_with_a_change_each_are_no_split():
    matched = found(blocks(FIRST), f"{FIRST} Soon.", f"{FIRST} Later.")
    assert what(matched) == [What.CHANGED]
    assert ids(matched) == [1, None]


def test_little_words_that_stand_everywhere_make_nothing_alike():
    old = ["The way of the one and the other.", "The end of the year and the day."]
    matched = found(
        blocks(*old), "The sea of the fish and the bird.", "The top of the hill and the sky."
    )
    assert what(matched) == [What.DELETED, What.DELETED]


def test_arabic():
    first = "تفتح المدينة ثلاث غرف يلتقي فيها المتطوعون بالقادمين الجدد كل أسبوع"
    second = "يرافق المترجمون العائلات إلى المدارس والأطباء والدوائر"
    matched = found(blocks(first, second), second, first.replace("ثلاث", "أربع"))
    assert set(ids(matched)) == {1, 2}
    assert What.MOVED in what(matched)


# Random edits. Every word stands once, so that what was done can be told from the text alone.

WORDS = st.integers(0, 5_000)


class Edit(NamedTuple):
    name: str
    at: float
    to: float


TEXTS = st.integers(3, 9).flatmap(
    lambda many: st.lists(st.integers(8, 24), min_size=many, max_size=many)
)
PLACES = st.floats(0, 0.999)


def written(lengths: list[int]) -> list[list[str]]:
    numbers = iter(range(10_000))
    return [[f"word{next(numbers)}" for _ in range(length)] for length in lengths]


def text_of(paragraphs: list[list[str]]) -> str:
    return "\n\n".join(" ".join(words) for words in paragraphs)


def old_blocks(paragraphs: list[list[str]]) -> list[Block]:
    return [Block(100 + n, " ".join(words)) for n, words in enumerate(paragraphs)]


def place(at: float, many: int) -> int:
    return int(at * many)


def others_stay(matched: Matched, *touched: int) -> bool:
    kept = [fate for id, fate in matched.fates.items() if id - 100 not in touched]
    return all(fate.what is What.KEPT for fate in kept)


@given(TEXTS, PLACES)
def test_whatever_one_deletes(lengths, at):
    paragraphs = written(lengths)
    gone = place(at, len(paragraphs))
    matched = match(old_blocks(paragraphs), text_of(paragraphs[:gone] + paragraphs[gone + 1 :]))
    assert matched.fates[100 + gone] == Fate(What.DELETED, (), False)
    assert others_stay(matched, gone)


@given(TEXTS, PLACES)
def test_whatever_one_adds(lengths, at):
    paragraphs = written(lengths)
    here = place(at, len(paragraphs) + 1)
    added = [[f"new{n}" for n in range(12)]]
    matched = match(old_blocks(paragraphs), text_of(paragraphs[:here] + added + paragraphs[here:]))
    assert matched.placed[here].id is None
    assert matched.placed[here].sources == ()
    assert others_stay(matched)


@given(TEXTS, PLACES, PLACES, st.integers(1, 3))
def test_whatever_one_changes(lengths, at, to, many):
    paragraphs = written(lengths)
    here = place(at, len(paragraphs))
    changed = list(paragraphs[here])
    start = place(to, len(changed))
    changed[start : start + many] = [f"new{n}" for n in range(many)]
    matched = match(
        old_blocks(paragraphs), text_of([*paragraphs[:here], changed, *paragraphs[here + 1 :]])
    )
    assert matched.fates[100 + here] == Fate(What.CHANGED, (here,), True)
    assert matched.placed[here].id == 100 + here
    assert others_stay(matched, here)


@given(TEXTS, PLACES, PLACES)
def test_whatever_one_moves(lengths, at, to):
    paragraphs = written(lengths)
    here, there = place(at, len(paragraphs)), place(to, len(paragraphs))
    assume(here != there)
    order = [n for n in range(len(paragraphs)) if n != here]
    order.insert(there, here)
    matched = match(old_blocks(paragraphs), text_of([paragraphs[n] for n in order]))
    assert ids(matched) == [100 + n for n in order]
    moved = [id - 100 for id, fate in matched.fates.items() if fate.what is What.MOVED]
    # Of two neighbours that changed places either one is the one that moved.
    assert moved == [here] or (abs(here - there) == 1 and moved == [there])
    assert others_stay(matched, *moved)


@given(TEXTS, PLACES, PLACES)
def test_whatever_one_splits(lengths, at, to):
    paragraphs = written(lengths)
    here = place(at, len(paragraphs))
    words = paragraphs[here]
    cut = 1 + place(to, len(words) - 1)
    matched = match(
        old_blocks(paragraphs),
        text_of([*paragraphs[:here], words[:cut], words[cut:], *paragraphs[here + 1 :]]),
    )
    assert matched.fates[100 + here] == Fate(What.SPLIT, (here, here + 1), True)
    longer = here if cut >= len(words) - cut else here + 1
    assert matched.placed[longer].id == 100 + here
    assert [one.sources for one in matched.placed[here : here + 2]] == [(100 + here,)] * 2
    assert others_stay(matched, here)


@given(TEXTS, PLACES)
def test_whatever_one_merges(lengths, at):
    paragraphs = written(lengths)
    here = place(at, len(paragraphs) - 1)
    both = paragraphs[here] + paragraphs[here + 1]
    matched = match(
        old_blocks(paragraphs), text_of([*paragraphs[:here], both, *paragraphs[here + 2 :]])
    )
    told = Fate(What.MERGED, (here,), True)
    assert matched.fates[100 + here] == matched.fates[101 + here] == told
    longer = here if len(paragraphs[here]) >= len(paragraphs[here + 1]) else here + 1
    assert matched.placed[here].id == 100 + longer
    assert set(matched.placed[here].sources) == {100 + here, 101 + here}
    assert others_stay(matched, here, here + 1)


# Any texts at all: few words, so that much is alike.

ANY = st.lists(
    st.lists(
        st.sampled_from(["a", "b", "room", "the", "-", ">", "#", "1."]), min_size=1, max_size=6
    ).map(" ".join),
    max_size=7,
).map("\n\n".join)


@given(ANY, ANY)
def test_every_block_has_one_fate_and_no_id_stands_twice(old, new):
    before = [Block(7 * n, words) for n, words in enumerate(part(old))]
    matched = match(before, new)
    assert [one.words for one in matched.placed] == part(new)
    assert list(matched.fates) == [block.id for block in before]
    given_ids = [one.id for one in matched.placed if one.id is not None]
    assert len(set(given_ids)) == len(given_ids)
    for id, fate in matched.fates.items():
        assert fate.into == tuple(n for n, one in enumerate(matched.placed) if id in one.sources)
        assert (fate.what is What.DELETED) == (fate.into == ())
        assert (fate.what is What.SPLIT) == (len(fate.into) > 1)
        if fate.what in (What.KEPT, What.CHANGED, What.MOVED, What.SPLIT):
            assert id in given_ids
    for one in matched.placed:
        assert one.id is None or one.id in one.sources


@given(ANY)
def test_an_unchanged_text_keeps_all_its_blocks(text):
    before = [Block(n, words) for n, words in enumerate(part(text))]
    matched = match(before, text)
    assert ids(matched) == [block.id for block in before]
    assert set(what(matched)) <= {What.KEPT}


@given(st.text("ab\n\n -#>*1. \t", max_size=60))
def test_parting_loses_no_sign_and_each_block_stands_for_itself(text):
    parted = part(text)
    assert "".join("".join(parted).split()) == "".join(text.split())
    assert all(words.strip() for words in parted)
    letters = [letter for words in parted for letter in to_plain(words) if letter in "ab"]
    assert letters == [letter for letter in to_plain(text) if letter in "ab"]


@pytest.mark.long
def test_the_same_answer_in_another_process():
    """Sets of words come in another order with every start of Python."""
    code = (
        "from app.core.text.blocks import Block, match;"
        "print(match([Block(1, 'a b c d e'), Block(2, 'a b c d f'), Block(3, 'b c d e g')],"
        " 'c d e f g\\n\\na b c d x\\n\\nb c e f'))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
