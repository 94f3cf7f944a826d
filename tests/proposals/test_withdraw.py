"""Taking a proposal back: it leaves the list, its page remains."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock, jobs
from app.core.db import db
from app.notifications.models import Notice
from app.proposals import queries as reading
from app.rounds.states import RoundState
from tests.conftest import NOW
from tests.factories.proposals import proposal
from tests.factories.rounds import round_


def test_asked_first_then_withdrawn(hall, sign_in, client):
    made = proposal(hall.round, author=hall.amal, title="Taken back")
    url = f"/en/proposals/{made.id}"
    browser = sign_in(hall.amal)
    assert "Withdraw" in browser.get(f"{url}/withdraw").text
    assert "Taken back" in client.get(hall.list).text
    assert browser.post(f"{url}/withdraw").status_code == 303
    assert "Taken back" not in client.get(hall.list).text
    assert "was withdrawn" in client.get(url).text
    assert browser.post(f"{url}/withdraw").status_code == 403


@pytest.mark.parametrize("who", ["stranger", "moderator", "editor"])
def test_only_by_who_made_it(hall, sign_in, who):
    made = proposal(hall.round, organisation=hall.verein, author=hall.rosa)
    url = f"/en/proposals/{made.id}/withdraw"
    assert sign_in(getattr(hall, who)).get(url).status_code == 403
    assert sign_in(getattr(hall, who)).post(url).status_code == 403
    fresh = reading.get(made.id)
    assert fresh is not None
    assert fresh.state == "published"


def test_not_once_the_round_is_closed(hall, sign_in):
    closed = round_(hall.dialogue, number=2, state=RoundState.CLOSED)
    made = proposal(closed, author=hall.amal)
    answer = sign_in(hall.amal).post(f"/en/proposals/{made.id}/withdraw")
    assert answer.status_code == 403
    assert "closed" in answer.text


def test_its_followers_are_told(hall, sign_in):
    made = proposal(hall.round, author=hall.amal)
    sign_in(hall.stranger).post(f"/en/subjects/{made.id}/follow")
    with clock.frozen(NOW + timedelta(minutes=1)):
        sign_in(hall.amal).post(f"/en/proposals/{made.id}/withdraw")
        while jobs.run_due():
            pass
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert told == [(hall.stranger.id, "proposal-withdrawn")]
