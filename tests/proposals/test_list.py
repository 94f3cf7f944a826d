"""Finding proposals: search, filters with counts, orders, twenty at a time by key."""

import re

import pytest

from app.core.db import db
from app.core.states import Visibility
from app.organisations.models import OrganisationKind
from app.proposals import queries as reading
from app.proposals.models import Proposal
from app.proposals.queries import Order, Wanted
from app.proposals.states import ProposalState
from app.rounds.states import RoundState
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import round_

pytestmark = pytest.mark.both


def _titles(page) -> list[str]:
    return re.findall(r'<h2><a href="[^"]*/proposals/\d+"><bdi dir="auto">([^<]*)</bdi>', page.text)


def _next(page) -> str | None:
    found = re.search(r'href="([^"]*)"><span class="kern-label">Show 20 more', page.text)
    return found[1].replace("&amp;", "&") if found else None


def test_only_what_is_public_is_listed(hall, client):
    proposal(hall.round, title="Public")
    proposal(hall.round, title="Draft", state=ProposalState.DRAFT)
    proposal(hall.round, title="Withdrawn", state=ProposalState.WITHDRAWN)
    proposal(hall.round, title="Hidden", visibility=Visibility.HIDDEN, visibility_reason="Names")
    proposal(round_(hall.dialogue, number=2), title="Elsewhere")
    page = client.get(hall.list)
    assert _titles(page) == ["Public"]
    assert "1 of 1" in page.text


def test_filters_say_their_counts(hall, client):
    welfare = organisation("Welfare", kind=OrganisationKind.WELFARE)
    proposal(hall.round, title="One", districts=(1,), field_id=hall.field.id)
    proposal(hall.round, title="Two", districts=(1, 9), organisation=welfare)
    proposal(hall.round, title="Three", organisation=hall.verein, state=ProposalState.SHORTLISTED)
    facets = {
        name: {one.value: one.number for one in found}
        for name, found in reading.listing(hall.round.id, Wanted()).facets.items()
    }
    assert facets["field"] == {str(hall.field.id): 1}
    assert facets["district"] == {"0": 1, "1": 3, "9": 2}
    assert facets["kind"] == {"welfare": 1, "migrant": 1}
    assert facets["state"] == {"published": 2, "shortlisted": 1}
    for asked, titles in {
        f"field={hall.field.id}": ["One"],
        "district=9": ["Three", "Two"],
        "district=0": ["Three"],
        "kind=welfare": ["Two"],
        "state=shortlisted": ["Three"],
        "district=1&kind=migrant": ["Three"],
        "q=thre": ["Three"],
    }.items():
        assert _titles(client.get(f"{hall.list}?{asked}")) == titles, asked


def test_beyond_a_number_nothing_is_counted_and_every_option_stays(hall, client, monkeypatch):
    monkeypatch.setattr("app.proposals.queries.counting.MOST_COUNTED", 2)
    for number in range(4):
        proposal(hall.round, title=f"Bench {number}", districts=(number % 2 + 1,))
    page = client.get(hall.list)
    assert "4 of more than 2" in page.text
    found = reading.listing(hall.round.id, Wanted(district=1))
    assert (found.total, found.more) == (2, False)
    assert [one.value for one in found.facets["district"]] == [str(n) for n in range(14)]
    assert {one.number for one in found.facets["district"]} == {None}
    assert [(one.value, one.number) for one in found.facets["state"]] == [("published", 2)]
    uncounted = reading.listing(hall.round.id, Wanted()).facets["state"]
    assert [one.value for one in uncounted] == ["published", "shortlisted", "decided"]
    narrowed = client.get(f"{hall.list}?state=published&q=bench").text
    assert "More than 2 proposals found" in narrowed
    assert f"{hall.list}?q=bench&amp;district=1&amp;state=published" in narrowed
    assert "Search the proposals" in client.get(f"/en/rounds/{hall.round.id}").text


def test_search_finds_all_words_however_they_are_written(hall, client):
    proposal(hall.round, title="Mehr Häuser", body="für Mitarbeiter:innen")
    proposal(hall.round, title="Weniger Häuser")
    for q in ("hauser mitarbeiterinnen", "MEHR häuser"):
        assert _titles(client.get(hall.list, query_string={"q": q})) == ["Mehr Häuser"]
    nothing = client.get(f"{hall.list}?q=%25")
    assert _titles(nothing) == []
    assert "Nothing found" in nothing.text
    assert "Take all filters off" in nothing.text


@pytest.mark.parametrize(
    "asked",
    [
        "order=support_count;DROP TABLE proposals",
        "order=1) UNION SELECT 1--",
        "field=1 OR 1=1",
        "district=99",
        "kind=' OR ''='",
        "state=draft",
        "seed=x&order=nothing",
        "after=-1",
        "field=99999999999999999999",
        "q=\x00\ud83d",
    ],
)
def test_what_is_no_filter_or_order_is_ignored(hall, client, asked):
    proposal(hall.round, title="Here")
    made = dict(part.split("=", 1) for part in asked.encode("utf-8", "ignore").decode().split("&"))
    page = client.get(hall.list, query_string=made)
    assert page.status_code == 200
    assert _titles(page) == ["Here"]


def test_every_order_pages_by_key_without_losing_or_repeating(hall, client):
    for number in range(45):
        proposal(
            hall.round,
            title=f"P{number}",
            support_count=number % 3,
            comment_count=number % 4,
        )
    for order in Order:
        found, url = [], f"{hall.list}?order={order}&seed=5"
        for shown in ("20 of 45", "40 of 45", "45 of 45"):
            page = client.get(url)
            assert shown in page.text
            found += _titles(page)
            url = _next(page) or ""
        assert url == ""
        assert len(found) == len(set(found)) == 45, order
    supported = reading.listing(hall.round.id, Wanted(order=Order.SUPPORTED)).items
    assert [one.support_count for one in supported] == [2] * 15 + [1] * 5


def test_chance_is_the_same_for_the_same_seed_and_differs_otherwise(hall):
    for number in range(12):
        proposal(hall.round, title=f"P{number}")
    orders = {
        seed: tuple(
            one.id
            for one in reading.listing(hall.round.id, Wanted(order=Order.RANDOM, seed=seed)).items
        )
        for seed in (0, 1, 7)
    }
    again = reading.listing(hall.round.id, Wanted(order=Order.RANDOM, seed=7)).items
    assert tuple(one.id for one in again) == orders[7]
    assert len(set(orders.values())) == 3


def test_an_empty_round_says_so(hall, client):
    assert "No proposals yet" in client.get(hall.list).text


def test_the_list_costs_the_same_for_ten_and_for_a_thousand(hall, sign_in, queries):
    browser = sign_in(hall.rosa)

    def cost() -> int:
        browser.get(hall.list)
        costs = set()
        for q in ("proposal", "propsal"):
            queries.clear()
            assert len(_titles(browser.get(f"{hall.list}?order=supported&q={q}"))) > 0
            costs.add(len(queries))
        return max(costs)

    proposal(hall.round, title="Proposal", districts=(1, 2), organisation=hall.verein)
    few = cost()
    author = hall.amal
    first = db.session.query(Proposal).first()
    assert first is not None
    for number in range(60):
        proposal(hall.round, title=f"Proposal {number}", author=author, districts=(3, 4))
    assert cost() == few
    assert few <= 8, queries


def test_before_the_announcement_there_is_no_list(hall, client):
    draft = round_(hall.dialogue, number=3, state=RoundState.DRAFT)
    assert client.get(f"/en/rounds/{draft.id}/proposals").status_code == 404
