"""Change a comment that can be read: the earlier text stays to be read."""

import pytest

from app.comments.models import Comment
from app.core.db import db
from app.core.states import Visibility
from app.proposals.models import Proposal
from app.rounds.models import ModerationMode, Procedure
from app.rounds.states import RoundState
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.proposals import proposal
from tests.factories.rounds import round_


def _edit(browser, made, body="Besser gesagt"):
    return browser.post(f"/en/comments/{made.id}/edit", data={"body": body})


def test_everybody_reads_both_texts(place, sign_in, client):
    made = comment(place.proposal, author=place.amal, body="Schnell <b>gesagt</b>")
    amal = sign_in(place.amal)
    assert f"/en/comments/{made.id}/edit" in amal.get(f"/en/comments/{made.id}").text
    assert _edit(amal, made).status_code == 303
    page = client.get(place.page.replace("/de/", "/en/")).text
    assert "Besser gesagt" in page
    assert "Changed on March 1, 2027" in page
    history = client.get(f"/en/comments/{made.id}/versions").text
    assert "Schnell" in history
    assert "<b>gesagt" not in history
    assert "Besser" in client.get("/en/search?q=Besser").text


def test_the_same_text_is_no_change(place, sign_in, client):
    made = comment(place.proposal, author=place.amal, body="Gesagt")
    assert _edit(sign_in(place.amal), made, "Gesagt").status_code == 303
    assert "Changed on" not in client.get(f"/en/comments/{made.id}").text


def test_where_moderators_read_first_they_read_the_change_first(place, sign_in, client):
    before = round_(place.dialogue, number=2, procedure=Procedure(moderation=ModerationMode.BEFORE))
    target = proposal(before)
    made = comment(target, author=place.amal, body="Freigegeben")
    assert _edit(sign_in(place.amal), made, "Ungelesen").status_code == 303
    db.session.rollback()
    assert db.session.get_one(Comment, made.id).visibility is Visibility.HELD
    assert db.session.get_one(Proposal, target.id).comment_count == 0
    assert "Ungelesen" not in client.get(f"/en/proposals/{target.id}").text
    data = {"action": "publish", "seen": "0"}
    moderator = sign_in(place.moderator)
    assert moderator.post(f"/en/subjects/{made.id}/decision", data=data).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Proposal, target.id).comment_count == 1
    assert "Ungelesen" in client.get(f"/en/proposals/{target.id}").text
    assert "Freigegeben" in client.get(f"/en/comments/{made.id}/versions").text


@pytest.mark.parametrize("visibility", [v for v in Visibility if v is not Visibility.VISIBLE])
def test_only_what_can_be_read(place, sign_in, client, visibility):
    made = comment(place.proposal, author=place.amal, visibility=visibility)
    assert _edit(sign_in(place.amal), made).status_code == 403
    assert client.get(f"/en/comments/{made.id}/versions").status_code == 404


def test_what_moderators_gave_back_is_not_among_the_earlier_texts(place, sign_in, client):
    made = comment(place.proposal, author=place.amal, body="Geheim", visibility=Visibility.RETURNED)
    rewritten = {"body": "Neu"}
    path = f"/en/comments/{made.id}/rewrite"
    assert sign_in(place.amal).post(path, data=rewritten).status_code == 303
    data = {"action": "publish", "seen": "0"}
    sign_in(place.moderator).post(f"/en/subjects/{made.id}/decision", data=data)
    history = f"/en/comments/{made.id}/versions"
    assert "Geheim" not in client.get(history).text
    assert "Geheim" in sign_in(place.amal).get(history).text


def test_who_may(place, sign_in, client):
    made = comment(place.proposal, author=place.amal)
    assert _edit(client, made).status_code in (401, 403)
    assert _edit(sign_in(person()), made).status_code == 403
    over = proposal(round_(place.dialogue, number=2, state=RoundState.CLOSED))
    late = comment(over, author=place.amal)
    assert _edit(sign_in(place.amal), late).status_code == 403


def test_typed_text_comes_back(place, sign_in):
    made = comment(place.proposal, author=place.amal)
    answer = _edit(sign_in(place.amal), made, "x" * 3001)
    assert answer.status_code == 422
    assert "x" * 3001 in answer.text
