"""A guest's private link: see what became of it, delete it, take it over with an account."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.proposals.models import Proposal
from tests.comments.pages import found
from tests.factories.comments import comment

BODY = "Ein Abendtermin hilft allen."


@pytest.fixture
def link(place, client):
    """Posts as a guest; the address of the private page, in English."""
    page = client.get(place.guest).text
    ticket = found(r'name="ticket"[^>]*value="([^"]+)"', page)
    clock.tick(timedelta(seconds=20))
    data = {"ticket": ticket, "name": "Amira", "body": BODY}
    links = [client.post(place.guest, data=data).location for _ in range(2)]
    assert links[0] == links[1]
    return links[0].replace("/de/", "/en/")


def _only() -> Comment:
    db.session.rollback()
    return db.session.scalars(select(Comment).where(Comment.parent_id.is_(None))).one()


def _publish(place, sign_in):
    data = {"action": "publish", "seen": "0"}
    moderator = sign_in(place.moderator)
    assert moderator.post(f"/en/subjects/{_only().id}/decision", data=data).status_code == 303


def test_it_shows_what_became_of_it(place, link, client, sign_in):
    page = client.get(link).text
    assert BODY in page
    assert "waits for the moderators" in page
    data = {"action": "hide", "seen": "0", "rule": "off-topic", "facts": "Not about this."}
    sign_in(place.moderator).post(f"/en/subjects/{_only().id}/decision", data=data)
    assert "Not about this." in client.get(link).text


def test_delete_it_before_anybody_read_it(place, link, client, sign_in):
    assert client.get(f"{link}/delete").status_code == 200
    assert BODY in client.get(link).text
    assert client.post(f"{link}/delete").status_code == 303
    made = _only()
    assert (made.body, made.visibility, made.published_at) == ("", Visibility.HIDDEN, None)
    assert "You have deleted this comment." in client.get(link).text
    assert BODY not in sign_in(place.moderator).get(f"/en/comments/{made.id}").text
    assert (
        f'id="s{made.id}"'
        not in sign_in(place.moderator).get(f"/en/dialogues/{place.dialogue.id}/queue").text
    )
    assert client.post(f"{link}/delete").status_code == 303


def test_delete_it_after_somebody_answered(place, link, client, sign_in):
    _publish(place, sign_in)
    made = _only()
    comment(place.proposal, parent_id=made.id, body="Das finde ich auch.")
    page = place.page.replace("/de/", "/en/")
    assert BODY in client.get(page).text
    client.post(f"{link}/delete")
    text = client.get(page).text
    assert BODY not in text
    assert "Whoever wrote this has taken it back." in text
    assert "Hidden by the moderators" not in text
    assert "Das finde ich auch." in text
    db.session.rollback()
    assert db.session.get_one(Proposal, place.proposal.id).comment_count == 1
    assert BODY not in client.get("/en/search?q=Abendtermin").text
    moderator = sign_in(place.moderator)
    data = {"action": "publish", "seen": "1", "facts": "Back."}
    assert moderator.post(f"/en/subjects/{made.id}/decision", data=data).status_code == 422


def test_take_it_over_with_an_account(place, link, client, sign_in):
    assert client.post(f"{link}/claim").status_code == 401
    amal = sign_in(place.amal)
    answer = amal.post(f"{link}/claim")
    assert answer.status_code == 303
    made = _only()
    assert (made.author_id, made.guest_name) == (place.amal.id, "")
    assert BODY in amal.get(answer.location).text
    assert client.get(link).status_code == 404
    assert sign_in(place.representative).post(f"{link}/claim").status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00", "ü"])
def test_a_guessed_link_opens_nothing(place, link, client, token):
    assert client.get(f"/en/guest-comments/{token}").status_code == 404
    assert client.post(f"/en/guest-comments/{token}/delete").status_code == 404


def test_the_link_stands_nowhere_else(place, link, client, sign_in):
    key = link.rsplit("/", 1)[1]
    _publish(place, sign_in)
    made = _only()
    for browser in (client, sign_in(place.moderator)):
        for path in (place.page, f"/de/comments/{made.id}", f"/de/subjects/{made.id}/decision"):
            assert key not in browser.get(path).text
    assert key != made.guest_key_hash
