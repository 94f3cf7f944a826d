"""What a round is owed is public, and its moderators name who answers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from babel.dates import format_date
from sqlalchemy import select

from app.answers.models import Answer
from app.answers.states import AnswerState, Outcome
from app.core import clock
from app.core.db import db
from app.core.events import emit
from app.core.policy import SYSTEM
from app.core.states import Visibility
from app.core.transactions import transaction
from app.proposals.states import ProposalState
from app.rounds.events import RoundClosed
from app.rounds.models import Round
from tests.factories.answers import answer
from tests.factories.organisations import unit
from tests.factories.proposals import proposal
from tests.factories.rounds import round_


def _answers() -> list[Answer]:
    db.session.rollback()
    return list(db.session.scalars(select(Answer).order_by(Answer.id)))


def test_everybody_sees_what_is_owed(place, client):
    proposal(place.round, title="Ohne Amt")
    answer(proposal(place.round, title="Mit Amt"), place.unit)
    answer(proposal(place.round, title="Zu spät"), place.unit, due_in=-3)
    answer(
        proposal(place.round, title="Fertig"),
        place.unit,
        outcome=Outcome.DECLINED,
        state=AnswerState.PUBLISHED,
    )
    proposal(place.round, title="Zurück", state=ProposalState.WITHDRAWN)
    proposal(
        place.round, title="Weg", visibility=Visibility.HIDDEN, visibility_reason="Names people."
    )
    page = client.get(f"/en/rounds/{place.round.id}/answers")
    assert page.status_code == 200
    for words in ("Ohne Amt", "Mit Amt", "Zu spät", "Fertig", "Beispielamt", "declined"):
        assert words in page.text
    assert "overdue by 3 days" in page.text
    assert "1 of 4 proposals are answered" in page.text
    assert "1 answer is late" in page.text
    assert "Zurück" not in page.text
    assert "Weg" not in page.text
    assert "Name the unit" not in page.text
    late = client.get(f"/en/rounds/{place.round.id}/answers?show=late").text
    assert "Zu spät" in late
    assert "Mit Amt" not in late


def test_a_moderator_names_one_unit_for_several(place, sign_in):
    made = [proposal(place.round).id for _ in range(3)]
    end = clock.now() + timedelta(days=10)
    browser = sign_in(place.moderator)
    path = f"/de/rounds/{place.round.id}/answers"
    assert "checkbox" in browser.get(path).text
    sent = {"unit": place.unit.id, "proposal": [made[0], made[2]]}
    assert browser.post(path, data=sent).status_code == 303
    kept = _answers()
    assert {a.proposal_id for a in kept} == {made[0], made[2]}
    assert kept[0].due_on == clock.local(end).date() + timedelta(days=42)
    assert browser.post(path, data=sent).status_code == 303
    assert len(_answers()) == 2


def test_another_unit_takes_over(place, sign_in):
    owed = answer(proposal(place.round), place.unit, outcome=Outcome.DECLINED)
    data = {"unit": place.other_unit.id, "proposal": owed.proposal_id}
    path = f"/de/rounds/{place.round.id}/answers"
    assert sign_in(place.moderator).post(path, data=data).status_code == 303
    assert _answers()[0].unit_id == place.other_unit.id
    assert _answers()[0].reason == "Because it can be done."
    assert sign_in(place.clerk).get(f"/de/answers/{owed.id}/prepare").status_code == 404


def test_what_is_answered_stays_with_its_unit(place, sign_in):
    done = answer(
        proposal(place.round), place.unit, outcome=Outcome.DECLINED, state=AnswerState.PUBLISHED
    )
    fresh = proposal(place.round)
    data = {"unit": place.other_unit.id, "proposal": [fresh.id, done.proposal_id]}
    path = f"/de/rounds/{place.round.id}/answers"
    assert sign_in(place.moderator).post(path, data=data).status_code == 409
    assert [a.unit_id for a in _answers()] == [place.unit.id]


@pytest.mark.parametrize(
    "data",
    [{}, {"unit": "x"}, {"unit": "99999"}, {"proposal": "1"}, {"unit": "\x00", "proposal": "a"}],
)
def test_bad_input_is_explained(place, sign_in, data):
    proposal(place.round, title="Bleibt")
    page = sign_in(place.moderator).post(f"/en/rounds/{place.round.id}/answers", data=data)
    assert page.status_code == 422
    assert "Bleibt" in page.text
    assert _answers() == []


def test_only_the_dialogues_moderators(place, sign_in, client):
    one = proposal(place.round)
    elsewhere = proposal(round_())
    path = f"/de/rounds/{place.round.id}/answers"
    data = {"unit": place.unit.id, "proposal": one.id}
    assert client.post(path, data=data).status_code == 401
    assert sign_in(place.clerk).post(path, data=data).status_code == 403
    data["proposal"] = elsewhere.id
    assert sign_in(place.moderator).post(path, data=data).status_code == 404
    assert _answers() == []


def test_the_deadline_follows_the_closing(place):
    owed = answer(proposal(place.round), place.unit, due_in=1)
    closed_at = clock.now() + timedelta(days=20)
    with transaction():
        db.session.get_one(Round, place.round.id).closed_at = closed_at
        emit(RoundClosed(by=SYSTEM, round_id=place.round.id, dialogue_id=place.dialogue.id))
    assert _answers()[0].due_on == clock.local(closed_at).date() + timedelta(days=42)
    assert owed.id == _answers()[0].id


@pytest.mark.both
def test_two_moderators_at_once_name_one(place, sign_in, app):
    one = proposal(place.round)
    start = Barrier(2)
    path = f"/de/rounds/{place.round.id}/answers"

    id = one.id

    def name(pair) -> int:
        browser, unit_id = pair
        start.wait()
        return browser.post(path, data={"unit": unit_id, "proposal": id}).status_code

    pairs = [(sign_in(place.moderator), u.id) for u in (place.unit, place.other_unit)]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(name, pairs)) == [303, 303]
    assert len(_answers()) == 1


def test_a_list_of_many_costs_no_more_queries(place, client, queries):
    path = f"/en/rounds/{place.round.id}/answers"
    counted = []
    for _ in range(2):
        for _ in range(12):
            answer(proposal(place.round), place.unit)
        client.get(path)
        queries.clear()
        assert client.get(path).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 8, queries
    page = client.get(path)
    assert page.text.count("card--list") == 20
    assert "20 of 24" in page.text
    key = page.text.partition("after=")[2].partition('"')[0]
    assert client.get(f"{path}?after={key}").text.count("card--list") == 4


def test_units_that_ended_cannot_be_named(place, sign_in):
    gone = unit("Früheres Amt")
    with transaction():
        db.session.merge(gone).ended_at = clock.now()
    data = {"unit": gone.id, "proposal": proposal(place.round).id}
    path = f"/de/rounds/{place.round.id}/answers"
    assert sign_in(place.moderator).post(path, data=data).status_code == 422


def test_the_way_of_the_proposal_names_the_day_on_which_it_is_due(place, client):
    """The unit may owe it on another day than the rest of the round."""
    asked = proposal(place.round)
    owed = answer(asked, place.unit, due_in=3)
    page = client.get(f"/en/proposals/{asked.id}").text
    day = format_date(owed.due_on, "long", locale="en")
    assert page.count(day) == 2
