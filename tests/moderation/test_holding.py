"""Calm mode, hours, links and a list of words let new texts wait; they never hide anything."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.models import Audience, Procedure
from tests.conftest import NOW
from tests.factories.comments import comment
from tests.factories.proposals import proposal
from tests.factories.rounds import round_

OFF = {"held_words": "", "held_from": "", "held_to": "", "calm_until": ""}


@pytest.fixture
def set_holding(place, sign_in):
    def set_it(**values):
        path = f"/en/dialogues/{place.dialogue.id}/holding"
        return sign_in(place.moderator).post(path, data=OFF | values)

    return set_it


def _say(browser, place, body="Hello", key="k"):
    path = f"/en/subjects/{place.proposal.id}/comments"
    assert browser.post(path, data={"form_key": key, "body": body}).status_code == 303
    db.session.rollback()
    return db.session.scalars(select(Comment).where(Comment.form_key == key)).one().visibility


@pytest.mark.parametrize(
    ("words", "body", "held"),
    [
        ("Wucher", "Das ist wucher!", True),
        ("Wucher", "Wucherungen", False),
        ("Wucher*", "Wucherungen", True),
        ("Häuserkampf", "HAUSERKAMPF", True),
        ("Mitarbeiterinnen", "Mitarbeiter:innen", True),
        ("watches.example", "See https://watches.example/x", True),
        ("zwei Worte", "zwei  worte", True),
        ("*\n\n  ", "anything", False),
        ("a.c", "abc", False),
    ],
)
def test_a_word_of_the_list(place, sign_in, set_holding, words, body, held):
    assert set_holding(held_words=words).status_code == 303
    expected = Visibility.HELD if held else Visibility.VISIBLE
    assert _say(sign_in(place.amal), place, body) is expected


def test_links(place, sign_in, set_holding):
    set_holding(holds_links="y")
    amal = sign_in(place.amal)
    assert _say(amal, place, "www.example.org", "1") is Visibility.HELD
    assert _say(amal, place, "[here](mailto:x@example.org)", "2") is Visibility.HELD
    assert _say(amal, place, "No link", "3") is Visibility.VISIBLE


def test_calm_mode_ends_by_itself_and_says_so_meanwhile(place, sign_in, set_holding):
    amal = sign_in(place.amal)
    page = f"/en/proposals/{place.proposal.id}"
    assert "published at once" in amal.get(page).text
    set_holding(calm_until="2027-03-01T12:00")
    assert "published at once" not in amal.get(page).text
    assert _say(amal, place, key="1") is Visibility.HELD
    with clock.frozen(NOW + timedelta(hours=3)):
        assert "published at once" in amal.get(page).text
        assert _say(amal, place, key="2") is Visibility.VISIBLE


@pytest.mark.parametrize(
    ("start", "end", "held"), [("22", "7", False), ("22", "11", True), ("9", "12", True)]
)
def test_by_the_hour_of_the_citys_clock(place, sign_in, set_holding, start, end, held):
    set_holding(held_from=start, held_to=end)  # it is ten o'clock
    assert _say(sign_in(place.amal), place) is (Visibility.HELD if held else Visibility.VISIBLE)


def test_what_can_be_read_already_stays(place, client, set_holding):
    comment(place.proposal, body="Wucher seit gestern")
    set_holding(held_words="Wucher", calm_until="2027-03-09T12:00", holds_links="y")
    assert "Wucher seit gestern" in client.get(f"/en/proposals/{place.proposal.id}").text


def test_a_change_of_a_comment_cannot_go_around_it(place, sign_in, set_holding):
    made = comment(place.proposal, author=place.amal, body="Harmless")
    set_holding(held_words="Wucher")
    sign_in(place.amal).post(f"/en/comments/{made.id}/edit", data={"body": "Wucher"})
    db.session.rollback()
    assert db.session.get_one(Comment, made.id).visibility is Visibility.HELD


def test_proposals_too(place, sign_in, set_holding):
    set_holding(held_words="Wucher")
    open_ = round_(place.dialogue, number=2, procedure=Procedure(who_proposes=Audience.PERSONS))
    made = proposal(open_, author=place.amal, title="Gegen Wucher", state=ProposalState.DRAFT)
    browser = sign_in(place.amal)
    answer = browser.post(
        f"/en/proposals/{made.id}/submit", data={"edition": str(made.edition), "confirmed": "y"}
    )
    assert answer.status_code == 303
    db.session.rollback()
    found = db.session.get_one(Proposal, made.id)
    assert (found.state, found.visibility) == (ProposalState.SUBMITTED, Visibility.HELD)


@pytest.mark.parametrize(
    "values",
    [
        {"held_from": "3"},
        {"held_from": "3", "held_to": "3"},
        {"held_from": "24", "held_to": "3"},
        {"calm_until": "never"},
        {"held_words": "word\n" * 501},
    ],
)
def test_what_makes_no_sense_comes_back(set_holding, values):
    assert set_holding(**values).status_code == 422


def test_only_the_dialogues_moderators(place, sign_in, client):
    path = f"/en/dialogues/{place.dialogue.id}/holding"
    for who in (place.elsewhere, place.amal):
        assert sign_in(who).get(path).status_code == 404
        assert sign_in(who).post(path, data=OFF).status_code == 404
    assert client.get(path).status_code == 401
