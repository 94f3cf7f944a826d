"""Warn an author, end a talk: with reasons, told, open to objections, undone by another person."""

import pytest
from sqlalchemy import select

from app.comments.models import Comment
from app.core.db import db
from app.core.states import Visibility
from app.moderation.models import Action, Appeal, Decision
from app.notifications.models import Notice
from app.notifications.states import Kind
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.rounds import appoint

REASONS = {"rule": "insult", "facts": "Calls somebody names."}


def _decide(browser, id, action, seen=0, **values):
    data = {"action": action, "seen": str(seen), **values}
    return browser.post(f"/en/subjects/{id}/decision", data=data)


def _last() -> Decision:
    db.session.rollback()
    return db.session.scalars(select(Decision).order_by(Decision.id.desc()).limit(1)).one()


def _say(browser, place, **values):
    path = f"/en/subjects/{place.proposal.id}/comments"
    return browser.post(path, data={"form_key": "k", "body": "One more", **values}).status_code


def test_a_warning_leaves_the_words_and_tells_the_author(place, sign_in, client):
    made = comment(place.proposal, author=place.amal, body="A word")
    assert _decide(sign_in(place.moderator), made.id, "warn", **REASONS).status_code == 303
    assert "A word" in client.get(f"/en/proposals/{place.proposal.id}").text
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert told == [(place.amal.id, Kind.MODERATED)]
    amal = sign_in(place.amal)
    assert f"/en/subjects/{made.id}/reasons" in amal.get("/en/inbox").text
    page = amal.get(f"/en/subjects/{made.id}/reasons").text
    assert "Calls somebody names." in page
    assert f"/en/decisions/{_last().id}/appeal" in page


@pytest.mark.parametrize("action", ["warn", "lock"])
@pytest.mark.parametrize("missing", ["rule", "facts"])
def test_both_reasons_are_needed(place, sign_in, action, missing):
    made = comment(place.proposal, author=place.amal)
    answer = _decide(sign_in(place.moderator), made.id, action, **(REASONS | {missing: ""}))
    assert answer.status_code == 422


def test_a_guest_cannot_be_warned(place, sign_in):
    made = comment(place.proposal, guest_name="Amira")
    assert _decide(sign_in(place.moderator), made.id, "warn", **REASONS).status_code == 422


def test_under_a_locked_proposal_nobody_comments(place, sign_in, client):
    said = comment(place.proposal, author=place.amal, body="Said before")
    browser = sign_in(place.moderator)
    assert _say(sign_in(place.amal), place) == 303
    assert _decide(browser, place.proposal.id, "lock", **REASONS).status_code == 303
    page = client.get(f"/en/proposals/{place.proposal.id}").text
    assert "Said before" in page
    assert "The moderators have ended the talk here:" in page
    assert "Calls somebody names." in page
    assert "comments/guest" not in page
    assert _say(sign_in(place.amal), place, form_key="2") == 403
    assert _say(browser, place, form_key="3", parent_id=str(said.id)) == 403
    guest = client.post(f"/en/subjects/{place.proposal.id}/comments/guest", data={"body": "x"})
    assert guest.status_code == 403
    seen = _last().id
    assert _decide(browser, place.proposal.id, "unlock", seen=seen).status_code == 303
    assert _say(sign_in(place.amal), place, form_key="4") == 303


def test_a_locked_comment_gets_no_answers_but_its_neighbours_do(place, sign_in, client):
    one, other = comment(place.proposal), comment(place.proposal)
    below = comment(place.proposal, parent_id=one.id)
    assert _decide(sign_in(place.moderator), one.id, "lock", **REASONS).status_code == 303
    amal = sign_in(place.amal)
    assert "The moderators have ended the talk" in client.get(f"/en/comments/{one.id}").text
    assert "parent=" not in amal.get(f"/en/comments/{below.id}").text
    for parent, code in ((one, 409), (below, 409), (other, 303)):
        assert _say(amal, place, form_key=f"k{parent.id}", parent_id=str(parent.id)) == code
    db.session.rollback()
    replies = db.session.scalars(select(Comment).where(Comment.body == "One more")).all()
    assert [reply.parent_id for reply in replies] == [other.id]


def test_an_answer_is_not_locked_by_itself(place, sign_in):
    below = comment(place.proposal, parent_id=comment(place.proposal).id)
    assert _decide(sign_in(place.moderator), below.id, "lock", **REASONS).status_code == 422


@pytest.mark.parametrize("action", ["warn", "lock"])
def test_a_second_person_overturns_it(place, sign_in, client, action):
    second = appoint(place.dialogue, person("Second"))
    made = comment(place.proposal, author=place.amal)
    assert _decide(sign_in(place.moderator), made.id, action, **REASONS).status_code == 303
    amal = sign_in(place.amal)
    path = f"/en/decisions/{_last().id}/appeal"
    assert amal.post(path, data={"words": "It was a quotation."}).status_code == 303
    db.session.rollback()
    objection = db.session.scalars(select(Appeal)).one()
    data = {"outcome": "overturned", "reason": "Read it again."}
    answer = f"/en/appeals/{objection.id}"
    assert sign_in(place.moderator).post(answer, data=data).status_code == 403
    assert sign_in(second).post(answer, data=data).status_code == 303
    expected = Action.UNLOCK if action == "lock" else Action.WARN
    assert _last().action is expected
    assert "overturned" in client.get("/en/decisions").text
    assert _say(amal, place, parent_id=str(made.id)) == 303


def test_what_was_reported_and_only_warned_about_can_be_objected_to(place, sign_in, client):
    made = comment(place.proposal, author=place.amal)
    form = {"rule": "insult", "words": ""}
    receipt = client.post(f"/en/subjects/{made.id}/report", data=form).location
    assert _decide(sign_in(place.moderator), made.id, "warn", **REASONS).status_code == 303
    page = client.get(receipt).text
    assert "The contribution stays. The moderators have warned its author." in page
    assert client.get(f"{receipt}/appeal").status_code == 200


def test_a_held_one_is_published_or_not_before_anything_else(place, sign_in):
    made = comment(place.proposal, author=place.amal, visibility=Visibility.HELD)
    for action in ("warn", "lock"):
        answer = _decide(sign_in(place.moderator), made.id, action, **REASONS)
        assert answer.status_code == 422
