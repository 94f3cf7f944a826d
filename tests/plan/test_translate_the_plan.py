"""The plan in other languages: written piece by piece, read, marked, kept in versions, exported."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands
from app.plan import queries as reading
from app.plan.models import MeasureState, PlanTranslation
from app.plan.queries import field_history, translations
from tests.factories.accounts import person
from tests.factories.organisations import unit
from tests.factories.plan import field, plan

FIRST, SECOND = "Alle sprechen mit.", "Beratung am Abend."


@pytest.fixture
def place(context):
    made = SimpleNamespace(clerk=person("Clerk"), other=person("Other"))
    made.unit = unit("Office", made.clerk)
    unit("Another", made.other)
    made.plan = plan()
    made.field = field(made.plan, "Teilhabe")
    with transaction():
        made.measure = commands.create_measure(
            made.plan,
            title="Ankommen",
            description=f"{FIRST}\n\n- {SECOND}",
            unit_id=made.unit.id,
            field_ids=[made.field.id],
            reason="x",
            by=SYSTEM,
        )
    made.page = f"/ar/measures/{made.measure.id}"
    made.write = f"/en/measures/{made.measure.id}/translations/ar"
    return made


def _form(browser, path):
    page = browser.get(path).text
    names = re.findall(r'name="(title|lead|(?:block|goal|entry|words)-[^"]+)"', page)
    hidden = {
        name: page.partition(f'name="{name}" type="hidden" value="')[2].partition('"')[0]
        for name in ("of", "edition")
    }
    return names, hidden


def _write(browser, path, **words):
    """Titles by name, paragraphs in their order."""
    names, data = _form(browser, path)
    blocks = [name for name in names if name.startswith("block")]
    data |= {"title": words.get("title", "")}
    data |= dict(zip(blocks, words.get("blocks", []), strict=False))
    return browser.post(path, data=data)


def _change(place, **values):
    with transaction():
        measure = reading.measure(place.measure.id)
        assert measure is not None
        commands.change_measure(measure, **values, reason="x", by=SYSTEM)


def _export(place):
    found = reading.get_plan(place.plan.id)
    assert found is not None
    return commands.export_plan(found)


def test_written_and_read_piece_by_piece(place, sign_in, client):
    assert "Not translated" not in client.get(f"/de/measures/{place.measure.id}").text
    assert "غير" not in client.get(place.page).text.partition("<main")[2].partition("Ankommen")[0]
    sent = _write(sign_in(place.clerk), place.write, title="القدوم", blocks=["الجميع يتحدث."])
    assert sent.status_code == 303
    page = client.get(place.page).text
    assert "القدوم" in page
    assert "الجميع يتحدث." in page
    assert SECOND in page, "what nobody has written stays in the original"
    assert FIRST not in page
    assert FIRST in client.get(f"{place.page}?original=1").text
    assert "القدوم" in client.get("/ar/plan").text
    assert "القدوم" in client.get("/ar/plan/table").text
    for path in ("/de/plan", f"/de/measures/{place.measure.id}", "/en/plan"):
        assert "القدوم" not in client.get(path).text


def test_items_of_a_list_stay_items(place, sign_in, client):
    _write(sign_in(place.clerk), place.write, blocks=["أ", "استشارة في المساء."])
    page = client.get(place.page).text
    assert re.search(r'<li class="paragraph".*?استشارة في المساء\..*?</li>', page, re.S)


def test_a_paragraph_that_changes_is_marked_and_stays_readable(place, sign_in, client):
    _write(sign_in(place.clerk), place.write, title="القدوم", blocks=["الجميع يتحدث.", "استشارة"])
    _change(place, description=f"Alle sprechen mit, auch Kinder.\n\n- {SECOND}")
    page = client.get(place.page).text
    assert "الجميع يتحدث." in page, "an earlier translation says more to a reader than German"
    [block, *_others] = re.findall(r'id="paragraph-(\d+)"', page)
    alone = client.get(f"/ar/paragraphs/{block}").text
    assert "الجميع يتحدث." in alone
    assert "auch Kinder" in alone
    english = client.get("/en/plan/table").text
    assert "What the plan lacks" not in english
    lacks = sign_in(place.clerk).get("/en/plan/table").text
    assert "the original has changed since" in lacks
    _write(sign_in(place.clerk), place.write, title="القدوم", blocks=["والأطفال أيضًا.", "استشارة"])
    assert "والأطفال" in client.get(place.page).text


def test_a_new_title_is_not_called_by_the_old_one_s_name(place, sign_in, client):
    _write(sign_in(place.clerk), place.write, title="القدوم")
    _change(place, title="Bleiben")
    assert "القدوم" not in client.get("/ar/plan").text
    _change(place, title="Ankommen")
    assert "القدوم" in client.get("/ar/plan").text


def test_completed_ones_too_and_only_by_whose_they_are(place, sign_in, client):
    _change(place, state=MeasureState.RUNNING)
    _change(place, state=MeasureState.COMPLETED)
    assert client.post(place.write, data={"title": "x"}).status_code == 401
    for stranger in (place.other, person("Somebody")):
        assert sign_in(stranger).get(place.write).status_code == 403
        assert sign_in(stranger).post(place.write, data={"title": "x"}).status_code == 403
    assert _write(sign_in(place.clerk), place.write, title="القدوم").status_code == 303
    measure = reading.measure(place.measure.id)
    assert measure is not None
    assert measure.version_number == 3


@pytest.mark.parametrize("language", ["de", "xx", "tr"])
def test_only_into_languages_of_the_interface_and_not_its_own(place, sign_in, client, language):
    path = f"/en/measures/{place.measure.id}/translations/{language}"
    assert sign_in(place.clerk).get(path).status_code == 404
    assert client.get(f"{path}/versions").status_code == 404


def test_nothing_typed_is_lost_where_the_original_moved_on(place, sign_in):
    browser = sign_in(place.clerk)
    names, data = _form(browser, place.write)
    _change(place, description="Etwas anderes.")
    late = browser.post(place.write, data={**data, "title": "القدوم", names[1]: "كلمات"})
    assert late.status_code == 409
    assert "القدوم" in late.text
    assert "Etwas anderes." in late.text
    empty = _write(browser, place.write)
    assert empty.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(PlanTranslation)) == 0


def test_an_old_version_has_all_that_was_translated_then(place, sign_in, client):
    """The council's text, indicators, contact points and notes on costs too."""
    said = {
        "council": "Der Rat beschließt.",
        "indicator": "Zahl der Kurse",
        "service": "Sprachberatung",
        "target_group": "Eltern",
        "access_notes": "Bus 100",
        "note": "Miete",
    }
    content = {
        "indicators": [{"title": said["indicator"], "baseline": 3, "source": "Amt"}],
        "contact_points": [
            {
                "number": 1,
                "name": "Linden",
                "state": "in-operation",
                "mode": "full-time",
                **{key: said[key] for key in ("service", "target_group", "access_notes")},
            }
        ],
        "costs": [{"amount": "10.00", "period": "once", "kind": "planned", "note": said["note"]}],
    }
    _change(place, council_involvement=said["council"], **content)
    path = f"{place.page}/versions/2"
    before = client.get(path).text
    assert all(words in before for words in said.values())
    browser = sign_in(place.clerk)
    names, data = _form(browser, place.write)
    assert len(names) == len(said) + 3, "with the title and the two paragraphs"
    words = {name: f"كلمات {number}" for number, name in enumerate(names)}
    assert browser.post(place.write, data={**data, **words}).status_code == 303
    _change(place, council_involvement="Anders.")
    page = client.get(path).text
    assert [one for one in said.values() if one in page] == []
    assert all(word in page for name, word in words.items() if name != "title")
    original = client.get(f"{path}?original=1").text
    assert all(words in original for words in said.values())


def test_markup_is_harmless(place, sign_in, client):
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    _write(sign_in(place.clerk), place.write, title=bad, blocks=[bad])
    for path in (
        place.page,
        "/ar/plan",
        f"{place.page}/translations/ar/versions",
        "/ar/plan/table",
    ):
        main = client.get(path).text.partition("<main")[2]
        assert "<script>alert" not in main, path
        assert "<img" not in main, path


def test_versions_of_a_translation_word_by_word(place, sign_in, client):
    browser = sign_in(place.clerk)
    none = client.get(f"/en/measures/{place.measure.id}/translations/ar/versions")
    assert "Nobody has translated this yet." in none.text
    _write(browser, place.write, title="القدوم")
    _write(browser, place.write, title="القدوم إلى الحي")
    assert _write(browser, place.write, title="القدوم إلى الحي").status_code == 303, "no news"
    page = client.get(f"{place.page}/translations/ar/versions").text
    assert page.count('id="version-') == 2
    assert "<ins" in page
    assert "Clerk" in page


@pytest.mark.both
def test_two_at_once_make_one_version(place, sign_in):
    browsers = [sign_in(place.clerk) for _ in range(3)]
    _names, data = _form(browsers[0], place.write)
    start = Barrier(3)

    def run(pair):
        browser, number = pair
        start.wait()
        return browser.post(place.write, data={**data, "title": f"القدوم {number}"}).status_code

    with ThreadPoolExecutor(3) as pool:
        codes = sorted(pool.map(run, zip(browsers, range(3), strict=True)))
    assert codes == [303, 409, 409]
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(PlanTranslation)) == 1


def test_a_field_and_its_goals(place, sign_in, client):
    row = field_history.get(place.field.id)
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
    path = f"/en/fields/{row.id}/translations/ar"
    browser = sign_in(place.clerk)
    names, data = _form(browser, path)
    words = dict(zip(names, ["المشاركة", "هانوفر", "تتحدث لغات كثيرة"], strict=True))
    assert browser.post(path, data={**data, **words}).status_code == 303
    for page in (f"/ar/fields/{row.id}", "/ar/plan", place.page):
        text = client.get(page).text
        assert "تتحدث لغات كثيرة" in text, page
        assert "spricht viele Sprachen" not in text, page
    assert sign_in(place.other).get(path).status_code == 403


@pytest.mark.both
def test_the_export_brings_it_back(place, sign_in):
    _write(sign_in(place.clerk), place.write, title="القدوم", blocks=["الجميع يتحدث.", "استشارة"])
    db.session.rollback()
    told = _export(place)
    assert "الجميع يتحدث." in told
    with transaction():
        assert not commands.import_plan(told.encode(), by=SYSTEM).changes
        db.session.query(PlanTranslation).delete()
    with transaction():
        assert commands.import_plan(told.encode(), by=SYSTEM).changes
    kept = translations.newest(place.measure.id, "ar")
    assert kept is not None
    assert {said["words"] for said in kept.words.values()} == {"القدوم", "الجميع يتحدث.", "استشارة"}
    assert _export(place) == told


def test_as_many_queries_for_a_translated_measure(place, sign_in, client, queries):
    client.get(place.page)
    queries.clear()
    client.get(f"{place.page}?a")
    before = len(queries)
    assert before <= 16
    _write(sign_in(place.clerk), place.write, title="القدوم", blocks=["الجميع", "استشارة"])
    queries.clear()
    client.get(f"{place.page}?b")
    assert len(queries) <= before
