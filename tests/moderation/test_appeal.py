"""Objecting to a decision: who may, until when; a second person decides; all is restored."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.models import RoleName
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.moderation.models import Appeal, Decision
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal
from tests.comments.pages import found
from tests.conftest import NOW
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.rounds import appoint

REASONS = {"rule": "insult", "facts": "Calls somebody names."}
WHY = "It is a quotation."


@pytest.fixture
def second(place):
    """Another moderator of the same dialogue."""
    return appoint(place.dialogue, person("Second"))


def _decide(browser, id, action, **values):
    data = {"action": action, "seen": "0", **values}
    assert browser.post(f"/en/subjects/{id}/decision", data=data).status_code == 303
    db.session.rollback()
    return db.session.scalars(select(func.max(Decision.id))).one()


def _appeal(browser, decision_id, words=WHY):
    return browser.post(f"/en/decisions/{decision_id}/appeal", data={"words": words})


def _answer(browser, appeal_id, outcome, **values):
    data = {"outcome": outcome, "reason": "Read it again.", **values}
    return browser.post(f"/en/appeals/{appeal_id}", data=data)


def _only() -> Appeal:
    db.session.rollback()
    return db.session.scalars(select(Appeal)).one()


def test_the_author_reads_the_reasons_objects_and_all_is_restored(place, second, sign_in, client):
    made = comment(place.proposal, author=place.amal, body="A word")
    decision = _decide(sign_in(place.moderator), made.id, "hide", **REASONS)
    amal = sign_in(place.amal)
    assert f"/en/subjects/{made.id}/reasons" in amal.get(f"/en/comments/{made.id}").text
    reasons = amal.get(f"/en/subjects/{made.id}/reasons").text
    for words in ("Insults or threatens somebody", "Calls somebody names.", "a person read it"):
        assert words in reasons
    assert f"/en/decisions/{decision}/appeal" in reasons
    assert _appeal(amal, decision, "").status_code == 422
    assert _appeal(amal, decision).status_code == 303
    assert _appeal(amal, decision).status_code == 303, "twice is once"
    assert "waits for a second person" in amal.get(f"/en/subjects/{made.id}/reasons").text
    appeal = _only()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (second.id, Kind.APPEAL_MADE) in told
    assert (place.moderator.id, Kind.APPEAL_MADE) not in told

    listed = sign_in(second).get(f"/en/dialogues/{place.dialogue.id}/appeals").text
    assert WHY in listed
    assert "Objections</a>" not in listed
    assert "(1)" in sign_in(second).get(place.queue).text
    assert _answer(sign_in(second), appeal.id, "overturned", reason="").status_code == 422
    assert _answer(sign_in(second), appeal.id, "overturned").status_code == 303
    appeal = _only()
    assert (appeal.overturned, appeal.decided_by_id) == (True, second.id)
    assert appeal.new_decision_id is not None
    assert db.session.get_one(Comment, made.id).visibility is Visibility.VISIBLE
    assert db.session.get_one(Proposal, place.proposal.id).comment_count == 1
    assert "A word" in client.get(f"/en/proposals/{place.proposal.id}").text
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (place.amal.id, Kind.APPEAL_DECIDED) in told
    assert "Read it again." in amal.get(f"/en/subjects/{made.id}/reasons").text


def test_the_decision_can_stay(place, second, sign_in):
    decision = _decide(sign_in(place.moderator), place.proposal.id, "hide", **REASONS)
    amal = sign_in(place.amal)
    _appeal(amal, decision)
    assert _answer(sign_in(second), _only().id, "stays").status_code == 303
    assert _only().overturned is False
    assert db.session.get_one(Proposal, place.proposal.id).visibility is Visibility.HIDDEN
    assert _answer(sign_in(second), _only().id, "overturned").status_code == 409


def test_never_the_one_who_decided_first(place, second, sign_in):
    decision = _decide(sign_in(place.moderator), place.proposal.id, "hide", **REASONS)
    _appeal(sign_in(place.amal), decision)
    appeal_id = _only().id
    for who, status in ((place.moderator, 403), (place.elsewhere, 404), (place.amal, 404)):
        assert _answer(sign_in(who), appeal_id, "stays").status_code == status
    assert _only().decided_at is None


def test_an_operator_decides_where_nobody_else_moderates(place, sign_in):
    operator = person("Op", roles=(RoleName.OPERATOR,))
    decision = _decide(sign_in(place.moderator), place.proposal.id, "hide", **REASONS)
    _appeal(sign_in(place.amal), decision)
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (operator.id, Kind.APPEAL_MADE) in told
    assert _answer(sign_in(operator), _only().id, "overturned").status_code == 303
    assert _only().overturned is True


def test_but_not_where_somebody_does(place, second, sign_in):
    operator = person("Op", roles=(RoleName.OPERATOR,))
    decision = _decide(sign_in(place.moderator), place.proposal.id, "hide", **REASONS)
    _appeal(sign_in(place.amal), decision)
    assert _answer(sign_in(operator), _only().id, "stays").status_code == 404


def test_six_months_and_only_its_author(place, second, sign_in, client):
    decision = _decide(sign_in(place.moderator), place.proposal.id, "hide", **REASONS)
    assert _appeal(client, decision).status_code == 401
    assert _appeal(sign_in(second), decision).status_code == 404
    with clock.frozen(NOW + timedelta(days=184)):
        amal = sign_in(place.amal)
        assert _appeal(amal, decision).status_code == 403
        page = amal.get(f"/en/subjects/{place.proposal.id}/reasons").text
        assert "That time is over." in page
    with clock.frozen(NOW + timedelta(days=182)):
        assert _appeal(sign_in(place.amal), decision).status_code == 303


def test_only_the_newest_decision(place, second, sign_in):
    first = _decide(sign_in(place.moderator), place.proposal.id, "hide", **REASONS)
    again = {"action": "publish", "seen": str(first), "facts": "A mistake."}
    path = f"/en/subjects/{place.proposal.id}/decision"
    assert sign_in(place.moderator).post(path, data=again).status_code == 303
    assert _appeal(sign_in(place.amal), first).status_code == 403


def test_who_reported_objects_with_the_receipt(place, second, sign_in, client):
    ticket = found(r'name="ticket"[^>]*value="([^"]+)"', client.get(place.report).text)
    sent = client.post(place.report, data={"ticket": ticket, "rule": "insult", "words": "Line 2"})
    receipt = sent.location
    assert client.get(f"{receipt}/appeal").status_code == 403, "nothing is decided yet"
    _decide(sign_in(place.moderator), place.proposal.id, "keep")
    assert f"{receipt}/appeal" in client.get(receipt).text
    for _twice in range(2):
        assert client.post(f"{receipt}/appeal", data={"words": WHY}).status_code == 303
    assert "waits for a second person" in client.get(receipt).text
    appeal = _only()
    assert (appeal.by_id, appeal.report_id is not None) == (None, True)
    assert _answer(sign_in(second), appeal.id, "overturned").status_code == 422, "no rule is named"
    answer = _answer(sign_in(second), appeal.id, "overturned", rule="insult")
    assert answer.status_code == 303
    db.session.rollback()
    hidden = db.session.get_one(Proposal, place.proposal.id)
    assert hidden.visibility is Visibility.HIDDEN
    assert "Read it again." in client.get(receipt).text


@pytest.mark.both
def test_two_who_decide_at_once_have_one_effect(place, second, app, sign_in):
    third = appoint(place.dialogue, person("Third"))
    decision = _decide(sign_in(place.moderator), place.proposal.id, "hide", **REASONS)
    _appeal(sign_in(place.amal), decision)
    appeal_id = _only().id
    jobs = [(sign_in(second), "stays"), (sign_in(third), "overturned")]

    def run(job):
        browser, outcome = job
        with app.app_context():
            return _answer(browser, appeal_id, outcome).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, jobs)) == [303, 409]
    appeal = _only()
    shown = db.session.get_one(Proposal, place.proposal.id).visibility is Visibility.VISIBLE
    assert appeal.overturned is shown


def test_ten_objections_cost_as_many_queries_as_one(place, second, sign_in, queries):
    numbers = []
    for rounds in (1, 9):
        for _each in range(rounds):
            made = comment(place.proposal, author=place.amal)
            decision = _decide(sign_in(place.moderator), made.id, "hide", **REASONS)
            _appeal(sign_in(place.amal), decision)
        browser = sign_in(second)
        queries.clear()
        assert browser.get(f"/en/dialogues/{place.dialogue.id}/appeals").status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
