"""Accepting whole or in part, declining: only those who made the proposal, once, nothing lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.amendments.models import Amendment
from app.amendments.states import AmendmentState
from app.core.db import db
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal, ProposalVersion
from tests.amendments.conftest import BODY
from tests.factories.amendments import amendment
from tests.factories.proposals import proposal

NEW = "Ein Haus am See mit Garten."


def _edition(place) -> str:
    db.session.rollback()
    found = db.session.get_one(Proposal, place.proposal.id, populate_existing=True)
    return str(found.edition)


def _accept(browser, made, words, edition, **values):
    data = {"words": words, "edition": edition, **values}
    return browser.post(f"/en/amendments/{made.id}/accept", data=data)


def _decline(browser, made, reason="Das ist zu teuer."):
    return browser.post(f"/en/amendments/{made.id}/decline", data={"reason": reason})


def _fresh(made) -> Amendment:
    db.session.rollback()
    return db.session.get_one(Amendment, made.id, populate_existing=True)


def _body(place) -> str:
    db.session.rollback()
    return db.session.get_one(Proposal, place.proposal.id, populate_existing=True).body


def test_accepted_it_makes_a_version_that_names_it(place, sign_in, client):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    rosa = sign_in(place.rosa)
    page = rosa.get(f"/en/amendments/{made.id}/decide").text
    assert "What comes to stand in the text" in page
    assert "I have read what comes" not in page
    assert _accept(rosa, made, NEW, _edition(place), note="Danke!").status_code == 303
    found = _fresh(made)
    assert (found.state, found.made_version, found.merged) == (AmendmentState.ACCEPTED, 2, NEW)
    assert _body(place) == BODY.replace("Ein Haus am Markt mit Garten.", NEW)
    version = db.session.scalars(select(ProposalVersion).order_by(ProposalVersion.number)).all()[-1]
    assert version.reason == "Änderungsantrag von Amal: It is clearer."
    assert version.by_id == place.rosa.id
    shown = client.get(f"/en/amendments/{made.id}").text
    assert "Accepted by those who made the proposal." in shown
    assert "Danke!" in shown
    assert f"/en/amendments/{made.id}" in client.get(f"{place.url}/versions").text
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (place.amal.id, Kind.AMENDMENT_DECIDED) in told
    assert _accept(rosa, made, NEW, _edition(place)).status_code == 403, "decided already"


def test_accepted_in_part(place, sign_in, client):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    words = "Ein Haus am Markt oder am See mit Garten."
    assert _accept(sign_in(place.rosa), made, words, _edition(place)).status_code == 303
    assert _fresh(made).state is AmendmentState.IN_PART
    assert words in _body(place)
    assert "What was taken over" in client.get(f"/en/amendments/{made.id}").text


def test_declined_with_a_reason(place, sign_in, client):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    rosa = sign_in(place.rosa)
    assert _decline(rosa, made, "").status_code == 422
    assert _decline(rosa, made).status_code == 303
    assert _fresh(made).state is AmendmentState.DECLINED
    assert _body(place) == BODY
    assert "Das ist zu teuer." in client.get(f"/en/amendments/{made.id}").text


def test_nobody_else_decides(place, sign_in, client):
    made = amendment(place.proposal, new=NEW, author=place.amal)
    edition = _edition(place)
    assert _accept(client, made, NEW, edition).status_code in (401, 403)
    for who in (place.amal, place.other, place.moderator, place.editor):
        browser = sign_in(who)
        assert browser.get(f"/en/amendments/{made.id}/decide").status_code == 403
        assert _accept(browser, made, NEW, edition).status_code == 403
        assert _decline(browser, made).status_code == 403
    assert _fresh(made).state is AmendmentState.OPEN
    assert _body(place) == BODY


def test_of_a_persons_proposal_that_person_decides(place, sign_in):
    alone = proposal(place.round, author=place.amal, body="Eins.\n\nZwei.")
    made = amendment(alone, new="Drei.", paragraph=1)
    assert _decline(sign_in(place.rosa), made).status_code == 403
    assert _decline(sign_in(place.amal), made).status_code == 303


def test_other_words_of_the_paragraph_are_brought_together_and_checked(place, sign_in):
    first = amendment(place.proposal, new=NEW)
    second = amendment(place.proposal, new="Das Haus am Markt mit Garten.")
    rosa = sign_in(place.rosa)
    beside = rosa.get(f"/en/amendments/{first.id}/decide").text
    assert "other words: both are possible" in beside
    _accept(rosa, first, NEW, _edition(place))
    page = rosa.get(f"/en/amendments/{second.id}/decide").text
    assert "The text has moved on" in page
    both = "Das Haus am See mit Garten."
    assert both in page
    unchecked = _accept(rosa, second, both, _edition(place))
    assert unchecked.status_code == 422
    assert "Please check the outcome" in unchecked.text
    assert _accept(rosa, second, both, _edition(place), checked="y").status_code == 303
    assert _fresh(second).state is AmendmentState.ACCEPTED
    assert both in _body(place)


def test_the_same_words_are_a_conflict_that_is_shown_first(place, sign_in):
    first = amendment(place.proposal, new=NEW)
    second = amendment(place.proposal, new="Ein Haus am Bahnhof mit Garten.")
    rosa = sign_in(place.rosa)
    assert "the same words" in rosa.get(f"/en/amendments/{first.id}/decide").text
    _accept(rosa, first, NEW, _edition(place))
    page = rosa.get(f"/en/amendments/{second.id}/decide").text
    assert "The same words have changed since." in page
    same = _accept(rosa, second, NEW, _edition(place), checked="y")
    assert same.status_code == 422, "nothing would change"
    words = "Ein Haus am See oder am Bahnhof mit Garten."
    assert _accept(rosa, second, words, _edition(place), checked="y").status_code == 303
    assert _fresh(second).state is AmendmentState.IN_PART


def test_a_paragraph_that_is_gone_can_only_be_declined(place, sign_in):
    second = amendment(place.proposal, new=NEW)
    strike = amendment(place.proposal, new="")
    rosa = sign_in(place.rosa)
    assert _accept(rosa, strike, "", _edition(place)).status_code == 303
    assert "can only be declined" in rosa.get(f"/en/amendments/{second.id}/decide").text
    assert _accept(rosa, second, NEW, _edition(place), checked="y").status_code == 409
    assert _decline(rosa, second).status_code == 303


@pytest.mark.both
def test_accept_and_decline_at_once_have_one_effect(place, app, sign_in):
    made = amendment(place.proposal, new=NEW)
    edition, id = _edition(place), made.id
    browsers = [sign_in(place.rosa) for _each in range(10)]

    def run(job):
        number, browser = job
        with app.app_context():
            if number % 2:
                data = {"words": NEW, "edition": edition}
                return browser.post(f"/en/amendments/{id}/accept", data=data).status_code
            data = {"reason": "Nein."}
            return browser.post(f"/en/amendments/{id}/decline", data=data).status_code

    with ThreadPoolExecutor(10) as pool:
        codes = list(pool.map(run, enumerate(browsers)))
    assert codes.count(303) == 1, codes
    assert set(codes) <= {303, 403, 409}
    found = _fresh(made)
    assert (NEW in _body(place)) is (found.state is AmendmentState.ACCEPTED)
    versions = len(db.session.scalars(select(ProposalVersion)).all())
    assert versions == (2 if found.state is AmendmentState.ACCEPTED else 1)


@pytest.mark.both
def test_two_conflicting_ones_accepted_at_once(place, app, sign_in):
    """The second is told that the text has changed, and nothing is lost."""
    first = amendment(place.proposal, new=NEW)
    second = amendment(place.proposal, new="Ein Haus am Bahnhof mit Garten.")
    edition = _edition(place)
    jobs = [
        (sign_in(place.rosa), first.id, first.new),
        (sign_in(place.rosa), second.id, second.new),
    ]

    def run(job):
        browser, id, words = job
        with app.app_context():
            data = {"words": words, "edition": edition}
            return browser.post(f"/en/amendments/{id}/accept", data=data)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(run, jobs))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    told = next(answer for answer in answers if answer.status_code == 409)
    assert "In the meantime the text has changed." in told.text
    states = {_fresh(first).state, _fresh(second).state}
    assert states == {AmendmentState.ACCEPTED, AmendmentState.OPEN}
