"""Suspend somebody for a time: told, with reasons, by two people where it is long, undone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from app.accounts.models import RoleName
from app.core import clock
from app.core.db import db
from app.moderation.models import Action, Appeal, Decision, SuspensionRequest
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.rounds.models import Suspension
from tests.conftest import NOW
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.proposals import proposal
from tests.factories.rounds import appoint, dialogue, round_

REASONS = {"rule": "insult", "facts": "Calls somebody names."}


@pytest.fixture
def said(place):
    return comment(place.proposal, author=place.amal, body="Names")


@pytest.fixture
def second(place):
    return appoint(place.dialogue, person("Second"))


def _suspend(browser, thing, days, **values):
    data = {"action": "suspend", "seen": "0", "days": str(days), **REASONS, **values}
    return browser.post(f"/en/subjects/{thing.id}/decision", data=data)


def _say(browser, thing, key="k"):
    data = {"form_key": key, "body": "One more"}
    return browser.post(f"/en/subjects/{thing.id}/comments", data=data).status_code


def _request() -> SuspensionRequest:
    db.session.rollback()
    return db.session.scalars(select(SuspensionRequest)).one()


def test_for_a_week_by_one_person(place, said, sign_in, client):
    assert _suspend(sign_in(place.moderator), said, 7).status_code == 303
    amal = sign_in(place.amal)
    assert _say(amal, place.proposal) == 403
    page = amal.get(f"/en/proposals/{place.proposal.id}").text
    assert "suspended you from writing" in page
    assert "Names" in client.get(f"/en/proposals/{place.proposal.id}").text
    reasons = amal.get(f"/en/subjects/{said.id}/reasons").text
    assert "until the end of March 8, 2027" in reasons
    assert "Calls somebody names." in reasons
    assert "Two people" not in reasons
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert told == [(place.amal.id, Kind.MODERATED)]
    with clock.frozen(NOW + timedelta(days=8)):
        assert _say(sign_in(place.amal), place.proposal) == 303


def test_they_can_still_support_and_write_elsewhere(place, said, sign_in):
    other = proposal(round_(dialogue()))
    _suspend(sign_in(place.moderator), said, 3)
    amal = sign_in(place.amal)
    liked = proposal(place.round)
    assert amal.post(f"/en/proposals/{liked.id}/support", data={}).status_code == 303
    assert _say(amal, other) == 303


def _told(who) -> list[Kind]:
    db.session.rollback()
    return list(db.session.scalars(select(Notice.kind).where(Notice.person_id == who.id)))


def test_nothing_happens_to_anybody_before_the_second_person(place, second, said, sign_in):
    moderator = sign_in(place.moderator)
    assert _suspend(moderator, said, 30).status_code == 303
    asked = _request()
    assert _say(sign_in(place.amal), place.proposal) == 303
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 0
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (second.id, Kind.SECOND_NEEDED) in told
    assert all(who != place.amal.id for who, _kind in told)
    path = f"/en/suspension-requests/{asked.id}"
    assert moderator.post(path, data={"outcome": "agree"}).status_code == 403
    assert sign_in(place.elsewhere).get(path).status_code == 404
    assert _suspend(moderator, said, 14).status_code == 409
    page = sign_in(second).get(f"/en/dialogues/{place.dialogue.id}/suspensions").text
    assert path in page
    assert sign_in(second).post(path, data={"outcome": "agree"}).status_code == 303
    assert _say(sign_in(place.amal), place.proposal, "2") == 403
    db.session.rollback()
    decision = db.session.scalars(select(Decision)).one()
    assert (decision.by_id, decision.second_id) == (place.moderator.id, second.id)
    assert _told(place.moderator) == [Kind.SECOND_ANSWERED]
    assert Kind.SECOND_ANSWERED not in _told(second)
    assert "Two people" in sign_in(place.amal).get(f"/en/subjects/{said.id}/reasons").text


def test_the_second_person_declines_with_a_reason(place, second, said, sign_in):
    _suspend(sign_in(place.moderator), said, 30)
    path = f"/en/suspension-requests/{_request().id}"
    browser = sign_in(second)
    assert browser.post(path, data={"outcome": "decline"}).status_code == 422
    data = {"outcome": "decline", "answer": "It was only once."}
    assert browser.post(path, data=data).status_code == 303
    assert browser.post(path, data=data).status_code == 409
    assert _say(sign_in(place.amal), place.proposal) == 303
    page = sign_in(place.moderator).get(f"/en/dialogues/{place.dialogue.id}/suspensions").text
    assert "It was only once." in page
    assert _told(place.moderator) == [Kind.SECOND_ANSWERED]
    inbox = sign_in(place.moderator).get("/en/inbox").text
    assert "Another person has decided about the suspension that you asked for" in inbox
    assert f"/en/subjects/{said.id}/suspensions" in inbox
    assert db.session.scalar(select(func.count()).select_from(Suspension)) == 0


def test_an_operator_where_there_is_no_second_moderator(place, said, sign_in):
    operator = person("Ola", roles=(RoleName.OPERATOR,))
    _suspend(sign_in(place.moderator), said, 14)
    path = f"/en/suspension-requests/{_request().id}"
    assert sign_in(operator).post(path, data={"outcome": "agree"}).status_code == 303


def test_a_third_person_overturns_it_and_they_write_again(place, second, said, sign_in, client):
    third = appoint(place.dialogue, person("Third"))
    _suspend(sign_in(place.moderator), said, 30)
    request = f"/en/suspension-requests/{_request().id}"
    sign_in(second).post(request, data={"outcome": "agree"})
    db.session.rollback()
    decision = db.session.scalars(select(Decision.id)).one()
    amal = sign_in(place.amal)
    words = {"words": "That was somebody else."}
    assert amal.post(f"/en/decisions/{decision}/appeal", data=words).status_code == 303
    db.session.rollback()
    path = f"/en/appeals/{db.session.scalars(select(Appeal.id)).one()}"
    data = {"outcome": "overturned", "reason": "True."}
    for first in (place.moderator, second):
        assert sign_in(first).post(path, data=data).status_code == 403
    assert sign_in(third).post(path, data=data).status_code == 303
    assert _say(amal, place.proposal) == 303
    assert "overturned" in client.get("/en/decisions").text


def test_a_moderator_ends_it(place, said, sign_in):
    browser = sign_in(place.moderator)
    _suspend(browser, said, 7)
    db.session.rollback()
    seen = db.session.scalars(select(Decision.id)).one()
    data = {"action": "end-suspension", "seen": str(seen)}
    assert browser.post(f"/en/subjects/{said.id}/decision", data=data).status_code == 303
    assert _say(sign_in(place.amal), place.proposal) == 303


def test_guests_and_oneself(place, sign_in):
    guest = comment(place.proposal, guest_name="Amira")
    own = comment(place.proposal, author=place.moderator)
    assert _suspend(sign_in(place.moderator), guest, 3).status_code == 422
    assert _suspend(sign_in(place.moderator), own, 3).status_code == 403


@pytest.mark.parametrize("days", ["0", "8", "-1", "x", "400"])
def test_only_the_days_that_are_offered(place, said, sign_in, days):
    assert _suspend(sign_in(place.moderator), said, days).status_code == 422


def test_a_form_from_before_somebody_else_suspended(place, said, sign_in, second):
    other = comment(place.proposal, author=place.amal)
    assert _suspend(sign_in(second), said, 3).status_code == 303
    late = _suspend(sign_in(place.moderator), other, 3)
    assert late.status_code == 409
    assert "suspended already" in late.text


@pytest.mark.both
def test_two_at_once_suspend_once(place, sign_in, second):
    made = [SimpleNamespace(id=comment(place.proposal, author=place.amal).id) for _ in range(4)]
    browsers = [sign_in(who) for who in (place.moderator, second) * 2]
    start = Barrier(4)

    def run(pair):
        browser, thing = pair
        start.wait()
        return _suspend(browser, thing, 3).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(run, zip(browsers, made, strict=True)))
    assert codes == [303, 409, 409, 409]
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Suspension)) == 1
    actions = db.session.scalars(select(Decision.action)).all()
    assert actions == [Action.SUSPEND]
