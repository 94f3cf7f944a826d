"""A draft is discarded, brought back for a while, and then forgotten; nothing public ever is."""

from datetime import timedelta

import pytest

from app.accounts.models import Person
from app.core import clock, jobs
from app.core.db import db
from app.core.errors import Conflict
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.organisations.models import MandateRole
from app.proposals import commands
from app.proposals.models import Proposal
from app.proposals.states import GONE_ON, ProposalState
from tests.factories import accounts, organisations, proposals, rounds

DAY = timedelta(days=1)


@pytest.fixture
def author(app):
    with app.app_context():
        return accounts.person("Author", language="en")


@pytest.fixture
def draft(app, author):
    return _made(app, author, title="Words of mine")


def _made(app, author, title="", state=ProposalState.DRAFT):
    with app.app_context():
        return proposals.proposal(
            rounds.round_(),
            author=db.session.get_one(Person, db.inspect(author).identity),
            title=title,
            state=state,
        ).id


def _found(app, id):
    with app.app_context():
        return db.session.get_one(Proposal, id)


@pytest.mark.both
def test_discarded_and_brought_back(app, client, sign_in, author, draft):
    browser, page = sign_in(author), f"/en/proposals/{draft}"
    assert f"{page}/discard" in browser.get(page).text
    asked = browser.get(f"{page}/discard").text
    assert "Words of mine" in asked
    assert "30 days" in asked
    sent = [browser.post(f"{page}/discard").status_code for _ in range(2)]
    assert sent == [303, 303]
    round_id = _found(app, draft).round_id
    assert "Words of mine" not in browser.get(f"/en/rounds/{round_id}/drafts").text
    assert "Words of mine" not in browser.get("/en/my/contributions").text
    assert "Words of mine" in browser.get("/en/my/contributions?part=discarded").text
    shown = browser.get(page).text
    assert "Bring the draft back" in shown
    assert f"{page}/edit" not in shown
    assert client.get(page).status_code == 404
    assert browser.get(f"{page}/bring-back").status_code == 405
    sent = [browser.post(f"{page}/bring-back").status_code for _ in range(2)]
    assert sent == [303, 303]
    assert "Words of mine" in browser.get(f"/en/rounds/{round_id}/drafts").text
    assert "Words of mine" not in browser.get("/en/my/contributions?part=discarded").text
    assert browser.get(f"{page}/edit").status_code == 200


def test_what_is_discarded_is_not_written_nor_handed_in(app, sign_in, author, draft):
    browser, page = sign_in(author), f"/en/proposals/{draft}"
    browser.post(f"{page}/discard")
    typed = {"title": "Other", "body": "What I typed long", "edition": "1", "city_wide": "y"}
    late = browser.post(f"{page}/edit", data=typed)
    assert late.status_code == 403
    assert "What I typed long" in late.text
    assert browser.post(f"{page}/submit", data={"edition": "1"}).status_code == 403
    after = _found(app, draft)
    assert (after.title, after.state) == ("Words of mine", ProposalState.DRAFT)


@pytest.mark.both
def test_forgotten_after_the_days_of_the_setting(app, sign_in, author, draft):
    browser, page = sign_in(author), f"/en/proposals/{draft}"
    other = _made(app, author, title="Kept")
    browser.post(f"{page}/discard")
    for days, words in ((29, "Words of mine"), (2, "")):
        clock.tick(days * DAY)
        with app.app_context():
            jobs.run_due()
        assert _found(app, draft).title == words
    browser = sign_in(author)
    gone = _found(app, draft)
    assert (gone.body, gone.goal, gone.carried_by, gone.form_key) == ("", "", "", None)
    assert gone.forgotten_at is not None
    assert browser.get(page).status_code == 404
    assert browser.post(f"{page}/bring-back").status_code == 404
    assert page not in browser.get("/en/my/contributions?part=discarded").text
    assert _found(app, other).title == "Kept"


@pytest.mark.parametrize(
    "state", [s for s in ProposalState if s not in (ProposalState.DRAFT, *GONE_ON)]
)
def test_never_what_was_handed_in(app, sign_in, author, state):
    id = _made(app, author, state=state)
    browser, page = sign_in(author), f"/en/proposals/{id}"
    assert "/discard" not in browser.get(page).text
    assert browser.post(f"{page}/discard").status_code == 403
    assert _found(app, id).discarded_at is None
    with app.app_context(), pytest.raises(Conflict), transaction():
        commands.discard(db.session.get_one(Proposal, id), by=SYSTEM)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (MandateRole.REPRESENTATIVE, 303),
        (MandateRole.EDITOR, 303),
        (MandateRole.MEMBER, 404),
        (None, 404),
    ],
)
def test_an_organisations_draft_by_who_may_write_it(app, sign_in, role, status):
    with app.app_context():
        who = accounts.person()
        partner = organisations.organisation()
        if role is not None:
            organisations.mandate(who, partner, role)
        id = proposals.proposal(rounds.round_(), organisation=partner, state=ProposalState.DRAFT).id
    answer = sign_in(who).post(f"/en/proposals/{id}/discard")
    assert answer.status_code == status
    assert (_found(app, id).discarded_at is not None) == (status == 303)
