"""Who has no account objects by the private link to what they wrote; another person decides."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.comments.models import Comment
from app.comments.queries import digest
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.moderation.models import Appeal, Decision
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.proposals.models import Proposal
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.rounds import appoint

pytestmark = pytest.mark.both_long

REASONS = {"rule": "insult", "facts": "Calls somebody names."}
WHY = "It is a quotation."
KEY = "a" * 64
LINK = f"/en/guest-comments/{KEY}"


@pytest.fixture
def second(place):
    return appoint(place.dialogue, person("Second"))


@pytest.fixture
def made(place):
    """A guest's comment with a private link."""
    return comment(place.proposal, guest_name="Amira", body="A word", guest_key_hash=digest(KEY))


def _decide(browser, id, action, **values):
    db.session.rollback()
    newest = select(func.max(Decision.id)).where(Decision.subject_id == id)
    data = {"action": action, "seen": str(db.session.scalar(newest) or 0), **REASONS, **values}
    assert browser.post(f"/en/subjects/{id}/decision", data=data).status_code == 303


def _object(browser, words=WHY):
    return browser.post(f"{LINK}/appeal", data={"words": words})


def _only() -> Appeal:
    db.session.rollback()
    return db.session.scalars(select(Appeal)).one()


def _overturn(browser, appeal_id):
    data = {"outcome": "overturned", "reason": "Read it again."}
    return browser.post(f"/en/appeals/{appeal_id}", data=data)


def _restored(id) -> Comment:
    db.session.rollback()
    return db.session.get_one(Comment, id, populate_existing=True)


def test_hidden_objected_to_and_restored(place, second, made, sign_in, client):
    _decide(sign_in(place.moderator), made.id, "hide")
    assert f"{LINK}/reasons" in client.get(LINK).text
    reasons = client.get(f"{LINK}/reasons").text
    for words in ("Insults or threatens somebody", "Calls somebody names.", f"{LINK}/appeal"):
        assert words in reasons
    assert client.get(f"{LINK}/appeal").status_code == 200
    assert _object(client, "").status_code == 422
    for _twice in range(2):
        assert _object(client).status_code == 303
    assert "waits for a second person" in client.get(f"{LINK}/reasons").text
    appeal = _only()
    assert (appeal.by_id, appeal.report_id, appeal.by_guest) == (None, None, True)
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (second.id, Kind.APPEAL_MADE) in told
    assert (place.moderator.id, Kind.APPEAL_MADE) not in told
    listed = sign_in(second).get(f"/en/dialogues/{place.dialogue.id}/appeals").text
    assert WHY in listed
    assert KEY not in listed

    assert _overturn(sign_in(place.moderator), appeal.id).status_code == 403
    assert _overturn(sign_in(second), appeal.id).status_code == 303
    assert _restored(made.id).visibility is Visibility.VISIBLE
    assert db.session.get_one(Proposal, place.proposal.id).comment_count == 1
    assert "Read it again." in client.get(f"{LINK}/reasons").text
    assert "A word" in client.get(f"/en/proposals/{place.proposal.id}").text


def test_a_cut_and_a_locked_talk_too(place, second, made, sign_in, client):
    _decide(sign_in(place.moderator), made.id, "cut", shortened="A")
    assert _object(client).status_code == 303
    assert _overturn(sign_in(second), _only().id).status_code == 303
    assert _restored(made.id).body == "A word"
    _decide(sign_in(place.moderator), made.id, "lock")
    assert f"{LINK}/reasons" in client.get(LINK).text
    assert _object(client).status_code == 303


def test_not_by_who_guesses_or_after_six_months(place, second, made, sign_in, client):
    assert _object(client).status_code == 404, "nothing is decided yet"
    _decide(sign_in(place.moderator), made.id, "hide")
    for path in ("reasons", "appeal"):
        assert client.get(f"/en/guest-comments/{'b' * 64}/{path}").status_code == 404
    clock.tick(timedelta(days=184))
    assert _object(client).status_code == 403
    assert "That time is over." in client.get(f"{LINK}/reasons").text


def test_against_the_newest_decision_only_and_nothing_that_is_gone(
    place, second, made, sign_in, client
):
    _decide(sign_in(place.moderator), made.id, "hide")
    _decide(sign_in(place.moderator), made.id, "publish")
    assert _object(client).status_code == 403
    _decide(sign_in(place.moderator), made.id, "hide")
    client.post(f"{LINK}/delete")
    assert _object(client).status_code == 403


def test_who_is_signed_in_by_the_way_is_not_named(place, second, made, sign_in):
    _decide(sign_in(place.moderator), made.id, "hide")
    amal = sign_in(place.amal)
    assert _object(amal).status_code == 303
    assert _only().by_id is None


def test_who_took_the_comment_over_meanwhile_is_told(place, second, made, sign_in, client):
    _decide(sign_in(place.moderator), made.id, "hide")
    _object(client)
    amal = sign_in(place.amal)
    assert amal.post(f"{LINK}/claim").status_code == 303
    assert "waits for a second person" in amal.get(f"/en/subjects/{made.id}/reasons").text
    _overturn(sign_in(second), _only().id)
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (place.amal.id, Kind.APPEAL_DECIDED) in told
