"""Publish, return, hide, keep, show again: with reasons, once, by the right moderators."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.comments.models import Comment
from app.core.db import db
from app.core.states import Visibility
from app.moderation.models import Decision
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from tests.factories.comments import comment
from tests.factories.proposals import proposal

REASONS = {"rule": "insult", "facts": "Calls somebody names."}


def _decide(browser, thing_id, action, seen=0, **values):
    data = {"action": action, "seen": str(seen), **values}
    return browser.post(f"/en/subjects/{thing_id}/decision", data=data)


def _fresh(kind, id):
    db.session.rollback()
    return db.session.get_one(kind, id)


def test_publish_a_held_comment(place, sign_in, client):
    made = comment(place.proposal, guest_name="Amira", visibility=Visibility.HELD, body="Abends")
    assert _decide(sign_in(place.moderator), made.id, "publish").status_code == 303
    assert _fresh(Comment, made.id).visibility is Visibility.VISIBLE
    assert _fresh(Proposal, place.proposal.id).comment_count == 1
    assert "Abends" in client.get(f"/en/proposals/{place.proposal.id}").text


def test_publish_a_held_proposal(place, sign_in):
    made = proposal(place.round, state=ProposalState.SUBMITTED)
    assert _decide(sign_in(place.moderator), made.id, "publish").status_code == 303
    assert _fresh(Proposal, made.id).state is ProposalState.PUBLISHED


@pytest.mark.parametrize(
    ("action", "visibility", "kind"),
    [
        ("hide", Visibility.HIDDEN, Kind.COMMENT_HIDDEN),
        ("return", Visibility.RETURNED, Kind.COMMENT_RETURNED),
    ],
)
def test_the_author_is_told_with_the_reason_in_their_language(
    place, sign_in, action, visibility, kind
):
    made = comment(place.proposal, author=place.amal)
    assert _decide(sign_in(place.moderator), made.id, action, **REASONS).status_code == 303
    found = _fresh(Comment, made.id)
    assert found.visibility is visibility
    assert found.visibility_reason == "Beleidigt oder bedroht jemanden: Calls somebody names."
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (place.amal.id, kind) in told
    assert _fresh(Proposal, place.proposal.id).comment_count == 0


def test_the_author_of_a_proposal_is_told(place, sign_in):
    answer = _decide(sign_in(place.moderator), place.proposal.id, "hide", **REASONS)
    assert answer.status_code == 303
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert told == [(place.amal.id, Kind.PROPOSAL_HIDDEN)]


@pytest.mark.parametrize("action", ["hide", "return"])
@pytest.mark.parametrize("missing", ["rule", "facts"])
def test_both_reasons_are_needed(place, sign_in, action, missing):
    made = comment(place.proposal)
    answer = _decide(sign_in(place.moderator), made.id, action, **(REASONS | {missing: ""}))
    assert answer.status_code == 422
    assert _fresh(Comment, made.id).visibility is Visibility.VISIBLE


def test_show_again_says_why(place, sign_in, client):
    made = comment(place.proposal, visibility=Visibility.HIDDEN, body="Doch erlaubt")
    browser = sign_in(place.moderator)
    assert _decide(browser, made.id, "publish").status_code == 422
    assert _decide(browser, made.id, "publish", facts="We were wrong.").status_code == 303
    assert "Doch erlaubt" in client.get(f"/en/proposals/{place.proposal.id}").text
    history = browser.get(f"/en/dialogues/{place.dialogue.id}/decisions").text
    assert "We were wrong." in history


def test_a_guest_cannot_be_given_it_back(place, sign_in):
    made = comment(place.proposal, guest_name="Amira")
    assert _decide(sign_in(place.moderator), made.id, "return", **REASONS).status_code == 422


def test_nothing_to_keep_without_a_report(place, sign_in):
    made = comment(place.proposal)
    assert _decide(sign_in(place.moderator), made.id, "keep").status_code == 422


def test_the_second_moderator_is_told(place, sign_in):
    made = comment(place.proposal, visibility=Visibility.HELD)
    assert _decide(sign_in(place.moderator), made.id, "publish").status_code == 303
    answer = _decide(sign_in(place.moderator), made.id, "hide", **REASONS)
    assert answer.status_code == 409
    assert _fresh(Comment, made.id).visibility is Visibility.VISIBLE


def test_only_the_moderators_of_this_dialogue(place, sign_in, client):
    made = comment(place.proposal)
    for who, code in ((place.elsewhere, 404), (place.amal, 404)):
        assert _decide(sign_in(who), made.id, "hide", **REASONS).status_code == code
    assert _decide(client, made.id, "hide", **REASONS).status_code == 401


@pytest.mark.both
def test_two_at_once_decide_once(place, app, sign_in):
    made_id = comment(place.proposal, visibility=Visibility.HELD).id
    browsers = [sign_in(place.moderator) for _ in range(4)]
    start = Barrier(4)

    def run(browser):
        start.wait()
        return _decide(browser, made_id, "publish").status_code

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(run, browsers))
    assert codes == [303, 409, 409, 409]
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 1
    assert _fresh(Proposal, place.proposal.id).comment_count == 1
