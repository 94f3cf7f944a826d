"""Where a moderator reads first, a new version waits; everybody reads the old one until then."""

import pytest
from sqlalchemy import select

from app.core.db import db
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal, ProposalChange
from app.proposals.states import ChangeState
from app.rounds.models import ModerationMode, Procedure
from tests.factories.proposals import proposal
from tests.factories.rounds import round_


@pytest.fixture
def waiting(place, sign_in):
    """A change that waits for a moderator."""
    calm = round_(place.dialogue, number=2, procedure=Procedure(moderation=ModerationMode.BEFORE))
    made = proposal(calm, author=place.amal, title="Fünf Tage", body="Ein fester Ort.")
    amal = sign_in(place.amal)
    words = {"title": "Sechs Tage", "body": "Ein fester Ort.", "edition": "0", "action": "preview"}
    assert amal.post(f"/en/proposals/{made.id}/change", data=words).status_code == 303
    why = {"edition": "1", "reason": "Auch am Samstag"}
    assert amal.post(f"/en/proposals/{made.id}/change/publish", data=why).status_code == 303
    db.session.rollback()
    change = db.session.scalars(select(ProposalChange)).one()
    assert change.state is ChangeState.WAITING
    return change


def _decide(browser, change, action, **reasons):
    data = {"action": action, "seen": "0", **reasons}
    return browser.post(f"/en/subjects/{change.id}/decision", data=data)


def _proposal(change) -> Proposal:
    db.session.rollback()
    return db.session.get_one(Proposal, change.proposal_id, populate_existing=True)


def test_it_waits_in_the_queue_with_what_changes(place, waiting, sign_in, client):
    queue = sign_in(place.moderator).get(place.queue).text
    for words in ("New version of a proposal", "Auch am Samstag", "Sechs", "Fünf"):
        assert words in queue
    assert "Sechs" not in client.get(f"/en/proposals/{waiting.proposal_id}").text


def test_a_moderator_publishes_it(place, waiting, sign_in):
    assert _decide(sign_in(place.moderator), waiting, "publish").status_code == 303
    found = _proposal(waiting)
    assert (found.title, found.version_number) == ("Sechs Tage", 2)
    assert "New version" not in sign_in(place.moderator).get(place.queue).text


@pytest.mark.parametrize(
    ("action", "state"), [("return", ChangeState.WORKING), ("hide", ChangeState.REFUSED)]
)
def test_given_back_or_refused_with_a_reason(place, waiting, sign_in, action, state):
    reasons = {"rule": "insult", "facts": "Calls somebody names."}
    assert _decide(sign_in(place.moderator), waiting, action, **reasons).status_code == 303
    assert _proposal(waiting).version_number == 1
    change = db.session.get_one(ProposalChange, waiting.id, populate_existing=True)
    assert change.state is state
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (place.amal.id, Kind.CHANGE_RETURNED) in told
    form = sign_in(place.amal).get(f"/en/proposals/{waiting.proposal_id}/change").text
    assert ("Calls somebody names." in form) is (action == "return")


def test_others_never_read_it(place, waiting, sign_in, client):
    for browser in (client, sign_in(place.elsewhere)):
        assert browser.get(f"/en/subjects/{waiting.id}/decision").status_code in (401, 404, 403)
        assert browser.get(f"/en/proposals/{waiting.proposal_id}/change").status_code in (401, 403)


def test_saved_anew_it_waits_no_longer(place, waiting, sign_in):
    words = {"title": "Sieben Tage", "body": "Ein fester Ort.", "edition": "1", "action": "save"}
    answer = sign_in(place.amal).post(f"/en/proposals/{waiting.proposal_id}/change", data=words)
    assert answer.status_code == 303
    assert _decide(sign_in(place.moderator), waiting, "publish").status_code in (404, 409, 422)
    assert _proposal(waiting).version_number == 1
