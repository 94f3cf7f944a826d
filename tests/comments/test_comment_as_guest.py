"""Comment without an account: a name of one's choice, a moderator reads first."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.comments.models import Comment
from app.core import clock, work
from app.core.db import db
from app.core.states import Visibility
from tests.comments.pages import found
from tests.factories.comments import comment


def _open(client, place, query=""):
    page = client.get(place.guest + query)
    assert page.status_code == 200
    return found(r'name="ticket"[^>]*value="([^"]+)"', page.text)


def _send(client, place, ticket, **values):
    data = {"ticket": ticket, "name": "Amira", "body": "Ein Abendtermin hilft allen."}
    return client.post(place.guest, data=data | values)


def _all() -> list[Comment]:
    db.session.rollback()
    return list(db.session.scalars(select(Comment)))


def test_it_is_held_and_says_so(place, client):
    ticket = _open(client, place)
    clock.tick(timedelta(seconds=20))
    answer = _send(client, place, ticket, stance="for")
    assert answer.status_code == 303
    (made,) = _all()
    assert (made.guest_name, made.visibility) == ("Amira", Visibility.HELD)
    assert made.author_id is None
    page = client.get(place.page).text
    assert "2. März 2027" in page
    assert "Abendtermin" not in page


def test_once_published_readers_see_that_a_guest_wrote(place, client):
    comment(place.proposal, guest_name="Amira", body="Abends bitte")
    page = client.get(place.page.replace("/de/", "/en/")).text
    assert "Abends bitte" in page
    assert "Guest" in page


def test_sent_twice_it_is_one(place, client):
    ticket = _open(client, place)
    clock.tick(timedelta(seconds=20))
    assert [_send(client, place, ticket).status_code for _ in range(3)] == [303] * 3
    assert len(_all()) == 1


def test_too_quick_comes_back_with_the_text(place, client):
    ticket = _open(client, place)
    answer = _send(client, place, ticket)
    assert answer.status_code == 422
    assert "Abendtermin" in answer.text
    assert _all() == []
    clock.tick(timedelta(seconds=5))
    assert _send(client, place, ticket).status_code == 303


@pytest.mark.parametrize("ticket", ["", "forged", "WzEsIngiXQ.abc"])
def test_a_forged_ticket_gets_a_new_one(place, client, ticket):
    answer = _send(client, place, ticket)
    assert answer.status_code == 422
    assert "Abendtermin" in answer.text
    assert _all() == []


def test_an_old_page_is_sent_again_with_its_text(place, client):
    ticket = _open(client, place)
    clock.tick(timedelta(hours=13))
    answer = _send(client, place, ticket)
    assert answer.status_code == 422
    assert "Abendtermin" in answer.text


def test_the_field_for_machines(place, client):
    ticket = _open(client, place)
    clock.tick(timedelta(seconds=20))
    answer = _send(client, place, ticket, website="http://spam.example")
    assert answer.status_code == 422
    assert _all() == []
    assert _send(client, place, ticket).status_code == 303


@pytest.mark.parametrize("name", ["Moderation", "Amal", "", "x" * 81, "✅ Stadt"])
def test_names_that_deceive(place, client, name):
    ticket = _open(client, place)
    clock.tick(timedelta(seconds=20))
    answer = _send(client, place, ticket, name=name)
    assert answer.status_code == 422
    assert "Abendtermin" in answer.text
    assert _all() == []


def test_an_answer_as_guest_stands_under_what_it_answers(place, client):
    first = comment(place.proposal)
    ticket = _open(client, place, f"?parent={first.id}")
    clock.tick(timedelta(seconds=20))
    assert _send(client, place, ticket, parent_id=str(first.id)).status_code == 303
    assert {made.parent_id for made in _all()} == {None, first.id}


def test_who_is_signed_in_gets_the_other_form(place, sign_in):
    assert sign_in(place.amal).get(place.guest).location.endswith("/comments/new")


def _work(ticket: str) -> str:
    return next(str(nonce) for nonce in range(10**6) if work.is_done(ticket, str(nonce)))


@pytest.mark.parametrize(("script", "most"), [(True, 30), (False, 10)])
def test_too_many_from_one_network(place, client, script, most):
    codes = []
    for _ in range(most + 1):
        ticket = _open(client, place)
        clock.tick(timedelta(seconds=5))
        done = {"work": _work(ticket)} if script else {}
        codes.append(_send(client, place, ticket, **done).status_code)
    assert codes == [303] * most + [429]


def test_work_counts_for_its_own_page_only():
    nonce = _work("ticket")
    assert work.is_done("ticket", nonce)
    wrong = ["", "x", "-1", "٣", "9" * 13, str(int(nonce) + 1)]
    assert not any(work.is_done("ticket", one) for one in wrong)
    assert sum(work.is_done(f"other {n}", nonce) for n in range(100)) < 5
