"""Report without an account, with a receipt that shows what becomes of it."""

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.core.states import Visibility
from app.moderation.models import Report
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from tests.comments.pages import found
from tests.factories.comments import comment
from tests.factories.proposals import proposal


@dataclass
class Sent:
    status: int
    location: str
    ticket: str
    text: str


def _report(browser, path, ticket="", **values) -> Sent:
    ticket = ticket or found(r'name="ticket"[^>]*value="([^"]+)"', browser.get(path).text)
    data = {"ticket": ticket, "rule": "insult", "words": "Look at line two.", **values}
    answer = browser.post(path, data=data)
    return Sent(answer.status_code, answer.location or "", ticket, answer.text)


def _number() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Report)) or 0


def test_the_receipt_shows_the_fate(place, client, sign_in):
    sent = _report(client, place.report)
    assert sent.status == 303
    receipt = client.get(sent.location).text
    assert "Look at line two." in receipt
    assert "March 2, 2027" in receipt
    token = sent.location.rsplit("/", 1)[1]
    db.session.rollback()
    assert db.session.scalars(select(Report)).one().receipt_hash != token
    path = f"/en/subjects/{place.proposal.id}/decision"
    data = {"action": "hide", "rule": "insult", "facts": "Names a neighbour.", "seen": "0"}
    assert sign_in(place.moderator).post(path, data=data).status_code == 303
    receipt = client.get(sent.location).text
    assert "have hidden the contribution" in receipt
    assert "Names a neighbour." in receipt


def test_reports_hide_nothing(place, client):
    for _ in range(15):
        _report(client, place.report)
    db.session.rollback()
    assert db.session.get_one(Proposal, place.proposal.id).visibility is Visibility.VISIBLE


def test_sent_twice_it_is_one(place, client):
    first = _report(client, place.report)
    second = _report(client, place.report, ticket=first.ticket)
    assert first.location == second.location
    assert _number() == 1


def test_the_same_person_reports_once(place, sign_in):
    browser = sign_in(place.amal)
    assert _report(browser, place.report).status == 303
    again = _report(browser, place.report, words="Once more, with many words")
    assert again.status == 409
    assert "Once more, with many words" in again.text
    assert _number() == 1


def test_comments_can_be_reported(place, client):
    made = comment(place.proposal)
    assert _report(client, f"/en/subjects/{made.id}/report").status == 303


@pytest.mark.parametrize(
    "values", [{"rule": ""}, {"rule": "nonsense"}, {"words": "x" * 2001}, {"rule": "\x00"}]
)
def test_bad_input_comes_back(place, client, values):
    sent = _report(client, place.report, **values)
    assert sent.status == 422
    assert _number() == 0


def test_what_cannot_be_read_cannot_be_reported(place, client):
    draft = proposal(place.round, state=ProposalState.DRAFT)
    held = comment(place.proposal, visibility=Visibility.HELD)
    for subject in (draft.id, held.id, place.round.id, 999_999):
        assert client.get(f"/en/subjects/{subject}/report").status_code == 404
    assert client.get("/en/reports/unknown").status_code == 404


def test_too_many_from_one_network(place, client):
    codes = [_report(client, place.report).status for _ in range(21)]
    assert codes == [303] * 20 + [429]
