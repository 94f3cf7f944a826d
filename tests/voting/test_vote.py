"""People and organisations vote in the browser."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.transactions import transaction
from app.organisations.models import Mandate
from app.rounds.models import Round
from app.rounds.states import RoundState
from app.voting.models import Ballot, OpenVote, Roll
from app.voting.states import QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.voting.pages import found, look_over, vote


def _count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def _text(response):
    return response.get_data(as_text=True)


def test_a_person_votes_in_two_steps_with_a_check_code(asked, sign_in):
    browser = sign_in(asked.amal)
    page = _text(browser.get(f"{asked.page}/vote"))
    assert all(title in page for title in ("Rot", "Grün", "Blau"))
    response, code = vote(browser, asked.page, {"approved": [asked.options[0]]})
    assert response.status_code == 303
    assert re.fullmatch(r"([2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}", code)
    assert (_count(Ballot), _count(Roll)) == (1, 1)
    after = _text(browser.get(asked.page))
    assert "Vote" not in after or "ändern" in after or "Change" in after


def test_looking_it_over_stores_nothing(asked, sign_in):
    look_over(sign_in(asked.amal), asked.page, {"blank": "y"})
    assert (_count(Ballot), _count(Roll)) == (0, 0)


def test_what_was_ticked_can_be_changed_on_the_second_step(asked, sign_in):
    data = {"approved": [asked.options[1]], "action": "edit"}
    response = sign_in(asked.amal).post(f"{asked.page}/vote", data=data)
    assert response.status_code == 200
    ticked = rf'<input[^>]*checked[^>]*value="{asked.options[1]}"'
    assert re.search(ticked, _text(response))


def test_sent_twice_it_is_one_vote(asked, sign_in):
    browser, data = sign_in(asked.amal), {"approved": [asked.options[0]]}
    token, _code = look_over(browser, asked.page, data)
    for _ in range(2):
        response = browser.post(f"{asked.page}/cast", data={**data, "code_token": token})
        assert response.status_code == 303
    assert _count(Ballot) == 1


def test_nothing_ticked_is_no_blank_vote_but_a_blank_vote_is(asked, sign_in):
    browser = sign_in(asked.amal)
    assert browser.post(f"{asked.page}/vote", data={}).status_code == 422
    both = {"blank": "y", "approved": [asked.options[0]]}
    assert browser.post(f"{asked.page}/vote", data=both).status_code == 422
    response, _code = vote(browser, asked.page, {"blank": "y"})
    assert response.status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Ballot.content)).one() == {"approved": []}


@pytest.mark.parametrize("choice", ["yes", "no", "abstain"])
def test_yes_no_and_abstaining_are_choices(place, sign_in, choice):
    question = voting.question(place.round, place.proposals[:1])
    response, _code = vote(sign_in(place.amal), f"/de/questions/{question.id}", {"choice": choice})
    assert response.status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Ballot.content)).one() == {"choice": choice}


@pytest.mark.parametrize(
    "data",
    [
        {"approved": ["999999"]},
        {"approved": ["x"]},
        {"approved": ["\x00"]},
        {"approved": ["9" * 30]},
        {"choice": "yes"},
    ],
)
def test_a_forged_ballot_is_refused(asked, sign_in, data):
    browser = sign_in(asked.amal)
    assert browser.post(f"{asked.page}/vote", data=data).status_code == 422
    assert browser.post(f"{asked.page}/cast", data=data).status_code == 422
    assert _count(Ballot) == 0


def test_a_vote_is_changed_with_its_code_only(asked, sign_in):
    browser = sign_in(asked.amal)
    red, green, _blue = asked.options
    _response, code = vote(browser, asked.page, {"approved": [red]})
    without = browser.post(f"{asked.page}/vote", data={"approved": [green]})
    wrong = browser.post(f"{asked.page}/vote", data={"approved": [green], "old_code": "ABCD-ABCD"})
    assert (without.status_code, wrong.status_code) == (422, 422)
    response, _new = vote(browser, asked.page, {"approved": [green], "old_code": code.lower()})
    assert response.status_code == 303
    db.session.rollback()
    counts = db.session.scalars(select(Ballot.content).where(~Ballot.replaced)).all()
    assert counts == [{"approved": [green]}]


def test_a_code_made_for_somebody_else_is_refused(asked, sign_in):
    data = {"approved": [asked.options[0]]}
    token, _code = look_over(sign_in(asked.amal), asked.page, data)
    response = sign_in(asked.rosa).post(f"{asked.page}/cast", data={**data, "code_token": token})
    assert response.status_code == 409
    assert _count(Ballot) == 0


def test_a_page_that_was_open_too_long_gives_a_new_code(asked, sign_in):
    response = sign_in(asked.amal).post(
        f"{asked.page}/cast", data={"blank": "y", "code_token": "forged"}
    )
    assert response.status_code == 422
    assert 'name="code_token"' in _text(response)


def test_an_organisation_votes_openly_and_its_deputy_sees_it(asked, sign_in):
    data = {
        "approved": [asked.options[0]],
        "reason": "Weil es hilft.",
        "speaking_as": asked.verein.id,
    }
    rosa, dede = sign_in(asked.rosa), sign_in(asked.dede)
    assert "code_token" not in _text(rosa.post(f"{asked.page}/vote", data=data))
    assert rosa.post(f"{asked.page}/cast", data=data).status_code == 303
    assert "Rosa" in _text(dede.get(asked.page))
    assert "Rosa" in _text(dede.get(f"{asked.page}/vote?for={asked.verein.id}"))
    other = {**data, "approved": [asked.options[1]]}
    assert dede.post(f"{asked.page}/cast", data=other).status_code == 303
    db.session.rollback()
    kept = db.session.scalars(select(OpenVote)).one()
    assert (kept.content["approved"], kept.cast_by_id) == ([asked.options[1]], asked.dede.id)


def test_the_representative_also_has_a_vote_of_their_own(asked, sign_in):
    rosa = sign_in(asked.rosa)
    response, _code = vote(rosa, asked.page, {"blank": "y"})
    assert response.status_code == 303
    data = {"blank": "y", "speaking_as": asked.verein.id}
    assert rosa.post(f"{asked.page}/cast", data=data).status_code == 303
    assert (_count(Ballot), _count(OpenVote)) == (1, 1)


def test_who_has_no_mandate_any_more_cannot_vote_for_it(asked, sign_in):
    browser = sign_in(asked.rosa)
    with transaction():
        for mandate in db.session.scalars(select(Mandate)):
            mandate.ended_at = clock.now()
    data = {"blank": "y", "speaking_as": asked.verein.id}
    assert browser.post(f"{asked.page}/cast", data=data).status_code in (403, 409)
    assert _count(OpenVote) == 0


def test_who_signed_up_later_is_told_plainly(asked, sign_in, app):
    later = person(language="en")
    response = sign_in(later).get(f"{asked.page}/vote")
    assert response.status_code == 403
    page = _text(sign_in(later).get(f"/en/questions/{asked.question.id}"))
    assert "signed up" in page
    assert sign_in(later).post(f"{asked.page}/cast", data={"blank": "y"}).status_code == 403


def test_strangers_are_asked_to_sign_in(asked, client):
    assert client.get(f"{asked.page}/vote").status_code == 401
    assert client.post(f"{asked.page}/cast", data={"blank": "y"}).status_code == 401
    assert "/sign-in?next=" in _text(client.get(asked.page))


def test_the_first_vote_after_the_opening_opens_the_question(place, sign_in):
    question = voting.question(place.round, place.proposals, state=QuestionState.PUBLISHED)
    response, _code = vote(sign_in(place.amal), f"/de/questions/{question.id}", {"blank": "y"})
    assert response.status_code == 303
    assert _count(Ballot) == 1


def test_not_after_the_close_nor_while_the_round_pauses(asked, sign_in):
    browser, data = sign_in(asked.amal), {"blank": "y"}
    token, _code = look_over(browser, asked.page, data)
    with transaction():
        round_ = db.session.get_one(Round, asked.round.id)
        round_.state, round_.paused_at = RoundState.PAUSED, clock.now()
    cast = {**data, "code_token": token}
    assert browser.post(f"{asked.page}/cast", data=cast).status_code == 403
    with transaction():
        round_ = db.session.get_one(Round, asked.round.id)
        round_.state, round_.paused_at = RoundState.OPEN, None
    clock.tick(timedelta(days=10))
    assert browser.post(f"{asked.page}/cast", data=cast).status_code == 403
    assert _count(Ballot) == 0


def test_each_voter_has_an_order_of_their_own_that_stays(asked, sign_in):
    def order(who):
        page = _text(sign_in(who).get(f"{asked.page}/vote"))
        return tuple(re.findall(r'name="approved"[^>]*value="(\d+)"', page))

    people = [asked.amal, asked.rosa, asked.dede, asked.moderator]
    orders = [order(who) for who in people]
    assert all(len(one) == 3 for one in orders)
    assert orders == [order(who) for who in people]
    assert len(set(orders)) > 1


def test_an_organisation_outside_cannot_vote(asked, sign_in):
    other = person()
    outside = organisation("Draußen", representative=other)
    data = {"blank": "y", "speaking_as": outside.id}
    assert sign_in(other).post(f"{asked.page}/cast", data=data).status_code == 403


@pytest.mark.parametrize("path", ["", "/vote"])
def test_pages_ask_few_statements(asked, sign_in, queries, path):
    browser = sign_in(asked.rosa)
    browser.get(asked.page + path)
    queries.clear()
    browser.get(asked.page + path)
    assert len(queries) <= 16
    assert found("(questions)", " ".join(queries))
