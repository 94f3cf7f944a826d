"""Whoever left an organisation has no power in its name with the next request, wherever it is."""

import pytest

from app.core import clock
from app.core.db import db
from app.core.transactions import transaction
from app.notifications.commands import notify as tell
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.organisations.models import Mandate
from app.proposals import commands
from app.proposals import queries as proposals
from app.proposals.models import Proposal, Support
from app.proposals.states import ProposalState
from tests.factories.organisations import mandate
from tests.factories.proposals import proposal
from tests.proposals.conftest import WORDS

SECRET = "Not yet for the public"


@pytest.fixture
def left(hall, sign_in):
    """Rosa's browser was open on a draft, a public proposal and a form when her mandate ended."""
    shared = {"author": hall.rosa, "organisation": hall.verein}
    hall.draft = proposal(hall.round, state=ProposalState.DRAFT, title=SECRET, **shared)
    hall.public = proposal(hall.round, title="For all", **shared)
    hall.other = proposal(hall.round)
    hall.browser = sign_in(hall.rosa)
    assert hall.browser.get(f"/en/proposals/{hall.draft.id}/edit").status_code == 200
    with transaction():
        tell([hall.rosa.id], Kind.COSPONSOR_ANSWERED, hall.draft.id, "answered")
    assert SECRET in hall.browser.get("/en/inbox").text
    with transaction():
        found = db.session.query(Mandate).filter_by(person_id=hall.rosa.id).one()
        found.ended_at = clock.now()
    return hall


def _proposals() -> list[tuple[str, str, int]]:
    db.session.rollback()
    every = db.session.query(Proposal).order_by(Proposal.id)
    return [(one.title, one.state.value, one.edition) for one in every]


ACTS = [
    ("draft", "proposals/%s/edit", {**WORDS, "edition": "1", "action": "save"}),
    ("draft", "proposals/%s/edit", {**WORDS, "edition": "1", "action": "autosave"}),
    ("draft", "proposals/%s/submit", {"edition": "1"}),
    ("draft", "proposals/%s/discard", {}),
    ("draft", "proposals/%s/cosponsors", {"organisation": "1"}),
    ("public", "proposals/%s/change", {**WORDS, "edition": "0", "action": "save"}),
    ("public", "proposals/%s/withdraw", {}),
    ("other", "proposals/%s/support", {"speaking_as": "ours"}),
    (
        "other",
        "subjects/%s/comments",
        {"speaking_as": "ours", "body": "We agree with all of this."},
    ),
    ("other", "proposals/%s/amendments/new", {"speaking_as": "ours", **WORDS}),
]


@pytest.mark.parametrize(("what", "act", "data"), ACTS)
def test_no_act(left, what, act, data):
    before = _proposals()
    if "speaking_as" in data:
        data = {**data, "speaking_as": left.verein.id}
    url = "/en/" + act % getattr(left, what).id
    assert left.browser.post(url, data=data).status_code in (403, 404)
    assert _proposals() == before
    assert not db.session.query(Support).count()


def test_no_draft_begun_and_none_read(left):
    data = {**WORDS, "speaking_as": left.verein.id}
    assert left.browser.post(left.new, data=data).status_code == 403
    for path in ("", "/edit", "/preview"):
        assert left.browser.get(f"/en/proposals/{left.draft.id}{path}").status_code == 404
    for path in ("/en/my/contributions", "/en/search?q=public", "/en/inbox", left.drafts):
        page = left.browser.get(path)
        assert page.status_code == 200
        assert SECRET not in page.text
    for path in ("members", "edit", "rename", "invite", "hand-over"):
        url = f"/en/organisations/{left.verein.id}/{path}"
        assert left.browser.get(url).status_code == 403


def test_no_notice_of_what_is_the_organisations(left):
    mandate(left.amal, left.verein)
    with transaction():
        found = proposals.get(left.public.id)
        assert found is not None
        commands.return_to_author(found, because="Names a neighbour.")
    db.session.rollback()
    told = db.session.query(Notice).filter_by(kind=Kind.PROPOSAL_RETURNED)
    assert [one.person_id for one in told] == [left.amal.id]


def test_an_address_that_is_none_says_so_whomever_the_form_speaks_for(left):
    answer = left.browser.post("/en/no-such-page", data={"speaking_as": left.verein.id})
    assert answer.status_code == 404
    assert "Rosa" in answer.text
