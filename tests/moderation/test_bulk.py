"""Many at once with one reason; what is alike stands together; nothing is decided twice."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.moderation.models import Decision
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.rounds import appoint, dialogue

SPAM = "Buy cheap watches number {n} at https://watches.example/{n} today only"


def _held(place, body, **values):
    return comment(
        place.proposal, guest_name="Guest", body=body, visibility=Visibility.HELD, **values
    ).id


def _burst(place, number):
    with transaction() as session:
        session.add_all(
            Comment(
                target_id=place.proposal.id,
                round_id=place.round.id,
                guest_name="Bot",
                body=SPAM.format(n=n),
                at=clock.now(),
                visibility=Visibility.HELD,
            )
            for n in range(number)
        )


def _decide(browser, place, items, action="hide", **values):
    data = {"item": items, "action": action, "rule": "advertising", "facts": "Spam.", **values}
    return browser.post(place.queue, data=data)


def _boxes(page: str) -> list[str]:
    return re.findall(r'name="item"[^>]*value="([^"]+)"', page)


def _states() -> dict[int, Visibility]:
    db.session.rollback()
    return dict(db.session.execute(select(Comment.id, Comment.visibility)).tuples().all())


def test_what_is_alike_stands_together_and_goes_at_once(place, sign_in):
    real = _held(place, "An evening would help families with work")
    _burst(place, 250)
    browser = sign_in(place.moderator)
    page = browser.get(place.queue).text
    boxes = _boxes(page)
    assert len(boxes) == 2
    assert "249 more say nearly the same" in page
    group = next(box for box in boxes if "," in box)
    assert _decide(browser, place, [group]).status_code == 303
    states = _states()
    assert states.pop(real) is Visibility.HELD
    assert set(states.values()) == {Visibility.HIDDEN}
    assert "250 contributions are decided." in browser.get(place.queue).text
    reasons = set(db.session.scalars(select(Decision.facts)))
    assert reasons == {"Spam."}


def test_a_thousand_alike_cost_no_more_queries(place, sign_in, queries):
    _burst(place, 20)
    browser = sign_in(place.moderator)
    costs = []
    for more in (0, 1000):
        _burst(place, more)
        queries.clear()
        assert browser.get(place.queue).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_each_more_costs_few_queries(place, sign_in, queries):
    browser = sign_in(place.moderator)
    costs = []
    for number in (25, 50):
        _burst(place, number)
        boxes = _boxes(browser.get(place.queue).text)
        queries.clear()
        assert _decide(browser, place, boxes).status_code == 303
        costs.append(len(queries))
    assert set(_states().values()) == {Visibility.HIDDEN}
    assert (costs[1] - costs[0]) / 25 <= 13


def test_what_cannot_be_decided_keeps_no_other_back(place, sign_in):
    """One of them is decided already: the others are done, and it is said how many were not."""
    ids = [_held(place, f"Spam of {name}") for name in "abcdef"]
    browser = sign_in(place.moderator)
    _decide(browser, place, [f"{ids[2]}-0"], "publish")
    assert _decide(browser, place, [f"{id}-0" for id in ids]).status_code == 303
    page = browser.get(place.queue).text
    assert "5 contributions are decided." in page
    assert "1 was left out" in page
    states = _states()
    assert states.pop(ids[2]) is Visibility.VISIBLE
    assert set(states.values()) == {Visibility.HIDDEN}


def test_more_than_can_be_decided_at_once_is_said(place, sign_in, monkeypatch):
    monkeypatch.setattr("app.moderation.views.bulk.MOST", 2)
    ids = [_held(place, f"Spam of {name}") for name in "abc"]
    browser = sign_in(place.moderator)
    assert _decide(browser, place, [f"{id}-0" for id in ids]).status_code == 303
    assert "At most 2 are decided at once." in browser.get(place.queue).text
    assert list(_states().values()).count(Visibility.HELD) == 1


def test_different_words_are_not_alike(place, sign_in):
    for body in ("More benches in the park", "More buses in the evening", "No"):
        _held(place, body)
    assert all("," not in box for box in _boxes(sign_in(place.moderator).get(place.queue).text))


def test_publish_some_of_them(place, sign_in, client):
    one, two, three = (_held(place, body) for body in ("Benches", "Buses", "Trees"))
    answer = _decide(sign_in(place.moderator), place, [f"{one}-0", f"{three}-0"], "publish")
    assert answer.status_code == 303
    states = _states()
    assert (states[one], states[two], states[three]) == (
        Visibility.VISIBLE,
        Visibility.HELD,
        Visibility.VISIBLE,
    )
    assert "Trees" in client.get(f"/en/proposals/{place.proposal.id}").text


@pytest.mark.parametrize("missing", ["rule", "facts", "action"])
def test_without_a_reason_nothing_happens_and_the_ticks_stay(place, sign_in, missing):
    made = _held(place, "Spam")
    answer = _decide(sign_in(place.moderator), place, [f"{made}-0"], **{missing: ""})
    assert answer.status_code == 422
    assert re.search(rf'value="{made}-0" checked', answer.text)
    assert _states()[made] is Visibility.HELD


def test_nothing_ticked(place, sign_in):
    assert _decide(sign_in(place.moderator), place, []).status_code == 422
    assert _decide(sign_in(place.moderator), place, ["x", "1", "-"]).status_code == 422


def test_nothing_of_another_dialogue(place, sign_in, client):
    made = _held(place, "Held")
    elsewhere = sign_in(place.elsewhere)
    assert _decide(elsewhere, place, [f"{made}-0"]).status_code == 404
    own = dialogue(moderator=place.elsewhere)
    data = {"item": f"{made}-0", "action": "hide", "rule": "insult", "facts": "Mine."}
    assert elsewhere.post(f"/en/dialogues/{own.id}/queue", data=data).status_code == 303
    assert "was left out" in elsewhere.get(f"/en/dialogues/{own.id}/queue").text
    assert _states()[made] is Visibility.HELD
    assert _decide(client, place, [f"{made}-0"]).status_code == 401


@pytest.mark.both
def test_two_moderators_at_once_decide_each_once(place, sign_in):
    second = appoint(place.dialogue, person("Second"))
    items = [f"{_held(place, f'Spam of {name}')}-0" for name in "abcdefgh"]
    browsers = [sign_in(place.moderator), sign_in(second)]
    orders = [items, items[::-1]]
    start = Barrier(2)

    def run(pair):
        browser, ticked = pair
        start.wait()
        return _decide(browser, place, ticked).status_code

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(run, zip(browsers, orders, strict=True))) == [303, 303]
    db.session.rollback()
    each = db.session.execute(
        select(Decision.subject_id, func.count()).group_by(Decision.subject_id)
    ).tuples()
    assert sorted(number for _id, number in each) == [1] * 8


def test_the_past_of_the_author_and_cases_like_it(place, sign_in, client):
    browser = sign_in(place.moderator)
    before = comment(place.proposal, author=place.amal, body="Earlier")
    other = comment(place.proposal, body="Of somebody else")
    for made, facts in ((before, "Called somebody a fool."), (other, "Called all fools.")):
        data = {"action": "hide", "rule": "insult", "facts": facts, "seen": "0"}
        assert browser.post(f"/en/subjects/{made.id}/decision", data=data).status_code == 303
    now = comment(place.proposal, author=place.amal, body="Again")
    client.post(f"/en/subjects/{now.id}/report", data={"rule": "insult", "words": ""})
    page = browser.get(f"/en/subjects/{now.id}/decision").text
    assert "Its author wrote 3 contributions in this dialogue" in page
    assert "1 decision about them" in page
    assert "Called somebody a fool." in page
    assert "Earlier decisions under this rule: Insults or threatens somebody" in page
    assert "Called all fools." in page
