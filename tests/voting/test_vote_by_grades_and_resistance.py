"""Voting by grades in words, and by resistance: ballots, reasons, results."""

from typing import Any

import pytest

from app.core.db import db
from app.voting import queries
from app.voting.models import Ballot, OpenVote
from app.voting.states import QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.voting.pages import vote

pytestmark = pytest.mark.both_long

GRADES = "majority-judgment"


def _ask(place, method):
    more: dict[str, Any] = (
        {"status_quo": "Alles bleibt, wie es ist"} if method == "resistance" else {}
    )
    asked = voting.question(place.round, place.proposals, method=method, **more)
    place.question, place.page = asked, f"/en/questions/{asked.id}"
    place.options = [option.id for option in asked.options]
    return place


def _fields(place, *values):
    return {
        f"option-{option}": str(value)
        for option, value in zip(place.options, values, strict=False)
        if value is not None
    }


def _contents():
    db.session.rollback()
    return [ballot.content for ballot in db.session.query(Ballot)]


def test_grades_without_a_default_and_without_an_opinion(place, sign_in):
    _ask(place, GRADES)
    browser = sign_in(place.amal)
    page = browser.get(f"{place.page}/vote").text
    assert "checked" not in page
    assert "Excellent" in page
    answer, _code = vote(browser, place.page, _fields(place, 5, 0, ""))
    assert answer.status_code == 303
    assert _contents() == [{"grades": {str(place.options[0]): 5, str(place.options[1]): 0}}]


@pytest.mark.parametrize(
    ("method", "values", "words"),
    [
        (GRADES, (), "at least one"),
        (GRADES, ("9",), "Not a valid choice"),
        (GRADES, ("NaN",), "Not a valid choice"),
        (GRADES, ("1e9",), "Not a valid choice"),
        ("resistance", (), "number here, too"),
        ("resistance", (3, 4), "number here, too"),
        ("resistance", (3, 4, 5, "11"), "Not a valid choice"),
        ("resistance", (3, 4, 5, "-1"), "Not a valid choice"),
    ],
)
def test_what_is_no_ballot_comes_back_as_it_was_typed(place, sign_in, method, values, words):
    _ask(place, method)
    data = _fields(place, *values)
    answer = sign_in(place.amal).post(f"{place.page}/vote", data=data)
    assert answer.status_code == 422
    assert words in answer.text
    if values and str(values[0]).isdigit() and int(values[0]) < 6:
        chosen = ' selected value="3"' if method == "resistance" else "checked"
        assert chosen in answer.text
    assert _contents() == []


@pytest.mark.parametrize("method", [GRADES, "resistance"])
def test_a_blank_vote_is_a_choice_but_not_together_with_others(place, sign_in, method):
    _ask(place, method)
    browser = sign_in(place.amal)
    both = {**_fields(place, 1, 1, 1, 1), "blank": "y"}
    assert browser.post(f"{place.page}/vote", data=both).status_code == 422
    answer, _code = vote(browser, place.page, {"blank": "y"})
    assert answer.status_code == 303
    assert list(_contents()[0].values()) == [{}]


def test_options_of_another_question_are_not_read(place, sign_in):
    elsewhere = _ask(place, GRADES).options[0]
    _ask(place, GRADES)
    answer = sign_in(place.amal).post(f"{place.page}/vote", data={f"option-{elsewhere}": "5"})
    assert answer.status_code == 422


def test_strong_resistance_in_public_owes_a_reason(place, sign_in):
    _ask(place, "resistance")
    browser, data = sign_in(place.rosa), _fields(place, 8, 0, 0, 2)
    data["speaking_as"] = str(place.verein.id)
    for step in ("vote", "cast"):
        answer = browser.post(f"{place.page}/{step}", data=data)
        assert answer.status_code == 422
    assert "say why" in browser.post(f"{place.page}/vote", data=data).text
    assert db.session.query(OpenVote).count() == 0
    answer = browser.post(f"{place.page}/cast", data={**data, "reason": "Too far away"})
    assert answer.status_code == 303
    db.session.rollback()
    assert [one.reason for one in db.session.query(OpenVote)] == ["Too far away"]


def test_a_person_is_asked_for_no_reason(place, sign_in):
    _ask(place, "resistance")
    answer, _code = vote(sign_in(place.amal), place.page, _fields(place, 10, 0, 0, 2))
    assert answer.status_code == 303


@pytest.mark.parametrize("method", [GRADES, "resistance"])
def test_the_result_shows_both_chambers_with_a_picture(place, client, sign_in, method):
    voters = [person() for _ in range(11)]
    _ask(place, method)
    key = "grades" if method == GRADES else "resistance"
    first, *others = (str(option) for option in place.options)
    best, worst = (5, 1) if method == GRADES else (0, 9)
    content = {key: {first: best} | dict.fromkeys(others, worst)}
    for voter in voters:
        voting.cast_secret(place.question, voter.id, content)
    browser = sign_in(place.rosa)
    data = _fields(place, best, *[worst] * len(others))
    said = {"speaking_as": str(place.verein.id), "reason": "A reason that everybody reads"}
    assert browser.post(f"{place.page}/cast", data={**data, **said}).status_code == 303
    voting.advance(place.question, QuestionState.COUNTED)
    page = client.get(place.page).text
    assert "both agree" in page
    main = page.partition("<main")[2]
    assert main.count("<svg") >= 2 * len(place.options)
    assert ("Middle grade: Excellent" in page) == (method == GRADES)
    assert ("Accepted to 100%" in page) == (method == "resistance")
    assert "A reason that everybody reads" in client.get(f"{place.page}/open-votes").text
    lines = client.get(f"{place.page}/result.csv").text.splitlines()
    assert len(lines) == 1 + 2 * len(place.options)
    found = queries.get(place.question.id)
    assert found is not None
    assert found.result is not None
    assert [str(o) for o in found.result["chambers"][0]["table"]["winners"]] == [first]


@pytest.mark.parametrize("method", [GRADES, "resistance"])
def test_few_secret_voters_are_not_shown(place, client, method):
    _ask(place, method)
    key = "grades" if method == GRADES else "resistance"
    content = {key: dict.fromkeys((str(option) for option in place.options), 4)}
    voting.cast_secret(place.question, place.amal.id, content)
    voting.advance(place.question, QuestionState.COUNTED)
    page = client.get(place.page).text
    assert "Fewer than ten people voted" in page
    assert "Middle grade: Very good" not in page
    assert "Accepted to 60%" not in page
