"""The plan as everybody reads it: fields, goals, measures; searched, filtered, page by page."""

import re

import pytest

from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands
from app.plan.models import MeasureState
from tests.factories.accounts import person
from tests.factories.plan import field, measure, plan


def _titles(page) -> list[str]:
    return re.findall(r'/measures/\d+"><bdi dir="auto">([^<]*)<', page.text)


def _following(page: str) -> str:
    """The address behind the button under the list."""
    found = re.search(r'kern-btn--secondary" href="([^"]*after=[^"]*)"', page)
    return found[1].replace("&amp;", "&") if found else ""


def test_hannovers_plan(hannover, client):
    page = client.get("/de/plan")
    assert page.status_code == 200
    assert "Lokaler Integrationsplan" in page.text
    for words in (
        "Inklusion, Integration und Teilhabe",
        "MEIN HANNOVER 2030…",
        "ist eine weltoffene, diskriminierungsfreie Einwanderungsstadt",
        "Vorhaben abgeschlossen",
        "Stadtweit",
    ):
        assert words in page.text
    assert _titles(page) == [hannover.title]


def test_no_plan_yet(context, client):
    page = client.get("/de/plan")
    assert page.status_code == 200
    assert "Es gibt noch keinen Plan" in page.text


def test_a_plan_without_measures(context, client):
    field(plan("Empty one"), "Some field")
    page = client.get("/en/plan").text
    assert "Some field" in page
    assert "No measure belongs to this field yet." in page


def test_a_plan_without_anything(context, client):
    plan("Empty one")
    assert "There are no measures yet" in client.get("/en/plan").text


@pytest.fixture
def city(context):
    made = plan("City")
    housing, schools = field(made, "Housing"), field(made, "Schools")
    measure(made, "Everywhere", fields=(schools, housing))
    measure(made, "In nine", fields=(schools,), districts=(9,))
    measure(made, "In three", fields=(housing,), districts=(3,), state=MeasureState.COMPLETED)
    measure(made, "Nowhere", description="With Nachhilfe für Ältere 100 %")
    return {"housing": housing.id, "schools": schools.id}


def test_by_field_then_by_title(city, client):
    page = client.get("/en/plan")
    assert _titles(page) == ["Everywhere", "In three", "In nine", "Nowhere"]
    places = [page.text.index(words) for words in (">Housing<", ">Schools<", "Without a field")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("district=9", ["Everywhere", "In nine", "Nowhere"]),
        ("district=3", ["Everywhere", "In three", "Nowhere"]),
        ("district=3&state=completed", ["In three"]),
        ("state=running", ["Everywhere", "In nine", "Nowhere"]),
        ("q=nachhilfe", ["Nowhere"]),
        ("q=ALTERE+nachhilfe", ["Nowhere"]),
        ("q=100+%25", ["Nowhere"]),
        ("q=_n", []),
        ("q=everywhere&state=completed", []),
        ("district=99", ["Everywhere", "In three", "In nine", "Nowhere"]),
        ("state=broken&field=x&after=x&plan=x", ["Everywhere", "In three", "In nine", "Nowhere"]),
        ("after=999999", ["Everywhere", "In three", "In nine", "Nowhere"]),
        ("after=²", ["Everywhere", "In three", "In nine", "Nowhere"]),
        ("q=%ED%A0%80", []),
        ("q=%00", ["Everywhere", "In three", "In nine", "Nowhere"]),
        ("q=" + "x" * 5_000, []),
        ("q=" + "%E0%A5%98" * 5_000, []),
    ],
)
@pytest.mark.both
def test_filters(city, client, query, titles):
    page = client.get(f"/en/plan?{query}")
    assert page.status_code == 200
    assert _titles(page) == titles


def test_by_field(city, client):
    assert _titles(client.get(f"/en/plan?field={city['schools']}")) == ["Everywhere", "In nine"]
    assert _titles(client.get(f"/en/plan?field={city['housing']}")) == ["Everywhere", "In three"]


def test_nothing_found_says_what_to_do(city, client):
    page = client.get("/en/plan?q=<script>").text
    assert "Nothing found" in page
    assert "Show everything" in page
    assert '<script>"' not in page
    assert 'value="&lt;script&gt;"' in page


def test_a_former_title_still_finds_it(context, client):
    made = measure(plan(), "Hausaufgabenhilfe")
    with transaction():
        commands.change_measure(made, title="Lernpaten", reason="x", by=SYSTEM)
    assert _titles(client.get("/de/plan?q=hausaufgabenhilfe")) == ["Lernpaten"]


def test_several_plans(context, client):
    measure(plan("First", key="first"), "Of the first")
    measure(plan("Second", key="second"), "Of the second")
    assert _titles(client.get("/en/plan")) == ["Of the first"]
    assert _titles(client.get("/en/plan?plan=second")) == ["Of the second"]


@pytest.mark.both
def test_page_by_page_each_measure_once(context, client):
    made = plan()
    fields = [field(made), field(made)]
    for number in range(45):
        measure(made, f"M {number % 7}", fields=(fields[number % 2],) if number % 3 else ())
    seen: list[str] = []
    address = "/en/plan"
    while address:
        page = client.get(address).text
        seen += re.findall(r"/measures/(\d+)", page)
        address = _following(page)
    assert len(seen) == 45
    assert len(set(seen)) == 45


def test_as_many_queries_for_1000_as_for_10(context, sign_in, queries):
    made = plan()
    known = field(made)
    for _ in range(10):
        measure(made, fields=(known,), districts=(1, 2))
    browser = sign_in(person())
    counts, page = [], None
    for more in (0, 60):
        for _ in range(more):
            measure(made, fields=(known,), districts=(1, 2))
        queries.clear()
        page = browser.get("/en/plan?q=measure&district=1")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8, queries
    following = _following(page.text) if page is not None else ""
    assert following
    queries.clear()
    browser.get(following)
    assert len(queries) <= 8, queries
