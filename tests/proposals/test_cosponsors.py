"""Several organisations stand behind a proposal: asking, accepting, declining, leaving."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.organisations.models import MandateRole
from app.proposals.models import Cosponsor, Proposal
from app.proposals.states import CosponsorState, ProposalState
from app.rounds.models import Procedure
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, round_

pytestmark = pytest.mark.both


@pytest.fixture
def place(hall):
    """A draft of the Verein, and another organisation of the dialogue."""
    hall.dede = person("Dede")
    hall.other = organisation("Zweiter Verein", representative=hall.dede)
    accredit(hall.dialogue.id, hall.other)
    hall.draft = proposal(
        hall.round,
        author=hall.rosa,
        organisation=hall.verein,
        state=ProposalState.DRAFT,
        title="A house for all",
    )
    hall.page = f"/en/proposals/{hall.draft.id}"
    hall.ask = f"{hall.page}/cosponsors"
    hall.answer = f"{hall.ask}/{hall.other.id}"
    return hall


def _found():
    db.session.rollback()
    return {one.organisation_id: one for one in db.session.query(Cosponsor)}


def _ask(place, sign_in):
    return sign_in(place.rosa).post(place.ask, data={"organisation": str(place.other.id)})


def test_asked_it_reads_the_draft_and_accepts_with_a_note(place, sign_in, client):
    dede = sign_in(place.dede)
    assert dede.get(place.page).status_code == 404
    assert _ask(place, sign_in).status_code == 303
    assert "A house for all" in dede.get("/en/my/organisations").text
    assert dede.get(place.page).status_code == 200
    assert dede.get(place.answer).status_code == 200
    sent = dede.post(place.answer, data={"action": "accept", "note": "Gladly, we have a room"})
    assert sent.status_code == 303
    assert _found()[place.other.id].state is CosponsorState.ACCEPTED
    assert "Gladly, we have a room" in sign_in(place.rosa).get(place.ask).text
    kinds = {notice.kind for notice in db.session.query(Notice)}
    assert {"cosponsor-asked", "cosponsor-answered"} <= kinds
    with transaction():
        shown = db.session.get_one(Proposal, place.draft.id)
        shown.state, shown.visibility = ProposalState.PUBLISHED, Visibility.VISIBLE
        shown.published_at, shown.version_number = shown.saved_at, 1
    page = client.get(place.page).text
    assert "together with" in page
    assert "Zweiter Verein" in page
    assert "Gladly" not in page


def test_declined_it_reads_the_draft_no_more_and_can_be_asked_again(place, sign_in):
    _ask(place, sign_in)
    dede = sign_in(place.dede)
    dede.post(place.answer, data={"action": "decline", "note": "Not now"})
    assert _found()[place.other.id].state is CosponsorState.DECLINED
    assert dede.get(place.page).status_code == 404
    assert dede.post(place.answer, data={"action": "accept"}).status_code == 404
    assert _ask(place, sign_in).status_code == 303
    assert _found()[place.other.id].state is CosponsorState.ASKED


def test_leaving_again(place, sign_in):
    _ask(place, sign_in)
    dede = sign_in(place.dede)
    dede.post(place.answer, data={"action": "accept"})
    assert "not stand behind it any more" in dede.get(place.answer).text
    assert dede.post(place.answer, data={"action": "leave"}).status_code == 303
    assert _found()[place.other.id].state is CosponsorState.LEFT


@pytest.mark.parametrize("who", ["stranger", "editor", "moderator", "amal"])
def test_nobody_else_asks_or_answers(place, sign_in, client, who):
    _ask(place, sign_in)
    browser = sign_in(getattr(place, who))
    data = {"organisation": str(place.other.id)}
    assert browser.post(place.ask, data=data).status_code in (403, 404)
    assert browser.post(place.answer, data={"action": "accept"}).status_code in (403, 404)
    assert client.post(place.answer, data={"action": "accept"}).status_code in (401, 404)
    assert _found()[place.other.id].state is CosponsorState.ASKED


def test_a_member_without_the_right_to_speak_cannot_accept(place, sign_in):
    _ask(place, sign_in)
    mandate(place.stranger, place.other, MandateRole.MEMBER)
    browser = sign_in(place.stranger)
    assert browser.post(place.answer, data={"action": "accept"}).status_code in (403, 404)


def test_only_organisations_of_the_dialogue_and_not_oneself(place, sign_in):
    outside = organisation("Elsewhere")
    browser = sign_in(place.rosa)
    for wanted in (outside.id, place.verein.id, 10**6, "x"):
        answer = browser.post(place.ask, data={"organisation": str(wanted)})
        assert answer.status_code == 422
    assert _found() == {}


def test_where_the_round_asks_for_it_others_must_stand_behind(place, sign_in):
    strict = round_(place.dialogue, number=2, procedure=Procedure(cosponsors=1))
    draft = proposal(
        strict, author=place.rosa, organisation=place.verein, state=ProposalState.DRAFT
    )
    browser, page = sign_in(place.rosa), f"/en/proposals/{draft.id}"
    refused = browser.post(f"{page}/submit", data={"edition": "1"})
    assert refused.status_code == 409
    assert "must stand behind a proposal" in refused.text
    browser.post(f"{page}/cosponsors", data={"organisation": str(place.other.id)})
    sign_in(place.dede).post(f"{page}/cosponsors/{place.other.id}", data={"action": "accept"})
    assert browser.post(f"{page}/submit", data={"edition": "1"}).status_code == 303


def test_accepted_and_declined_at_once_has_one_effect(place, sign_in):
    _ask(place, sign_in)
    deputy = person("Deputy")
    mandate(deputy, place.other, MandateRole.DEPUTY)
    browsers = [(sign_in(place.dede), "accept"), (sign_in(deputy), "decline")]

    def answer(pair):
        return pair[0].post(place.answer, data={"action": pair[1]}).status_code

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(answer, browsers))
    assert statuses[0] == 303
    assert statuses[1] in (404, 409)
    assert _found()[place.other.id].answered_at is not None


def test_what_was_typed_comes_back(place, sign_in):
    _ask(place, sign_in)
    data = {"action": "accept", "note": "x" * 1001}
    answer = sign_in(place.dede).post(place.answer, data=data)
    assert answer.status_code == 422
    assert "x" * 1001 in answer.text
