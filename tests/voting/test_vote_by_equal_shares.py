"""Voting on money by equal shares: the ballot with its costs, what is refused, the result."""

import pytest

from app.core.db import db
from app.voting.commands import Variant
from app.voting.models import Ballot
from app.voting.states import QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.voting.pages import vote

pytestmark = pytest.mark.both_long

PROJECTS = {"Rampe": 6000, "Bank": 4000, "Baum": 5000}


@pytest.fixture
def asked(place):
    place.people = [person() for _ in range(12)]
    place.question = voting.question(
        place.round,
        method="equal-shares",
        variants=[Variant(title=title, cost=cost) for title, cost in PROJECTS.items()],
        budget=10_000,
        measured_in="Euro",
    )
    place.page = f"/en/questions/{place.question.id}"
    place.ids = {option.title: option.id for option in place.question.options}
    return place


def _contents():
    db.session.rollback()
    return [ballot.content for ballot in db.session.query(Ballot)]


def test_projects_stand_with_their_costs(asked, sign_in):
    browser = sign_in(asked.amal)
    page = browser.get(f"{asked.page}/vote").text
    assert "Costs 6,000 Euro" in page
    assert "10,000 Euro" in page
    chosen = [asked.ids["Baum"], asked.ids["Rampe"]]
    answer, _code = vote(browser, asked.page, {"approved": [str(one) for one in chosen]})
    assert answer.status_code == 303
    assert _contents() == [{"approved": sorted(chosen)}]


@pytest.mark.parametrize("typed", ["", "NaN", "1e9", "999999", "-1", "twice"])
def test_what_cannot_be_counted_comes_back(asked, sign_in, typed):
    browser = sign_in(asked.amal)
    tree = str(asked.ids["Baum"])
    data = {"approved": [tree, tree if typed == "twice" else typed] if typed else []}
    answer = browser.post(f"{asked.page}/vote", data=data)
    assert answer.status_code == 422
    assert "note--danger" in answer.text
    assert answer.text.count(" checked") == (1 if typed else 0)
    assert browser.post(f"{asked.page}/cast", data=data).status_code == 422
    assert _contents() == []


def test_the_result_says_who_got_something_and_what_votes_alone_would_have_bought(asked, client):
    ramp, bench, tree = (asked.ids[name] for name in PROJECTS)
    for number, one in enumerate(asked.people):
        chosen = [ramp, bench] if number < 7 else [tree]
        voting.cast_secret(asked.question, one.id, {"approved": sorted(chosen)})
    voting.cast_open(asked.question, asked.rosa.id, asked.verein.id, {"approved": [tree]})
    voting.advance(asked.question, QuestionState.COUNTED)
    bodies, people = voting.fresh(asked.question.id).result["chambers"]
    # Each chamber alone with the whole budget.
    assert bodies["table"]["details"]["budget"] == people["table"]["details"]["budget"] == 10_000
    assert people["table"]["winners"] == [bench] or tree in people["table"]["winners"]
    page = client.get(asked.page).text
    assert page.count("If only the number of votes had counted") == 2
    assert "votes would have got nothing" in page
    lines = client.get(f"{asked.page}/result.csv").text.splitlines()
    assert lines[0] == "chamber,option,cost,votes,chosen,by_votes_alone"
    assert len(lines) == 1 + 2 * 3


def test_nobody_has_voted(asked, client):
    voting.advance(asked.question, QuestionState.COUNTED)
    assert client.get(asked.page).status_code == 200


def test_a_moderator_sets_budget_and_costs(place, sign_in):
    new = f"/en/rounds/{place.round.id}/questions/new"
    first, second, _third = (str(one.id) for one in place.proposals)
    data = {
        "method": "equal-shares",
        "title": "What is it spent on?",
        "budget": "10 000",
        "measured_in": "Euro",
        "proposals": [first, second],
        f"costs-{first}": "٤٠٠٠",
        f"costs-{second}": "5000",
        "variants-0-title": "A tree",
        "variants-0-cost": "700",
        "chambers": ["organisations", "persons"],
    }
    browser = sign_in(place.moderator)
    for wrong in (
        {"budget": ""},
        {"budget": "NaN"},
        {"budget": "1e9"},
        {f"costs-{first}": ""},
        {f"costs-{first}": "4.5"},
        {f"costs-{first}": "10001"},
        {"variants-0-cost": "-1"},
        {"variants-0-cost": ""},
    ):
        answer = browser.post(new, data={**data, **wrong})
        assert answer.status_code == 422
        assert "A tree" in answer.text
    answer = browser.post(new, data=data)
    assert answer.status_code == 303
    preview = browser.get(answer.location).text
    for words in ("Costs 4,000 Euro", "Costs 5,000 Euro", "Costs 700 Euro", "10,000 Euro"):
        assert words in preview
