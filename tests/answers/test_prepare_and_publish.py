"""A unit prepares its answer, and publishes it together with what changes in the plan."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app.answers.models import Answer
from app.answers.states import AnswerState, Outcome
from app.core.db import db
from app.core.transactions import transaction
from app.plan.models import Measure, MeasureState
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from tests.factories.answers import answer
from tests.factories.plan import measure
from tests.factories.proposals import proposal
from tests.factories.rounds import round_


@pytest.fixture
def owed(place):
    return answer(proposal(place.round, title="Sprachcafé", body="Jede Woche."), place.unit)


def _typed(**more):
    return {"edition": 0, "outcome": "declined", "reason": "Dafür fehlt der Raum.", **more}


def _new(place, **more):
    return _typed(
        outcome="adopted", measure="new", title="Sprachcafé", fields=[place.field.id], **more
    )


def _all(model):
    db.session.rollback()
    return list(db.session.scalars(select(model).order_by(model.id)))


def test_kept_is_not_public(place, owed, sign_in, client):
    path = f"/de/answers/{owed.id}/prepare"
    assert "Jede Woche." in sign_in(place.clerk).get(path).text
    assert sign_in(place.clerk).post(path, data=_typed()).status_code == 303
    assert "Dafür fehlt der Raum." in sign_in(place.colleague).get(path).text
    assert "Dafür fehlt" in sign_in(place.clerk).get(f"/de/answers/{owed.id}/preview").text
    page = client.get(f"/en/proposals/{owed.proposal_id}").text
    assert "Dafür fehlt" not in page
    assert "from <bdi" in page
    assert "Beispielamt" in page


def test_published_it_stands_above_the_proposal(place, owed, sign_in, client):
    browser = sign_in(place.clerk)
    browser.post(f"/de/answers/{owed.id}/prepare", data=_typed())
    sent = {"edition": 1}
    assert browser.post(f"/de/answers/{owed.id}/publish", data=sent).status_code == 303
    page = client.get(f"/en/proposals/{owed.proposal_id}").text
    for words in ("Dafür fehlt der Raum.", "declined", "30 days before the deadline"):
        assert words in page
    assert _all(Proposal)[0].state is ProposalState.DECIDED


def test_a_new_measure_in_the_same_act(place, owed, sign_in):
    browser = sign_in(place.clerk)
    path = f"/de/answers/{owed.id}"
    assert browser.post(f"{path}/prepare", data=_new(place, description="Neu.")).status_code == 303
    assert _all(Measure) == []
    assert browser.post(f"{path}/publish", data={"edition": 1}).status_code == 303
    assert browser.post(f"{path}/publish", data={"edition": 1}).status_code == 303
    made = _all(Measure)
    assert [(m.title, m.description, m.unit_id) for m in made] == [
        ("Sprachcafé", "Neu.", owed.unit_id)
    ]
    assert _all(Answer)[0].measure_id == made[0].id


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"outcome": ""}, "choose an outcome"),
        ({"outcome": "x"}, "outcome"),
        ({"reason": " \u200b "}, "fill in"),
        ({"reason": "a" * 6001}, "1 character too long"),
        ({"outcome": "deferred"}, "until when"),
        ({"outcome": "deferred", "deferred_until": "2020-01-01"}, "in the future"),
        ({"outcome": "adopted"}, "choose a measure"),
        ({"outcome": "adopted", "measure": "new", "title": "T"}, "field of action"),
        ({"outcome": "merged", "measure": "new", "title": "T"}, "that contains it"),
    ],
)
def test_what_is_missing_is_said_and_the_text_kept(place, owed, sign_in, data, words):
    sent = _typed(description="Mein Text") | data
    page = sign_in(place.clerk).post(f"/en/answers/{owed.id}/prepare", data=sent)
    assert page.status_code == 422
    assert words in page.text
    assert "Mein Text" in page.text
    assert _all(Answer)[0].outcome is None


def test_nobody_else_answers(place, owed, sign_in, client):
    path = f"/de/answers/{owed.id}"
    for act in ("prepare", "publish"):
        assert client.post(f"{path}/{act}", data=_typed()).status_code == 404
        for who in (place.other_clerk, place.moderator, place.stranger):
            assert sign_in(who).post(f"{path}/{act}", data=_typed()).status_code == 404
    assert _all(Answer)[0].edition == 0


def test_the_second_clerk_does_not_overwrite_the_first(place, owed, sign_in):
    path = f"/en/answers/{owed.id}/prepare"
    sign_in(place.clerk).post(path, data=_typed(reason="Das Erste"))
    late = sign_in(place.colleague).post(path, data=_typed(reason="Das Zweite, viel länger."))
    assert late.status_code == 409
    assert "Das Zweite, viel länger." in late.text
    assert _all(Answer)[0].reason == "Das Erste"


def test_only_what_was_previewed_is_published(place, owed, sign_in):
    browser = sign_in(place.clerk)
    browser.post(f"/de/answers/{owed.id}/prepare", data=_typed())
    browser.post(f"/de/answers/{owed.id}/prepare", data=_typed(edition=1, reason="Anders."))
    path = f"/de/answers/{owed.id}/publish"
    assert browser.post(path, data={"edition": 1}).status_code == 409
    assert _all(Answer)[0].state is AnswerState.PREPARED


def test_several_together_or_none(place, sign_in):
    made = [
        answer(proposal(place.round), place.unit, outcome=Outcome.DECLINED).id for _ in range(3)
    ]
    browser = sign_in(place.clerk)
    asked = browser.get(f"/de/answers/publish?answer={made[0]}&answer={made[1]}")
    assert f'value="{made[0]}.1"' in asked.text
    wrong = {"answer": [f"{made[0]}.1", f"{made[1]}.7"]}
    assert browser.post("/de/answers/publish", data=wrong).status_code == 409
    assert {a.state for a in _all(Answer)} == {AnswerState.PREPARED}
    right = {"answer": [f"{made[0]}.1", f"{made[1]}.1"]}
    assert browser.post("/de/answers/publish", data=right).status_code == 303
    assert [a.state.value for a in _all(Answer)] == ["published", "published", "prepared"]
    foreign = sign_in(place.other_clerk)
    assert foreign.post("/de/answers/publish", data={"answer": f"{made[2]}.1"}).status_code == 404


def test_an_existing_measure_is_changed(place, owed, sign_in):
    old = measure(place.plan, "Alt", fields=(place.field,)).id
    data = _typed(outcome="merged", measure=str(old), description="Dazu ein Café.")
    browser = sign_in(place.clerk)
    assert browser.post(f"/de/answers/{owed.id}/prepare", data=data).status_code == 303
    path = f"/de/answers/{owed.id}/publish"
    assert browser.post(path, data={"edition": 1}).status_code == 303
    assert [(m.id, m.description) for m in _all(Measure)] == [(old, "Dazu ein Café.")]


@pytest.mark.both
def test_where_the_plan_cannot_be_changed_the_answer_is_not_public_either(place, owed, sign_in):
    """One act: both or nothing."""
    old = measure(place.plan, "Alt", fields=(place.field,)).id
    data = _typed(outcome="merged", measure=str(old), description="Dazu ein Café.")
    browser = sign_in(place.clerk)
    browser.post(f"/de/answers/{owed.id}/prepare", data=data)
    with transaction():
        db.session.get_one(Measure, old).state = MeasureState.COMPLETED
    reply = browser.post(f"/de/answers/{owed.id}/publish", data={"edition": 1})
    assert reply.status_code == 409
    assert [one.state for one in _all(Answer)] == [AnswerState.PREPARED]
    assert [one.description for one in _all(Measure)] == [""]
    assert _all(Proposal)[0].state is ProposalState.PUBLISHED


@pytest.mark.both
def test_published_by_two_at_once_it_makes_one_measure(place, owed, sign_in):
    browsers = [sign_in(place.clerk), sign_in(place.colleague)]
    path = f"/de/answers/{owed.id}"
    browsers[0].post(f"{path}/prepare", data=_new(place))
    start = Barrier(2)

    def publish(browser) -> int:
        start.wait()
        return browser.post(f"{path}/publish", data={"edition": 1}).status_code

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(publish, browsers)) == [303, 303]
    assert len(_all(Measure)) == 1


def test_late_is_public_but_no_lock(place, sign_in, client):
    late = answer(proposal(round_(place.dialogue, number=2)), place.unit, due_in=-5)
    browser = sign_in(place.clerk)
    assert browser.post(f"/de/answers/{late.id}/prepare", data=_typed()).status_code == 303
    browser.post(f"/de/answers/{late.id}/publish", data={"edition": 1})
    assert "5 days late" in client.get(f"/en/proposals/{late.proposal_id}").text
