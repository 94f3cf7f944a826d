"""Who searches in another language finds what the plan says in it, once, and nothing it hides."""

import re

import pytest

from app.core.db import db
from app.core.policy import SYSTEM
from app.core.search import keeping
from app.core.transactions import transaction
from app.plan import commands
from app.plan import queries as reading
from app.plan.models import PlanTranslation
from app.plan.queries import field_history, translations
from tests.factories.plan import field, measure, plan


@pytest.fixture
def made(context):
    there = plan("Plan")
    place = field(there, "Teilhabe")
    with transaction():
        return commands.create_measure(
            there,
            title="Ankommen 2027",
            description="Alle sprechen mit.\n\n- Beratung am Abend.",
            field_ids=[place.id],
            reason="x",
            by=SYSTEM,
        )


def _translate(owner, language, *words):
    """Pieces in their order; an empty one is left out."""
    last = translations.newest(owner.id, language)
    source = translations.source_of(owner, "de")
    names = [piece.name for piece in source.pieces]
    with transaction():
        return commands.translate(
            source,
            language,
            dict(zip(names, words, strict=False)),
            of=source.digest,
            edition=last.number if last is not None else 0,
            by=SYSTEM,
        )


def _change(one, **values):
    with transaction():
        found = reading.measure(one.id)
        assert found is not None
        commands.change_measure(found, **values, reason="x", by=SYSTEM)


def _another(one, title):
    found = reading.get_plan(one.plan_id)
    assert found is not None
    return measure(found, title)


def _hits(client, language, q):
    """Titles as they stand in the results, without the marks."""
    page = client.get(f"/{language}/search", query_string={"q": q}).text
    cards = re.findall(r"<h2[^>]*><a href=\"[^\"]+\"><bdi[^>]*>(.*?)</bdi>", page)
    return [re.sub(r"</?mark>", "", one) for one in cards]


@pytest.mark.both
def test_found_by_the_words_of_the_translation(made, client):
    assert _hits(client, "ar", "استشارة") == []
    _translate(made, "ar", "القدوم 2027", "الجميع يتحدث.", "استشارة في المساء.")
    page = client.get("/ar/search?q=الاستشارة").text
    assert f'href="/ar/measures/{made.id}"' in page
    assert "<mark>استشارة</mark>" in page
    assert _hits(client, "ar", "قدوم") == ["القدوم 2027"]
    assert "القدوم 2027" in client.get("/ar/plan?q=استشارة").text, (
        "the plan's own list finds it too"
    )
    assert "القدوم 2027" not in client.get("/ar/plan?q=لاشيء").text
    assert not any(keeping.check())


def test_one_result_in_the_language_in_which_it_was_found(made, client):
    _translate(made, "ar", "القدوم 2027", "الجميع يتحدث.", "استشارة")
    _translate(made, "en", "Arriving 2027")
    assert _hits(client, "ar", "2027") == ["القدوم 2027"]
    assert _hits(client, "en", "2027") == ["Arriving 2027"]
    assert _hits(client, "de", "2027") == ["Ankommen 2027"]
    assert _hits(client, "en", "القدوم") == ["القدوم 2027"]
    assert _hits(client, "ar", "Beratung") == ["Ankommen 2027"]
    page = client.get("/en/search", query_string={"q": "القدوم"}).text
    assert '<h2 lang="ar">' in page
    assert "العربية" in page


def test_what_is_translated_into_my_language_comes_first(made, client):
    other = _another(made, "Ankommen 2028")
    assert _hits(client, "ar", "Ankommen") == ["Ankommen 2028", "Ankommen 2027"]
    _translate(made, "ar", "القدوم 2027")
    assert _hits(client, "ar", "Ankommen") == ["Ankommen 2027", "Ankommen 2028"]
    assert other.id != made.id


@pytest.mark.both
def test_as_the_page_has_it_after_a_change_of_the_original(made, client):
    _translate(made, "ar", "القدوم", "الجميع يتحدث.", "استشارة")
    _change(made, title="Bleiben", description="Alle sprechen mit, auch Kinder.")
    assert _hits(client, "ar", "القدوم") == [], "that was another title"
    assert _hits(client, "ar", "استشارة") == [], "what it translated is gone"
    assert _hits(client, "ar", "يتحدث") == ["Bleiben"], "behind, and still on the page"
    assert "يتحدث" in client.get(f"/ar/measures/{made.id}").text
    _translate(made, "ar", "البقاء", "والأطفال أيضا")
    assert _hits(client, "ar", "يتحدث") == []
    assert _hits(client, "ar", "البقاء") == ["البقاء"]
    assert not any(keeping.check())


def test_a_field_is_found_by_its_goals(made, client):
    row = field_history.get(reading.fields(made.plan_id)[0].id)
    assert row is not None
    with transaction():
        commands.change_field(
            row,
            title=row.title,
            goals_lead="Hannover …",
            goals=["spricht viele Sprachen"],
            edition=row.version_number,
            reason="x",
            by=SYSTEM,
        )
    _translate(row, "ar", "المشاركة", "هانوفر …", "تتحدث لغات كثيرة")
    assert _hits(client, "ar", "لغات") == ["المشاركة"]
    assert not any(keeping.check())


def test_the_index_is_made_anew_with_them(made, client):
    _translate(made, "ar", "القدوم", "الجميع يتحدث.", "استشارة")
    with transaction():
        db.session.query(PlanTranslation).delete()
    assert keeping.check() == (0, 1, 0)
    keeping.rebuild()
    assert _hits(client, "ar", "استشارة") == []


def test_markup_in_a_translation_is_text(made, client):
    _translate(made, "ar", "القدوم <script>alert(1)</script>", "الجميع <mark>x</mark>")
    page = client.get("/ar/search?q=القدوم").text
    assert "<script>alert" not in page
    assert "<mark>x" not in page


def test_as_many_statements_for_ten_as_for_one(made, client, queries):
    def asked():
        client.get("/ar/search?q=القدوم&kind=plan")
        queries.clear()
        client.get("/ar/search?q=القدوم")
        return len(queries)

    def checked():
        queries.clear()
        assert not any(keeping.check())
        return len(queries)

    _translate(made, "ar", "القدوم 0", "الجميع")
    # With fewer than three results slips of the fingers are looked for too.
    for number in (1, 2):
        _translate(_another(made, f"Nr. {number}"), "ar", "القدوم")
    before = asked(), checked()
    for number in range(3, 10):
        _translate(_another(made, f"Nr. {number}"), "ar", "القدوم")
    assert (asked(), checked()) == before
