"""Voting by a ranking with the status quo: the ballot, what is refused, the result."""

import pytest

from app.core.db import db
from app.voting.models import Ballot, OpenVote
from app.voting.states import QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.voting.pages import look_over, vote

pytestmark = pytest.mark.both_long


@pytest.fixture
def asked(place):
    place.people = [person() for _ in range(11)]
    place.question = voting.question(
        place.round,
        method="schulze",
        variants=["Brücke", "Fähre", "Tunnel"],
        status_quo="Es bleibt beim Umweg",
    )
    place.page = f"/en/questions/{place.question.id}"
    place.ids = {option.title: option.id for option in place.question.options}
    return place


def _ranks(asked, **ranks):
    return {f"option-{asked.ids[title]}": rank for title, rank in ranks.items()}


def _contents():
    db.session.rollback()
    return [ballot.content for ballot in db.session.query(Ballot)]


def test_ranks_with_ties_and_gaps(asked, sign_in):
    browser = sign_in(asked.amal)
    page = browser.get(f"{asked.page}/vote").text
    assert "Es bleibt beim Umweg" in page
    assert "What you do not rank comes last" in page
    answer, _code = vote(browser, asked.page, _ranks(asked, Brücke="4", Fähre="2", Tunnel="2"))
    assert answer.status_code == 303
    bridge, ferry, tunnel = (asked.ids[name] for name in ("Brücke", "Fähre", "Tunnel"))
    assert _contents() == [{"ranking": [sorted([ferry, tunnel]), [bridge]]}]


def test_the_review_says_what_comes_last(asked, sign_in):
    page = sign_in(asked.amal).post(f"{asked.page}/vote", data=_ranks(asked, Brücke="1")).text
    assert "not ranked, so last" in page


@pytest.mark.parametrize(
    ("ranks", "words"),
    [
        ({}, "Please rank at least one"),
        ({"Brücke": "NaN"}, "Not a valid choice"),
        ({"Brücke": "1e9"}, "Not a valid choice"),
        ({"Brücke": "5"}, "Not a valid choice"),
        ({"Brücke": "-1"}, "Not a valid choice"),
        ({"Brücke": ["1", "2"]}, "stands twice"),
    ],
)
def test_what_cannot_be_counted_comes_back(asked, sign_in, ranks, words):
    browser = sign_in(asked.amal)
    data = {**_ranks(asked, Tunnel="3" if ranks else ""), **_ranks(asked, **ranks)}
    answer = browser.post(f"{asked.page}/vote", data=data)
    assert answer.status_code == 422
    assert words in answer.text
    if ranks:
        assert 'selected value="3"' in answer.text
    assert browser.post(f"{asked.page}/cast", data=data).status_code == 422
    assert _contents() == []


def test_an_option_of_another_question_is_refused(asked, sign_in):
    other = voting.question(asked.round, method="schulze", variants=["A", "B"], status_quo="C")
    data = {**_ranks(asked, Tunnel="1"), f"option-{other.options[0].id}": "1"}
    answer = sign_in(asked.amal).post(f"{asked.page}/vote", data=data)
    assert answer.status_code == 422
    assert "belongs to another question" in answer.text
    assert 'selected value="1"' in answer.text


def test_a_blank_vote_is_a_choice_and_no_ranking(asked, sign_in):
    browser = sign_in(asked.amal)
    both = {**_ranks(asked, Tunnel="1"), "blank": "y"}
    assert browser.post(f"{asked.page}/vote", data=both).status_code == 422
    answer, _code = vote(browser, asked.page, {"blank": "y"})
    assert answer.status_code == 303
    assert _contents() == [{"ranking": []}]


def test_back_to_the_ballot_nothing_is_lost(asked, sign_in):
    data = {**_ranks(asked, Brücke="1", Tunnel="3"), "action": "edit"}
    page = sign_in(asked.amal).post(f"{asked.page}/vote", data=data).text
    assert page.count("selected value=") == 2
    assert 'selected value="3"' in page


def test_an_organisation_ranks_openly(asked, sign_in, client):
    browser = sign_in(asked.rosa)
    data = {**_ranks(asked, Tunnel="1", Brücke="2"), "reason": "Trocken."}
    data["speaking_as"] = str(asked.verein.id)
    assert browser.post(f"{asked.page}/cast", data=data).status_code == 303
    assert browser.post(f"{asked.page}/cast", data=data).status_code == 303
    db.session.rollback()
    assert db.session.query(OpenVote).count() == 1
    voting.advance(asked.question, QuestionState.COUNTED)
    page = client.get(f"{asked.page}/open-votes").text
    assert "Trocken." in page
    assert "Tunnel" in page


def test_the_result_says_who_beats_whom(asked, client):
    bridge, ferry, tunnel = (asked.ids[name] for name in ("Brücke", "Fähre", "Tunnel"))
    for number, one in enumerate(asked.people):
        ranking = [[bridge], [tunnel], [ferry]] if number < 7 else [[tunnel], [bridge]]
        voting.cast_secret(asked.question, one.id, {"ranking": ranking})
    voting.cast_open(asked.question, asked.rosa.id, asked.verein.id, {"ranking": [[bridge]]})
    voting.advance(asked.question, QuestionState.COUNTED)
    page = client.get(asked.page).text
    assert 'beats <bdi dir="auto">Tunnel</bdi> 7 to 4' in page
    assert "both agree" in page or "they differ" in page
    lines = client.get(f"{asked.page}/result.csv").text.splitlines()
    assert "persons,Brücke,Tunnel,7" in lines
    assert len(lines) == 1 + 2 * 4 * 3


def test_who_does_not_beat_what_is_now_does_not_win(asked, client):
    bridge, quo = asked.ids["Brücke"], asked.ids["Es bleibt beim Umweg"]
    for number, one in enumerate(asked.people):
        ranking = [[bridge]] if number < 5 else [[quo]]
        voting.cast_secret(asked.question, one.id, {"ranking": ranking})
    voting.advance(asked.question, QuestionState.COUNTED)
    assert "No variant beats what is now." in client.get(asked.page).text


def test_the_code_cannot_be_used_for_other_ranks(asked, sign_in):
    browser = sign_in(asked.amal)
    token, _code = look_over(browser, asked.page, _ranks(asked, Brücke="1"))
    first = {**_ranks(asked, Brücke="1"), "code_token": token}
    assert browser.post(f"{asked.page}/cast", data=first).status_code == 303
    second = {**_ranks(asked, Tunnel="1"), "code_token": token}
    assert browser.post(f"{asked.page}/cast", data=second).status_code == 409
    assert len(_contents()) == 1
