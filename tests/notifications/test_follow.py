"""Following a thing, and stopping."""

import pytest

from app.core import clock
from app.core.db import db
from app.core.transactions import transaction
from app.notifications import commands, queries
from tests.factories.accounts import person

pytestmark = pytest.mark.both


def test_follow_and_stop(lamp, sign_in):
    amal, thing = person("Amal"), lamp()
    browser = sign_in(amal)
    answer = browser.post(f"/en/subjects/{thing}/follow")
    assert answer.status_code == 303
    assert answer.location == f"/de/lamps/{thing}"
    assert queries.follows(amal.id, thing)
    assert browser.post(f"/en/subjects/{thing}/follow").status_code == 303  # twice is once
    db.session.rollback()
    assert queries.followers([thing], until=clock.now()) == [amal.id]
    assert browser.post(f"/en/subjects/{thing}/unfollow").status_code == 303
    db.session.rollback()
    assert not queries.follows(amal.id, thing)


def test_strangers_are_asked_to_sign_in(lamp, client):
    thing = lamp()
    assert client.post(f"/en/subjects/{thing}/follow").status_code == 401
    assert client.post(f"/en/subjects/{thing}/unfollow").status_code == 401
    assert not queries.follows(None, thing)


def test_what_is_not_public_is_not_there(lamp, dark, sign_in, client):
    thing = lamp()
    dark.add(thing)
    assert sign_in(person()).post(f"/en/subjects/{thing}/follow").status_code == 404
    assert client.post(f"/en/subjects/{thing}/follow").status_code == 404
    assert sign_in(person()).post("/en/subjects/999999/follow").status_code == 404


def test_one_can_stop_following_what_was_hidden_since(lamp, dark, sign_in):
    amal, thing = person(), lamp()
    browser = sign_in(amal)
    browser.post(f"/en/subjects/{thing}/follow")
    dark.add(thing)
    answer = browser.post(f"/en/subjects/{thing}/unfollow")
    assert answer.location == "/en/inbox"
    assert not queries.follows(amal.id, thing)


def test_what_i_follow_is_listed_and_costs_the_same(lamp, dark, sign_in, queries):
    amal = person()
    browser = sign_in(amal)
    assert "You follow nothing yet" in browser.get("/en/inbox/following").text
    counts, page, thing = [], "", 0
    for number in (10, 90):
        for thing in [lamp() for _ in range(number)]:
            with transaction():
                commands.follow(person_id=amal.id, subject_id=thing)
        queries.clear()
        page = browser.get("/en/inbox/following").text
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
    assert page.count("Stop following") == 20
    dark.add(thing)
    assert f"Lamp {thing}" not in browser.get("/en/inbox/following").text
