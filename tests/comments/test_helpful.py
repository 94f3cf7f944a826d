"""Mark a comment as helpful, once each; read the most helpful first, or what nobody answered."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from app.comments.models import Comment, HelpfulMark
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from tests.factories.accounts import person
from tests.factories.comments import comment


def _mark(browser, id, what="helpful"):
    return browser.post(f"/en/comments/{id}/{what}").status_code


def _count(id) -> int:
    db.session.rollback()
    return db.session.get_one(Comment, id).helpful_count


def _order(page: str) -> list[int]:
    return [int(id) for id in re.findall(r'<li id="c(\d+)"', page)]


def test_once_each_and_back_again(place, sign_in, client):
    made = comment(place.proposal, body="Good to know")
    amal = sign_in(place.amal)
    assert [_mark(amal, made.id) for _ in range(3)] == [303] * 3
    assert _mark(sign_in(place.moderator), made.id) == 303
    assert _count(made.id) == 2
    assert "2 find it helpful" in client.get(place.page.replace("/de/", "/en/")).text
    assert [_mark(amal, made.id, "not-helpful") for _ in range(2)] == [303] * 2
    assert _count(made.id) == 1


def test_who_may_not(place, sign_in, client):
    own = comment(place.proposal, author=place.amal)
    held = comment(place.proposal, visibility=Visibility.HELD)
    assert _mark(sign_in(place.amal), own.id) == 403
    assert _mark(sign_in(place.amal), held.id) == 404
    assert _mark(client, own.id) == 401


@pytest.mark.both
def test_many_at_once_are_all_counted(place, sign_in):
    id = comment(place.proposal).id
    browsers = [sign_in(who) for who in [person() for _ in range(3)]] + [sign_in(place.amal)] * 2
    start = Barrier(len(browsers))

    def run(browser):
        start.wait()
        return _mark(browser, id)

    with ThreadPoolExecutor(len(browsers)) as pool:
        assert set(pool.map(run, browsers)) == {303}
    assert _count(id) == 4
    assert db.session.scalar(select(func.count()).select_from(HelpfulMark)) == 4


def test_the_most_helpful_first_twenty_at_a_time(place, client):
    ids = [comment(place.proposal).id for _ in range(25)]
    with transaction() as session:
        for id in ids:
            session.execute(update(Comment).where(Comment.id == id).values(helpful_count=id % 3))
    expected = sorted(ids, key=lambda id: (id % 3, id), reverse=True)
    page = client.get(f"{place.page}?order=helpful").text
    first = _order(page)
    assert first == expected[: len(first)]
    more = re.search(r'href="([^"]*order=helpful[^"]*=\d+[^"]*)"', page)
    assert more is not None
    rest = _order(client.get(more[1].replace("&amp;", "&")).text)
    assert first + rest == expected


def test_what_nobody_has_answered(place, client):
    answered, waits, hidden = (comment(place.proposal).id for _ in range(3))
    comment(place.proposal, parent_id=answered)
    comment(place.proposal, parent_id=hidden, visibility=Visibility.HELD)
    assert _order(client.get(f"{place.page}?order=unanswered").text) == [hidden, waits]


@pytest.mark.parametrize("order", ["", "oldest; DROP TABLE", "HELPFUL", "x" * 200])
def test_an_order_that_there_is_not(place, client, order):
    ids = [comment(place.proposal).id for _ in range(2)]
    page = client.get(place.page, query_string={"order": order})
    assert _order(page.text) == ids[::-1]
