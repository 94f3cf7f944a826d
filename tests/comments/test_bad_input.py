"""What goes wrong while writing a comment: nothing half done, nothing lost, nothing harmful."""

import pytest
from sqlalchemy import func, select

from app.comments.models import Comment
from app.core.db import db
from tests.factories.comments import comment


def _number() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Comment)) or 0


def _send(browser, place, **values):
    return browser.post(place.post, data={"form_key": "k", "body": "Gut.", **values})


@pytest.mark.parametrize("body", ["", "   ", "\u200b\u200b", "x" * 3001])
def test_empty_or_too_long_comes_back(place, sign_in, body):
    answer = _send(sign_in(place.amal), place, body=body)
    assert answer.status_code == 422
    assert body.strip("\u200b ") in answer.text
    assert _number() == 0


def test_a_megabyte(place, sign_in):
    assert _send(sign_in(place.amal), place, body="x" * 1_000_000).status_code in (413, 422)
    assert _number() == 0


def test_an_unknown_stance(place, sign_in):
    answer = _send(sign_in(place.amal), place, stance="maybe", body="Ein Satz bleibt")
    assert answer.status_code == 422
    assert "Ein Satz bleibt" in answer.text
    assert _number() == 0


@pytest.mark.parametrize("parent", ["x", "999999", "9" * 30, "-1", "\u0661"])
def test_a_senseless_parent(place, sign_in, parent):
    assert _send(sign_in(place.amal), place, parent_id=parent).status_code in (303, 422)


@pytest.mark.parametrize("body", ["a\x00b", "a\ud800b", "a\u202eb"])
def test_characters_that_break_things(place, sign_in, client, body):
    answer = sign_in(place.amal).post(
        place.post,
        data="form_key=k&body=" + "".join(f"%{b:02X}" for b in body.encode(errors="surrogatepass")),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in (303, 422)
    main = client.get(place.page).text.partition("<main")[2]
    assert "\x00" not in main
    assert "\u202e" not in main


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="y()">',
        "![p](https://evil.example/x.png)",
    ],
)
def test_markup_is_harmless(place, client, body):
    made = comment(place.proposal, body=body, guest_name=body[:60])
    for path in (place.page, f"/de/comments/{made.id}"):
        main = client.get(path).text.partition("<main")[2].partition("</main")[0]
        for bad in ("<script", 'href="javascript', "<img"):
            assert bad not in main


def test_a_role_in_a_form_field_does_nothing(place, sign_in):
    _send(sign_in(place.amal), place, mark="moderation", visibility="hidden", author_id="1")
    db.session.rollback()
    made = db.session.scalars(select(Comment)).one()
    assert (made.mark, made.author_id) == (None, place.amal.id)


def test_the_form_of_somebody_else(place, sign_in):
    _send(sign_in(place.amal), place)
    assert _send(sign_in(place.moderator), place).status_code == 409
    assert _number() == 1


def test_only_what_can_be_commented_on(place, sign_in):
    for subject in (place.round.id, place.dialogue.id, 999_999, 2**40):
        answer = sign_in(place.amal).post(
            f"/de/subjects/{subject}/comments", data={"form_key": "k", "body": "Hm."}
        )
        assert answer.status_code == 404
