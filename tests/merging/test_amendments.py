"""Open amendments end with a proposal that is merged, split or withdrawn, and are back with it."""

import pytest
from sqlalchemy import select

from app.amendments.models import Amendment
from app.amendments.states import AmendmentState
from app.core import jobs
from app.core.db import db
from app.merging.models import Merging
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.voting.states import QuestionState
from tests.factories import voting
from tests.factories.amendments import amendment

JOINT = "Ein Haus am Markt oder am See.\n\nMit Garten."


def _merge(browser, place, joint=JOINT):
    data = {
        "target": str(place.two.id),
        "title": "Ein Haus für alle",
        "body": joint,
        "reason": "Beide wollen dasselbe Haus.",
        "editions": f"{place.one.id}:1,{place.two.id}:1",
    }
    return browser.post(f"/en/proposals/{place.one.id}/merge/{place.two.id}", data=data)


def _split(browser, place):
    data = {
        "title_one": "Ein Haus",
        "title_two": "Ein Garten",
        "paragraph_0": "one",
        "paragraph_1": "two",
        "reason": "Es sind zwei Dinge.",
        "edition": "1",
    }
    return browser.post(f"/en/proposals/{place.one.id}/split", data=data)


def _undo(browser):
    db.session.rollback()
    merging = db.session.scalars(select(Merging)).one()
    return browser.post(f"/en/mergings/{merging.id}/undo", data={"reason": "Doch zwei."})


def _fresh(made) -> Amendment:
    db.session.rollback()
    return db.session.get_one(Amendment, made.id, populate_existing=True)


@pytest.fixture
def asked(place):
    place.asked = amendment(place.one, new="Mit Garten und Bank.", paragraph=1, author=place.amal)
    return place


def test_merged_it_ends_and_its_author_takes_it_along(asked, sign_in, client):
    assert _merge(sign_in(asked.moderator), asked).status_code == 303
    found = _fresh(asked.asked)
    assert (found.state, found.decided_by_id) == (AmendmentState.CLOSED, asked.moderator.id)
    told = select(Notice.person_id).where(Notice.kind == Kind.AMENDMENT_CLOSED)
    assert db.session.scalars(told).all() == [asked.amal.id]
    page = f"/en/amendments/{found.id}"
    shown = client.get(page).text
    assert "Closed, because the proposal was merged with another one." in shown
    assert "It goes on in “" in shown
    assert "Suggest it there" not in shown
    amal = sign_in(asked.amal)
    assert "Suggest it there" in amal.get(page).text
    there = f"/en/proposals/{asked.two.id}/amendments/new"
    form = amal.get(f"{there}?moved_from={found.id}").text
    assert "Mit Garten und Bank.</textarea>" in form
    assert "It is clearer.</textarea>" in form
    data = {
        "new": "Mit Garten und Bank.",
        "reason": "It is clearer.",
        "version": "2",
        "paragraph": "1",
        "moved_from": str(found.id),
        "form_key": "one form",
        "action": "send",
    }
    sent = amal.post(there, data=data)
    assert sent.status_code == 303
    assert amal.post(there, data=data).location == sent.location, "twice is once"
    db.session.rollback()
    moved = db.session.scalars(select(Amendment).where(Amendment.id != found.id)).one()
    assert (moved.moved_from_id, moved.proposal_id) == (found.id, asked.two.id)
    assert page in client.get(sent.location).text
    after = amal.get(page).text
    assert "Suggested anew as amendment" in after
    assert "Suggest it there" not in after


def test_nobody_else_takes_it_along(asked, sign_in):
    _merge(sign_in(asked.moderator), asked)
    there = f"/en/proposals/{asked.two.id}/amendments/new"
    both = sign_in(asked.both)
    assert "Mit Garten und Bank." not in both.get(f"{there}?moved_from={asked.asked.id}").text
    data = {
        "new": "Mit Garten und Tisch.",
        "reason": "Weil.",
        "version": "2",
        "paragraph": "1",
        "moved_from": str(asked.asked.id),
        "form_key": "a form",
        "action": "send",
    }
    assert both.post(there, data=data).status_code == 303
    db.session.rollback()
    made = db.session.scalars(select(Amendment).where(Amendment.id != asked.asked.id)).one()
    assert made.moved_from_id is None


def test_a_text_without_its_paragraph_is_picked_from(asked, sign_in):
    _merge(sign_in(asked.moderator), asked, "Etwas ganz anderes.")
    there = f"/en/proposals/{asked.two.id}/amendments/new?moved_from={asked.asked.id}"
    page = sign_in(asked.amal).get(there).text
    assert "These are the words that you suggested." in page
    assert f"moved_from={asked.asked.id}" in page


def test_undone_they_are_open_as_before(asked, sign_in):
    declined = amendment(asked.one, new="Kein Haus.", author=asked.amal)
    rosa, moderator = sign_in(asked.rosa), sign_in(asked.moderator)
    no = {"reason": "Doch."}
    assert rosa.post(f"/en/amendments/{declined.id}/decline", data=no).status_code == 303
    _merge(moderator, asked)
    assert _undo(moderator).status_code == 303
    found = _fresh(asked.asked)
    assert (found.state, found.decided_at) == (AmendmentState.OPEN, None)
    assert _fresh(declined).state is AmendmentState.DECLINED
    told = select(Notice.subject_id).where(
        Notice.kind == Kind.MERGING_UNDONE, Notice.person_id == asked.amal.id
    )
    assert found.id in db.session.scalars(told).all()
    decided = rosa.post(f"/en/amendments/{found.id}/decline", data=no)
    assert decided.status_code == 303, "it can be decided again"


def test_split_it_can_be_taken_to_each_part(asked, sign_in):
    moderator = sign_in(asked.moderator)
    assert _split(moderator, asked).status_code == 303
    assert _fresh(asked.asked).state is AmendmentState.CLOSED
    page = sign_in(asked.amal).get(f"/en/amendments/{asked.asked.id}").text
    assert "Closed, because the proposal was split up." in page
    assert page.count("Suggest it there") == 2
    assert _undo(moderator).status_code == 303
    assert _fresh(asked.asked).state is AmendmentState.OPEN


def test_withdrawn_with_its_proposal(asked, sign_in, client):
    assert sign_in(asked.rosa).post(f"/en/proposals/{asked.one.id}/withdraw").status_code == 303
    assert _fresh(asked.asked).state is AmendmentState.CLOSED
    assert "was withdrawn" in client.get(f"/en/amendments/{asked.asked.id}").text


def test_not_while_a_vote_decides(asked, sign_in):
    voting.question(asked.round, method="yes-no", amendment_id=asked.asked.id)
    moderator = sign_in(asked.moderator)
    for answer in (_merge(moderator, asked), _split(moderator, asked)):
        assert answer.status_code == 403
        assert "An amendment to this proposal is put to the vote" in answer.text
    db.session.rollback()
    assert db.session.get_one(Proposal, asked.one.id).state is ProposalState.PUBLISHED


def test_a_vote_about_a_withdrawn_proposal_changes_nothing(asked, sign_in):
    question = voting.question(asked.round, method="yes-no", amendment_id=asked.asked.id)
    assert sign_in(asked.rosa).post(f"/en/proposals/{asked.one.id}/withdraw").status_code == 303
    assert _fresh(asked.asked).state is AmendmentState.VOTING
    voting.cast_open(question, asked.rosa.id, asked.verein.id, {"choice": "yes"})
    voting.advance(question, QuestionState.COUNTED)
    while jobs.run_due():
        pass
    assert _fresh(asked.asked).state is AmendmentState.CLOSED
