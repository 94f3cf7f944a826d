"""Cut words out of a comment: everybody sees where, the author is told, an objection restores."""

import pytest
from sqlalchemy import select

from app.comments.models import Comment
from app.core.db import db
from app.core.text.cutting import MARK, WordsAdded, cut
from app.moderation.models import Appeal, Decision
from app.notifications.models import Notice
from app.notifications.states import Kind
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.rounds import appoint

REASONS = {"rule": "private-data", "facts": "A telephone number."}
BODY = "Ask Frau Beispiel, 0511 12345, she knows."
KEPT = "Ask Frau Beispiel, she knows."


@pytest.mark.parametrize(
    ("kept", "left"),
    [
        ("Ask she knows", f"Ask {MARK} she knows"),
        ("Ask her", f"Ask her {MARK}"),
        ("her she knows", f"{MARK} her she knows"),
        ("you said (twice)", f"you said {MARK} (twice)"),
        ("", MARK),
        ("you said nothing to Ask her she knows", None),
    ],
)
def test_only_words_can_go(kept, left):
    old = "you said lies (twice)" if kept.startswith("you") else "Ask her she knows"
    if left is None:
        with pytest.raises(WordsAdded):
            cut(old, kept)
    else:
        assert cut(old, kept) == left


def test_a_mark_never_becomes_a_link():
    assert f"{MARK}(" not in cut("bad(https://example.org)", "(https://example.org)")


def _cut(browser, made, kept=KEPT, seen=0, **values):
    data = {"action": "cut", "seen": str(seen), "shortened": kept, **REASONS, **values}
    return browser.post(f"/en/subjects/{made.id}/decision", data=data)


def _fresh(id) -> Comment:
    db.session.rollback()
    return db.session.get_one(Comment, id)


def test_everybody_sees_where_and_nobody_what(place, sign_in, client):
    made = comment(place.proposal, author=place.amal, body=BODY)
    assert "12345" in sign_in(place.moderator).get(f"/en/subjects/{made.id}/decision").text
    assert _cut(sign_in(place.moderator), made).status_code == 303
    for path in (f"/en/proposals/{place.proposal.id}", f"/en/comments/{made.id}"):
        page = client.get(path).text
        assert MARK in page
        assert "shortened by the moderators" in page
        assert "12345" not in page
    assert "12345" not in client.get(f"/en/comments/{made.id}/versions").text
    assert "12345" not in client.get("/en/search?q=Beispiel").text
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert told == [(place.amal.id, Kind.MODERATED)]
    amal = sign_in(place.amal)
    assert "12345" in amal.get(f"/en/comments/{made.id}/versions").text
    assert f"/en/subjects/{made.id}/reasons" in amal.get(f"/en/comments/{made.id}").text
    edit = amal.post(f"/en/comments/{made.id}/edit", data={"body": BODY})
    assert edit.status_code == 403


@pytest.mark.parametrize("kept", [BODY, "", f"{KEPT} And I agree."])
def test_nothing_taken_out_all_taken_out_words_put_in(place, sign_in, kept):
    made = comment(place.proposal, author=place.amal, body=BODY)
    answer = _cut(sign_in(place.moderator), made, kept=kept)
    assert answer.status_code == 422
    assert "A telephone number." in answer.text
    assert _fresh(made.id).body == BODY


def test_what_a_cut_took_out_does_not_come_back_by_the_earlier_texts(place, sign_in, client):
    made = comment(place.proposal, author=place.amal, body="First words")
    amal = sign_in(place.amal)
    assert amal.post(f"/en/comments/{made.id}/edit", data={"body": BODY}).status_code == 303
    history = f"/en/comments/{made.id}/versions"
    assert "First words" in client.get(history).text
    assert _cut(sign_in(place.moderator), made).status_code == 303
    assert "First words" not in client.get(history).text


def test_an_objection_restores_the_words(place, sign_in, client):
    second = appoint(place.dialogue, person("Second"))
    made = comment(place.proposal, author=place.amal, body=BODY)
    _cut(sign_in(place.moderator), made)
    db.session.rollback()
    decision = db.session.scalars(select(Decision.id)).one()
    appeal = {"words": "It is a public number."}
    assert (
        sign_in(place.amal).post(f"/en/decisions/{decision}/appeal", data=appeal).status_code == 303
    )
    db.session.rollback()
    objection = db.session.scalars(select(Appeal.id)).one()
    data = {"outcome": "overturned", "reason": "It is."}
    assert sign_in(second).post(f"/en/appeals/{objection}", data=data).status_code == 303
    found = _fresh(made.id)
    assert (found.body, found.cut_at) == (BODY, None)
    assert "shortened" not in client.get(f"/en/comments/{made.id}").text


def test_cut_twice_and_put_back_twice(place, sign_in):
    made = comment(place.proposal, author=place.amal, body=BODY)
    browser = sign_in(place.moderator)

    def last():
        db.session.rollback()
        return db.session.scalars(select(Decision.id).order_by(Decision.id.desc())).first()

    _cut(browser, made)
    once = _fresh(made.id).body
    assert _cut(browser, made, kept=once.replace(" she knows.", ""), seen=last()).status_code == 303
    for text in (once, BODY):
        assert _fresh(made.id).cut_at is not None
        data = {"action": "restore", "facts": "Wrong.", "seen": str(last())}
        assert browser.post(f"/en/subjects/{made.id}/decision", data=data).status_code == 303
        assert _fresh(made.id).body == text
    assert _fresh(made.id).cut_at is None
