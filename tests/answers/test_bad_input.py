"""Whatever a clerk pastes: nothing is lost, nothing runs, nothing half-done happens."""

import pytest
from sqlalchemy import select

from app.answers.models import Answer
from app.core.db import db
from tests.factories.answers import answer
from tests.factories.proposals import proposal

MARKUP = "[click](javascript:alert(1)) <script>alert(2)</script> <b onclick=x>**strong**</b>"


@pytest.fixture
def owed(place):
    return answer(proposal(place.round, title="Sprachcafé"), place.unit)


def _send(browser, owed, reason, **more):
    typed = {"edition": 0, "outcome": "declined", "reason": reason, **more}
    return browser.post(f"/de/answers/{owed.id}/prepare", data=typed)


def _kept():
    db.session.rollback()
    return db.session.scalars(select(Answer.reason)).one()


def test_markup_does_nothing_in_the_preview_and_on_the_page(place, owed, sign_in, client):
    browser = sign_in(place.clerk)
    assert _send(browser, owed, MARKUP).status_code == 303
    preview = browser.get(f"/de/answers/{owed.id}/preview").text
    browser.post(f"/de/answers/{owed.id}/publish", data={"edition": 1})
    page = client.get(f"/de/proposals/{owed.proposal_id}").text
    for html in (preview, page):
        assert "<strong>strong</strong>" in html
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
        assert "<b onclick" not in html


@pytest.mark.both
def test_what_no_database_takes_is_left_out(place, owed, sign_in):
    assert _send(sign_in(place.clerk), owed, "Wir\x00 kommen\u202e.").status_code == 303
    kept = _kept()
    assert not set(kept) & {"\x00", "\u202e"}
    assert kept.startswith("Wir")


def test_a_line_that_is_far_too_long_comes_back(place, owed, sign_in):
    long = "a" * 30_000
    answered = _send(sign_in(place.clerk), owed, long)
    assert answered.status_code == 422
    assert long in answered.text
    assert _kept() == ""


def test_more_than_a_request_may_hold_is_refused(place, owed, sign_in):
    assert _send(sign_in(place.clerk), owed, "a" * 1_000_000).status_code == 413
    assert _kept() == ""


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": "crowned"},
        {"outcome": "deferred"},
        {"outcome": "deferred", "deferred_until": "2027-02-30"},
        {"outcome": "merged", "measure": "999999"},
        {"outcome": "adopted", "measure": "new", "title": ""},
        {"edition": "many"},
    ],
)
def test_what_does_not_fit_comes_back_and_changes_nothing(place, owed, sign_in, more):
    answered = _send(sign_in(place.clerk), owed, "Dafür fehlt der Raum.", **more)
    assert answered.status_code in (409, 422)
    assert "Dafür fehlt der Raum." in answered.text
    assert _kept() == ""
