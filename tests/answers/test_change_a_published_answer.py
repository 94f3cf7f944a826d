"""A published answer is changed as a new version with a reason; the old one stays."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app.answers import commands, queries
from app.answers.models import Answer, AnswerVersion
from app.answers.states import Outcome
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.organisations.models import Unit
from app.plan.models import Measure
from app.rounds.models import Procedure
from tests.factories.answers import answer
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_


@pytest.fixture
def given(place):
    """A proposal that was declined."""
    one = proposal(place.round, title="Sprachcafé", body="Jede Woche.", author=place.stranger)
    made = answer(one, place.unit, outcome=Outcome.DECLINED, reason="Kein Raum.")
    with transaction():
        owed = queries.get(made.id)
        assert owed is not None
        commands.publish(owed, by=SYSTEM)
    return made


def _typed(**more):
    said = {"edition": 1, "outcome": "declined", "reason": "Kein Geld.", "why": "Falsch gesagt."}
    return {**said, **more}


def _path(given, act="correct"):
    return f"/en/answers/{given.id}/{act}"


def _versions():
    db.session.rollback()
    return list(db.session.scalars(select(AnswerVersion).order_by(AnswerVersion.number)))


def test_the_new_one_is_read_and_the_old_one_stays(place, given, sign_in, client):
    clerk = sign_in(place.clerk)
    assert "Kein Raum." in clerk.get(_path(given)).text
    assert clerk.post(_path(given), data=_typed()).status_code == 303
    page = client.get(f"/en/proposals/{given.proposal_id}").text
    assert "Kein Geld." in page
    assert "Kein Raum." not in page
    before = client.get(_path(given, "versions")).text
    for words in ("Kein Raum.", "Kein Geld.", "Falsch gesagt."):
        assert words in before
    db.session.rollback()
    kinds = db.session.scalars(select(Notice.kind).where(Notice.person_id == place.stranger.id))
    assert sorted(kinds) == ["answer-changed", "answered"]


def test_nothing_changes_without_a_reason(place, given, sign_in):
    reply = sign_in(place.clerk).post(_path(given), data=_typed(why=""))
    assert reply.status_code == 422
    assert "Kein Geld." in reply.text  # what was typed is kept
    assert [one.number for one in _versions()] == [1]


@pytest.mark.both
def test_a_deferred_one_is_adopted_later_and_comes_into_the_plan(place, given, sign_in, client):
    field = place.field.id
    sent = _typed(outcome="adopted", measure="new", title="Sprachcafé", fields=[field])
    assert sign_in(place.clerk).post(_path(given), data=sent).status_code == 303
    db.session.rollback()
    measure = db.session.scalars(select(Measure)).one()
    assert "Sprachcafé" in client.get(f"/en/measures/{measure.id}").text
    back = sign_in(place.clerk).post(_path(given), data=_typed(edition=2))
    assert back.status_code == 422  # it is in the plan: nobody declines it any more


def test_a_second_person_where_the_unit_wants_one(place, given, sign_in, client):
    with transaction():
        db.session.get_one(Unit, place.unit.id).second_person = True
    clerk, colleague = sign_in(place.clerk), sign_in(place.colleague)
    clerk.post(_path(given), data=_typed())
    assert "Kein Geld." not in client.get(f"/en/proposals/{given.proposal_id}").text
    assert "Kein Geld." not in client.get(_path(given, "versions")).text
    approve = _path(given, "versions/2/approve")
    assert clerk.post(approve).status_code == 409
    assert "Kein Geld." in colleague.get(_path(given, "versions")).text
    assert colleague.post(approve).status_code == 303
    assert colleague.post(approve).status_code == 303  # twice is once
    assert "Kein Geld." in client.get(f"/en/proposals/{given.proposal_id}").text
    assert len(_versions()) == 2


def test_only_the_unit_changes_it(place, given, sign_in, client):
    for somebody in (place.other_clerk, place.moderator, place.stranger):
        assert sign_in(somebody).post(_path(given), data=_typed()).status_code == 403
    assert client.post(_path(given), data=_typed()).status_code in (302, 303, 401, 403)
    assert len(_versions()) == 1


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(place, given, sign_in):
    clerk = sign_in(place.clerk)
    clerk.post(_path(given), data=_typed())
    late = clerk.post(_path(given), data=_typed(reason="Noch etwas."))
    assert late.status_code == 409
    assert "Noch etwas." in late.text


@pytest.mark.both
def test_of_two_at_once_one_is_told_to_compare(place, given, sign_in):
    clerks = [sign_in(place.clerk), sign_in(place.colleague)]
    start, path = Barrier(2), _path(given)

    def change(number):
        start.wait()
        return clerks[number].post(path, data=_typed(reason=f"Text {number}")).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, range(2))) == [303, 409]
    assert [one.number for one in _versions()] == [1, 2]


def test_leichte_sprache_where_it_is_promised(place, sign_in, client):
    promised = round_(
        dialogue(moderator=place.moderator, plan=place.plan),
        procedure=Procedure(languages=["de", "de-simple"]),
    )
    made = answer(proposal(promised), place.unit)
    clerk = sign_in(place.clerk)
    typed = {"edition": 0, "outcome": "declined", "reason": "Kein Geld."}
    reply = clerk.post(_path(made, "prepare"), data=typed)
    assert reply.status_code == 422
    assert "This round promises Leichte Sprache." in reply.text
    clerk.post(_path(made, "prepare"), data={**typed, "easy": "Wir haben kein Geld dafür."})
    clerk.post(_path(made, "publish"), data={"edition": 1})
    assert "Wir haben kein Geld dafür." in client.get(f"/en/proposals/{made.proposal_id}").text
    db.session.rollback()
    assert db.session.get_one(Answer, made.id).easy
