"""Search finds what people mean, the same on both databases (docs/search.md has the table)."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.db import db
from app.core.search import alike, asking, excerpts, keeping
from app.core.search.models import SearchEntry, SearchTrigram, SearchWord
from app.core.search.sources import Group
from app.core.search.words import Terms, near
from app.core.transactions import transaction
from app.proposals.models import Proposal
from config import ROOT
from tests.factories.comments import comment
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import round_

ROW = re.compile(r"^\| (?!typed|-)([^|]+?) \| ([^|]+?) \| (\w\w) \| [^|]+ \|$", re.MULTILINE)
PAIRS = ROW.findall((Path(ROOT) / "docs" / "search.md").read_text())


def _titles(q: str, language: str = "de", group: Group | None = None) -> list[str]:
    """As the page does: mistyped words where little is found."""
    terms = asking.terms(q)
    found = asking.find(terms, language, group=group)
    if len(found.entries) >= asking.FEW:
        return [entry.title for entry in found.entries]
    meant = asking.find(asking.widened(terms), language, group=group, but=terms)
    return [entry.title for entry in (*found.entries, *meant.entries)]


@pytest.mark.both
def test_the_pairs_of_the_documentation(context):
    assert len(PAIRS) >= 30
    there = round_()
    titles: dict[str, str] = {}
    for typed, written, language in PAIRS:
        titles[typed] = f"Entwurf {len(titles)}"
        text = f"Hier steht {written} im Text."
        proposal(there, title=titles[typed], body=text, language=language)
    for typed, title in titles.items():
        assert title in _titles(typed), typed


@pytest.mark.both
def test_every_word_must_be_there_and_small_ones_need_not(context):
    there = round_()
    proposal(there, title="Spielplatz in Linden")
    proposal(there, title="Spielplatz Bothfeld")
    assert _titles("der Spielplatz von Linden") == ["Spielplatz in Linden"]
    assert _titles("Spielplatz Ricklingen") == []
    assert _titles("") == _titles("?! ...") == []


@pytest.mark.both
def test_my_language_first_then_titles_then_the_newest(context):
    there = round_()
    proposal(there, title="In the text", body="About a Spielplatz.", language="en")
    proposal(there, title="Anderes", body="Ein Spielplatz.")
    proposal(there, title="Spielplatz alt")
    proposal(there, title="Spielplatz neu")
    proposal(there, title="Spielplatz, as we say", language="en")
    assert _titles("Spielplatz", "de") == [
        *("Spielplatz neu", "Spielplatz alt", "Anderes"),
        *("Spielplatz, as we say", "In the text"),
    ]
    assert _titles("Spielplatz", "en")[:2] == ["Spielplatz, as we say", "In the text"]


@pytest.mark.both
def test_pages_follow_one_another_without_gap_or_repetition(context):
    there = round_()
    for number in range(25):
        proposal(
            there, title=f"Brunnen {number}" if number % 2 else f"Text {number}", body="Brunnen"
        )
    terms = asking.terms("brunnen")
    first = asking.find(terms, "de")
    assert len(first.entries) == asking.PAGE
    assert first.next_key is not None
    second = asking.find(terms, "de", after=first.next_key)
    titles = [entry.title for entry in (*first.entries, *second.entries)]
    assert len(set(titles)) == len(titles) == 25
    assert second.next_key is None
    assert first.counts[Group.PROPOSALS] == 25


@pytest.mark.both
def test_kinds_are_counted_and_chosen(context):
    made = proposal(round_(), title="Brunnen")
    comment(made, body="Ein Brunnen wäre schön.")
    organisation("Brunnen e. V.")
    counts = asking.find(asking.terms("Brunnen"), "de", group=Group.COMMENTS).counts
    assert {group: n for group, n in counts.items() if n} == {
        Group.PROPOSALS: 1,
        Group.COMMENTS: 1,
        Group.ORGANISATIONS: 1,
    }
    assert _titles("Brunnen", group=Group.ORGANISATIONS) == ["Brunnen e. V."]


@pytest.mark.both
def test_similar_titles_for_whoever_writes_a_new_one(context):
    there = round_()
    proposal(there, title="Mehr Sprachkurse am Abend in Linden")
    proposal(there, title="Sprachkurse am Abend")
    proposal(there, title="Ein Brunnen für den Markt")
    found = alike.similar("Sprachkurs abends anbieten: Sprachkrse am Abend")
    assert [one.title for one in found][:1] == ["Sprachkurse am Abend"]
    assert "Ein Brunnen für den Markt" not in [one.title for one in found]
    assert all(0 < one.share <= 1 for one in found)
    assert alike.similar("") == alike.similar("am") == []


@pytest.mark.both
def test_check_sees_what_is_wrong_and_rebuild_mends_it(context, app):
    there = round_()
    kept, changed, gone = (proposal(there, title=f"Brunnen {n}") for n in "abc")
    runner = app.test_cli_runner()
    assert "right" in runner.invoke(args=["search", "check"]).output
    with transaction():
        db.session.get_one(Proposal, changed.id).title = "Teich"
        db.session.query(SearchEntry).where(SearchEntry.key == kept.id).delete()
        db.session.query(SearchEntry).where(SearchEntry.key == gone.id).update({"key": 999_999})
    assert keeping.check() == (2, 1, 1)
    said = runner.invoke(args=["search", "check"])
    assert said.exit_code == 1
    assert "2 missing, 1 out of date, 1 too many" in said.output
    assert "2 added, 1 changed, 1 taken out" in runner.invoke(args=["search", "rebuild"]).output
    assert not any(keeping.check())
    assert sorted(_titles("Brunnen")) == ["Brunnen a", "Brunnen c"]
    assert _titles("Teich") == ["Teich"]


@pytest.mark.both
def test_words_of_texts_that_are_gone_are_forgotten(context):
    made = proposal(round_(), title="Zwetschgenkuchen")
    with transaction():
        db.session.query(SearchEntry).where(SearchEntry.key == made.id).delete()
    assert db.session.get(SearchWord, "zwetschgenkuchen") is not None
    keeping.forget_words()
    db.session.rollback()
    assert db.session.get(SearchWord, "zwetschgenkuchen") is None
    assert (
        db.session.query(SearchTrigram).where(SearchTrigram.word == "zwetschgenkuchen").count() == 0
    )


@pytest.mark.both
@pytest.mark.parametrize(
    "hostile",
    [
        'a" OR "b',
        "brunnen NEAR(x y)",
        "tokens:brunnen",
        "brunnen*",
        "-brunnen",
        "' | 'x",
        "a & !b",
        "(((",
        "%",
        "_",
        "\\",
        "';--",
        "x" * 100_000,
        "g_proposals",
        "\ufffd\u202e",
        "🏳️‍🌈 ①²",
        "\x00",
    ],
)
def test_signs_that_mean_something_to_a_database_mean_nothing(context, hostile):
    proposal(round_(), title="Brunnen")
    terms = asking.terms(hostile)
    asking.find(asking.widened(terms), "de", but=terms)
    alike.similar(hostile)


def test_found_words_are_marked_where_they_stand():
    forms = Terms((("haus", frozenset({"haus"})),)).forms
    text = "Wort " * 40 + "und die »Häuser« dort, " + "Wort " * 40
    pieces = excerpts.excerpt(text, forms, "de")
    assert [piece.text for piece in pieces if piece.found] == ["Häuser"]
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"
    assert excerpts.marked("Kein Treffer", forms, "de") == [("Kein Treffer", False)]


@given(st.text(max_size=60))
def test_marking_never_changes_a_text(text):
    forms = frozenset({"a", "1"})
    assert "".join(piece.text for piece in excerpts.marked(text, forms, "de")) == text


@pytest.mark.parametrize(
    ("typed", "known", "expected"),
    [
        ("haus", "hau", True),
        ("haus", "hasu", True),
        ("haus", "hats", True),
        ("haus", "haus", False),
        ("haus", "maut", False),
        ("sprachkurs", "sprahckrus", True),
        ("sprachkurs", "spruchkirch", False),
    ],
)
def test_slips_of_the_fingers(typed, known, expected):
    assert near(typed, known) is expected
