"""The public directory: searched, filtered, 20 at a time."""

import re

import pytest

from app.core import clock
from app.core.db import db
from app.core.transactions import transaction
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.states import OrganisationState
from tests.factories.accounts import person
from tests.factories.organisations import organisation

CARD = 'class="card card--list"'


def test_only_verified_ones_stand_there(context, client):
    for state in OrganisationState:
        organisation(f"Verein {state.value}", state=state)
    page = client.get("/de/organisations").text
    assert "Verein verified" in page
    assert page.count(CARD) == 1


def test_nothing_yet(context, client):
    page = client.get("/en/organisations")
    assert "No organisations yet" in page.text
    assert "/en/organisations/register" in page.text


@pytest.mark.both
def test_search_and_filters(context, client):
    organisation("Müllers Treff", description="Für Mitarbeiter:innen", districts=[1])
    organisation("Haus Nord", kind=OrganisationKind.FAMILY_CENTRE, districts=[13])
    organisation("Überall", kind=OrganisationKind.FAMILY_CENTRE)

    def found(**query: str) -> set[str]:
        page = client.get("/en/organisations", query_string=query).text
        names = ("Müllers Treff", "Haus Nord", "Überall")
        return {name for name in names if f'<bdi dir="auto">{name}</bdi>' in page}

    assert found(q="mullers") == {"Müllers Treff"}
    assert found(q="mitarbeiterinnen") == {"Müllers Treff"}
    assert found(kind="family-centre") == {"Haus Nord", "Überall"}
    assert found(district="13") == {"Haus Nord", "Überall"}
    assert found(district="13", kind="migrant") == set()
    organisation("Sprachcafé", kind=OrganisationKind.WELFARE, districts=[2], languages=["tr", "ar"])
    organisation("Früher da", state=OrganisationState.DISSOLVED, languages=["tr"])
    names = ("Sprachcafé", "Früher da")

    def among(**query: str) -> set[str]:
        page = client.get("/en/organisations", query_string=query).text
        return {name for name in names if f'<bdi dir="auto">{name}</bdi>' in page}

    assert among(language="tr") == {"Sprachcafé"}
    assert among(language="ar", kind="welfare", district="2", q="sprach") == {"Sprachcafé"}
    assert among(language="de") == set()
    assert among(state="dissolved") == {"Früher da"}
    assert among(state="dissolved", language="tr") == {"Früher da"}
    assert among(state="registered") == {"Sprachcafé"}
    every = client.get("/en/organisations?language=tr&state=dissolved").text
    assert 'name="language" value="tr"' in every
    assert 'name="state" value="dissolved"' in every
    assert "No organisation found" in client.get("/en/organisations?q=nichts").text


def test_nonsense_in_the_address(context, client):
    organisation("Haus Nord")
    for query in (
        {"kind": "x"},
        {"district": "²"},
        {"language": "%"},
        {"state": "waiting"},
        {"district": "99"},
        {"after": "9" * 400},
        {"after": "-1"},
        {"q": "%_\\" * 300},
        {"q": "\x00\u202e"},
    ):
        assert client.get("/de/organisations", query_string=query).status_code == 200


@pytest.mark.both
def test_a_thousand_cost_no_more_than_ten(context, sign_in, queries):
    browser = sign_in(person())

    def add(count: int, start: int) -> None:
        with transaction():
            db.session.add_all(
                Organisation(
                    name=f"Verein Nummer {start + n:05}",
                    kind=OrganisationKind.MIGRANT,
                    state=OrganisationState.VERIFIED,
                    registered_at=clock.now(),
                    verified_at=clock.now(),
                    districts=[n % 13 + 1],
                )
                for n in range(count)
            )

    def cost() -> int:
        browser.get("/de/organisations")
        queries.clear()
        assert browser.get("/de/organisations").status_code == 200
        return len(queries)

    add(10, 0)
    few = cost()
    add(990, 10)
    assert cost() == few <= 8
    seen: list[str] = []
    path = "/de/organisations"
    for _page in range(3):
        page = browser.get(path).text
        assert page.count(CARD) == 20
        seen += [part[:5] for part in page.split("Verein Nummer ")[1:]]
        path = re.findall(r'btn--secondary" href="([^"]+after=[^"]+)"', page)[0]
    assert sorted(set(seen)) == [f"{n:05}" for n in range(60)]
