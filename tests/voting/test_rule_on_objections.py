"""Consent: objections have reasons, and moderators rule on each in public."""

import pytest

from app.core.db import db
from app.voting.methods.recounting import recount
from app.voting.models import ObjectionRuling, OpenVote
from app.voting.queries import counting
from app.voting.states import QuestionState
from tests.factories import rounds, voting
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation

pytestmark = pytest.mark.both_long
RULED = {"ruling": "dismissed", "reason": "It is about another place.", "change": "Nothing."}


@pytest.fixture
def asked(place):
    """A question by consent that two organisations vote on."""
    place.other = organisation("Zweiter Verein", representative=place.dede)
    rounds.accredit(place.dialogue.id, place.other)
    place.question = voting.question(place.round, place.proposals[:1], method="consent")
    place.page = f"/en/questions/{place.question.id}"
    return place


def _vote(browser, page, organisation, choice, **more):
    data = {"speaking_as": str(organisation.id), "choice": choice, **more}
    return browser.post(f"{page}/cast", data=data)


@pytest.fixture
def counted(asked, sign_in):
    rosa, dede = sign_in(asked.rosa), sign_in(asked.dede)
    assert _vote(rosa, asked.page, asked.verein, "consent").status_code == 303
    assert _vote(dede, asked.page, asked.other, "objection", reason="Too loud").status_code == 303
    voting.advance(asked.question, QuestionState.COUNTED)
    asked.ruling = f"{asked.page}/objections/{asked.other.id}"
    return asked


def test_an_objection_in_public_owes_a_reason(asked, sign_in):
    browser = sign_in(asked.rosa)
    answer = _vote(browser, asked.page, asked.verein, "objection")
    assert answer.status_code == 422
    assert "give a reason" in answer.text
    assert db.session.query(OpenVote).count() == 0
    assert _vote(browser, asked.page, asked.verein, "concern").status_code == 303


def test_an_objection_stands_until_it_is_ruled_on(counted, client, sign_in):
    page = client.get(counted.page).text
    assert "not adopted" in page
    assert "1 objection stands" in page
    assert "Too loud" in page
    assert "not ruled on yet" in page
    assert "/objections/" not in page
    assert "/objections/" in sign_in(counted.moderator).get(counted.page).text


def test_dismissed_with_a_reason_the_text_is_adopted(counted, client, sign_in):
    before = voting.fresh(counted.question.id).result_hash
    browser = sign_in(counted.moderator)
    assert "Too loud" in browser.get(counted.ruling).text
    assert browser.post(counted.ruling, data=RULED).status_code == 303
    db.session.rollback()
    page = client.get(counted.page).text
    assert "adopted: no objection stands" in page
    assert "It is about another place." in page
    question = voting.fresh(counted.question.id)
    assert question.result_hash != before
    export = {
        "manifest": counting.manifest(question),
        "result": question.result,
        "log": counting.log(question),
    }
    assert recount(export) == question.result_hash


def test_upheld_it_stands(counted, client, sign_in):
    data = {**RULED, "ruling": "upheld"}
    assert sign_in(counted.moderator).post(counted.ruling, data=data).status_code == 303
    assert "not adopted" in client.get(counted.page).text


def test_a_ruling_has_a_reason_and_keeps_what_was_typed(counted, sign_in):
    browser = sign_in(counted.moderator)
    answer = browser.post(counted.ruling, data={"change": "A paragraph about quiet hours"})
    assert answer.status_code == 422
    assert "A paragraph about quiet hours" in answer.text
    assert db.session.query(ObjectionRuling).count() == 0


def test_ruled_on_once(counted, sign_in):
    browser = sign_in(counted.moderator)
    sent = [browser.post(counted.ruling, data=RULED).status_code for _ in range(2)]
    other = {**RULED, "ruling": "upheld"}
    assert [*sent, browser.post(counted.ruling, data=other).status_code] == [303, 303, 409]
    db.session.rollback()
    assert db.session.query(ObjectionRuling).count() == 1


def test_who_may(counted, client, sign_in):
    elsewhere = person()
    rounds.dialogue(moderator=elsewhere)
    for browser, status in (
        (client, 401),
        (sign_in(counted.amal), 403),
        (sign_in(counted.dede), 403),
        (sign_in(elsewhere), 403),
    ):
        assert browser.get(counted.ruling).status_code == status
        assert browser.post(counted.ruling, data=RULED).status_code == status
    mandate(counted.moderator, counted.other)
    assert sign_in(counted.moderator).post(counted.ruling, data=RULED).status_code == 403


def test_only_what_was_objected_to_and_not_before_the_count(asked, sign_in):
    _vote(sign_in(asked.rosa), asked.page, asked.verein, "objection", reason="Too loud")
    ruling = f"{asked.page}/objections/{asked.verein.id}"
    browser = sign_in(asked.moderator)
    assert browser.post(ruling, data=RULED).status_code == 403
    voting.advance(asked.question, QuestionState.COUNTED)
    assert browser.post(ruling.replace(str(asked.verein.id), str(asked.other.id))).status_code in (
        404,
        403,
    )
    assert browser.get(f"{asked.page}/objections/{asked.other.id}").status_code == 404


def test_people_object_without_a_reason_and_their_objections_stand(place, client):
    voters = [person() for _ in range(10)]
    question = voting.question(place.round, place.proposals[:1], method="consent")
    for number, voter in enumerate(voters):
        voting.cast_secret(question, voter.id, {"choice": "consent" if number else "objection"})
    voting.advance(question, QuestionState.COUNTED)
    page = client.get(f"/en/questions/{question.id}").text
    assert "not adopted" in page
    assert "1 objection stands" in page
