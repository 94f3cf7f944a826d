"""The desk of a unit: what is due first, what is overdue, only what is its own."""

from typing import Any

from app.answers import queries
from app.answers.models import Answer
from app.answers.states import AnswerState, Outcome
from app.core.db import db
from app.core.policy import ANYBODY, Actor, allowed, grants_of
from app.core.states import Visibility
from app.proposals.states import ProposalState
from tests.factories.answers import answer
from tests.factories.organisations import unit
from tests.factories.proposals import proposal

DESK = "/en/answers"


def test_what_is_due_first_stands_first(place, sign_in):
    for title, days in (("Later", 20), ("Overdue", -2), ("Soon", 3)):
        answer(proposal(place.round, title=title), place.unit, due_in=days)
    answer(proposal(place.round, title="Not mine"), place.other_unit)
    page = sign_in(place.clerk).get(DESK).text
    places = [page.index(title) for title in ("Overdue", "Soon", "Later")]
    assert places == sorted(places)
    assert "overdue by 2 days" in page
    assert "Not mine" not in page
    assert "Beispielamt" in page


def test_parts(place, sign_in):
    answer(proposal(place.round, title="Owed one"), place.unit)
    answer(proposal(place.round, title="Kept one"), place.unit, outcome=Outcome.DECLINED)
    answer(
        proposal(place.round, title="Public one"),
        place.unit,
        outcome=Outcome.DECLINED,
        state=AnswerState.PUBLISHED,
    )
    browser = sign_in(place.clerk)
    for part, title in (("due", "Owed"), ("prepared", "Kept"), ("published", "Public")):
        page = browser.get(f"{DESK}?show={part}").text
        assert [t for t in ("Owed one", "Kept one", "Public one") if t in page] == [f"{title} one"]


def test_withdrawn_and_hidden_ones_leave_the_desk(place, sign_in):
    answer(proposal(place.round, title="Gone", state=ProposalState.WITHDRAWN), place.unit)
    hidden: Any = {"visibility": Visibility.HIDDEN, "visibility_reason": "Names people."}
    answer(proposal(place.round, title="Hid", **hidden), place.unit)
    page = sign_in(place.clerk).get(DESK).text
    assert "Gone" not in page
    assert "Hid<" not in page


def test_one_of_several_units(place, sign_in):
    second = unit("Zweites Amt", place.clerk)
    answer(proposal(place.round, title="First unit's"), place.unit)
    answer(proposal(place.round, title="Second unit's"), second)
    browser = sign_in(place.clerk)
    both = browser.get(DESK).text
    assert "First unit" in both
    assert "Second unit" in both
    one = browser.get(f"{DESK}?unit={second.id}").text
    assert "First unit" not in one
    assert "Second unit" in one
    assert "Second unit" in browser.get(f"{DESK}?unit={place.other_unit.id}").text


def test_only_people_of_units(place, sign_in, client):
    assert client.get(DESK).status_code == 401
    assert sign_in(place.moderator).get(DESK).status_code == 403
    assert "/answers" not in sign_in(place.stranger).get("/en/account").text
    assert "/en/answers" in sign_in(place.clerk).get("/en/account").text


def test_pages_by_key_and_no_more_queries(place, sign_in, queries):
    browser = sign_in(place.clerk)
    counted = []
    for _ in range(2):
        for number in range(12):
            answer(proposal(place.round), place.unit, due_in=number // 3)
        browser.get(DESK)
        queries.clear()
        assert browser.get(DESK).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 8, queries
    first = browser.get(DESK).text
    assert first.count("card--list") == 20
    key = first.partition("after=")[2].partition('"')[0]
    rest = browser.get(f"{DESK}?after={key}").text
    assert rest.count("card--list") == 4
    links = [part.partition("/prepare")[0] for part in (first + rest).split("/en/answers/")[1:]]
    assert len(set(links)) == 24
    for odd in ("x", "2027-01-01.", "2027-13-01.4", "%00", "9" * 40):
        assert browser.get(f"{DESK}?after={odd}").status_code == 200


def test_the_rule_and_the_predicate_agree(place):
    everybody = (None, place.clerk, place.other_clerk, place.moderator, place.stranger)
    hidden: Any = {"visibility": Visibility.HIDDEN, "visibility_reason": "Names people."}
    visible: Any = {}
    made = [
        answer(proposal(place.round, **values), place.unit, outcome=Outcome.DECLINED, state=state)
        for state in AnswerState
        for values in (visible, hidden)
    ]
    for who in everybody:
        actor = Actor(person_id=who.id, grants=grants_of(who.id)) if who else ANYBODY
        seen = set(db.session.scalars(db.select(Answer.id).where(queries.visible_to(actor))))
        for one in made:
            known = queries.get(one.id)
            assert allowed("answers.show", actor, known) == (one.id in seen), (who, one.state)
