"""Text that means harm or that no database takes."""

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.proposals.models import Proposal
from tests.proposals.conftest import WORDS

BAD = [
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt&colon;alert(1))",
    '<div onclick="x()"><img src=x onerror="y()"><svg><script>z</script></svg></div>',
    "<a href='data:text/html,x'>x</a>",
]


def _save(browser, hall, **values):
    return browser.post(hall.new, data={**WORDS, "form_key": "k", "action": "preview", **values})


@pytest.mark.parametrize("bad", BAD)
def test_markup_is_harmless_in_preview_form_and_page(hall, sign_in, bad):
    browser = sign_in(hall.amal)
    preview = _save(browser, hall, title=bad, body=bad, goal=bad, carried_by=bad)
    draft_id = db.session.scalar(select(Proposal.id))
    browser.post(f"/en/proposals/{draft_id}/submit", data={"edition": "1"})
    for url in (preview.location, f"/en/proposals/{draft_id}", hall.list):
        main = browser.get(url).text.partition("<main")[2].partition("</main")[0]
        for found in (
            "<script>",
            'href="javascript',
            "<img",
            'href="data:',
            "<div onclick",
            "<svg",
        ):
            assert found not in main


@pytest.mark.both
def test_nul_and_lone_surrogates_never_reach_the_database(hall, sign_in):
    browser = sign_in(hall.amal)
    body = b"title=A%00B&body=Text%00%ED%A0%80here&action=save&form_key=k%00&goal=%00"
    answer = browser.post(hall.new, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    db.session.rollback()
    made = db.session.scalars(select(Proposal)).one()
    assert made.title == "AB"
    assert "\x00" not in made.body
    made.body.encode()


def test_a_megabyte_is_refused_with_what_is_too_much(hall, sign_in):
    answer = _save(sign_in(hall.amal), hall, body="x" * 1_000_000)
    assert answer.status_code in (413, 422)
    assert db.session.scalar(select(func.count(Proposal.id))) == 0


def test_direction_controls_do_not_turn_the_page_around(hall, sign_in):
    _save(sign_in(hall.amal), hall, title="Title \u202egnp.exe", body="Text \u2066 \u202e here")
    db.session.rollback()
    made = db.session.scalars(select(Proposal)).one()
    assert "\u202e" not in made.title
    opened = sum(made.body.count(c) for c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
    assert opened <= sum(made.body.count(c) for c in "\u202c\u2069")


def test_deep_nesting_is_refused_in_words(hall, sign_in):
    answer = _save(sign_in(hall.amal), hall, body=">" * 2000 + " deep")
    assert answer.status_code == 422
    assert "nested too deeply" in answer.text


def test_ids_beyond_the_database(hall, sign_in):
    browser = sign_in(hall.amal)
    for path in ("rounds/99999999999/proposals", "proposals/99999999999999999999/edit"):
        assert browser.get(f"/en/{path}").status_code == 404
