"""The public register: every decision, no text, no names."""

from datetime import timedelta

from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from tests.conftest import NOW
from tests.factories.comments import comment

REASONS = {"rule": "insult", "facts": "Calls Amal a secret name."}


def _decide(browser, id, action, **values):
    data = {"action": action, "seen": "0", **values}
    assert browser.post(f"/en/subjects/{id}/decision", data=data).status_code == 303
    db.session.rollback()


def test_it_is_empty_at_first(place, client):
    assert "No decisions yet" in client.get("/en/decisions").text


def test_every_decision_without_text_and_names(place, client, sign_in):
    made = comment(place.proposal, author=place.amal, body="The marker of the text")
    _decide(sign_in(place.moderator), made.id, "hide", **REASONS)
    page = client.get("/en/decisions").text
    assert "Insults or threatens somebody" in page
    assert "Comment" in page
    for hidden in ("secret name", "The marker", "Amal", "Mo<"):
        assert hidden not in page.split("<main", 1)[1]
    file = client.get("/en/decisions.csv")
    assert file.mimetype == "text/csv"
    head, line = file.text.strip().splitlines()
    assert head.startswith("decided_at,action,rule,scope")
    assert ",hide,insult,comment,,,de," in line
    assert "secret name" not in file.text


def test_filtered_by_what_was_decided(place, client, sign_in):
    made = comment(place.proposal, author=place.amal)
    _decide(sign_in(place.moderator), made.id, "return", **REASONS)
    assert "Insults" in client.get("/en/decisions?action=return").text.split("</section>")[-1]
    rest = client.get("/en/decisions?action=hide").text.split("</section>")[-1]
    assert "Insults" not in rest


def test_promised_and_actual_times_are_the_middle_ones(place, client, sign_in):
    for hours in (2, 3, 50):
        with clock.frozen(NOW):
            made = comment(place.proposal, author=place.amal, visibility=Visibility.HELD)
        with clock.frozen(NOW + timedelta(hours=hours)):
            _decide(sign_in(place.moderator), made.id, "publish")
    page = client.get("/en/decisions").text
    assert "Half of all waited at most 3 hours; promised were 24 hours." in page
    assert "3 decisions" in page


def test_twenty_at_a_time_and_as_many_queries(place, client, sign_in, queries):
    pages, numbers = [], []
    for more in (1, 22):
        for _each in range(more):
            made = comment(place.proposal, author=place.amal)
            _decide(sign_in(place.moderator), made.id, "hide", **REASONS)
        queries.clear()
        pages.append(client.get("/en/decisions"))
        numbers.append(len(queries))
    page = pages[-1]
    assert numbers[0] == numbers[1]
    assert page.text.count("<tr>") == 21
    assert "after=" in page.text
    assert len(client.get("/en/decisions.csv").text.strip().splitlines()) == 24
