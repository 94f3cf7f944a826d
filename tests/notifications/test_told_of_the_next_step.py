"""Everybody on the path is told once when it goes on, and nobody of what they did themselves."""

import pytest
from sqlalchemy import select

from app.answers import commands, queries
from app.answers.models import Answer
from app.answers.states import Outcome
from app.core.db import db
from app.core.policy import SYSTEM, Actor
from app.core.states import Visibility
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.plan import commands as plans
from app.plan.queries import measure as measure_by_id
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.answers import answer
from tests.factories.comments import comment
from tests.factories.organisations import unit
from tests.factories.plan import field, plan
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_


@pytest.fixture
def people(context):
    return {name: person(name) for name in ("author", "changer", "speaker", "clerk", "stranger")}


def _kinds(somebody):
    db.session.rollback()
    found = select(Notice.kind).where(Notice.person_id == somebody.id).order_by(Notice.id)
    return [kind.value for kind in db.session.scalars(found)]


def test_answer_and_milestone_are_told_once_to_everybody_on_the_path(people):
    made = plan()
    theme, round__ = field(made), round_(dialogue(plan=made))
    one = proposal(round__, author=people["author"])
    amendment(one, new="Because it helps everybody.", author=people["changer"])
    comment(one, author=people["speaker"])
    comment(one, author=people["speaker"])  # twice on it, told once
    text = commands.PlanText(title="New", field_ids=[theme.id]).to_json()
    owed = answer(one, unit("Amt", people["clerk"]), outcome=Outcome.ADOPTED, plan_text=text)
    clerk = Actor(person_id=people["clerk"].id)
    with transaction():
        found = queries.get(owed.id)
        assert found is not None
        commands.publish(found, by=clerk)
    measure_id = db.session.get_one(Answer, owed.id).measure_id
    entry = {"text": "Begun", "qualifier": "ongoing", "state": "done"}
    for reason in ("Done", "Said again"):
        with transaction():
            measure = measure_by_id(measure_id or 0)
            assert measure is not None
            plans.change_measure(measure, timeline=[entry], source=reason, reason=reason, by=clerk)
    for name in ("author", "changer", "speaker"):
        assert _kinds(people[name]) == ["answered", "milestone-reached"], name
    for name in ("clerk", "stranger"):
        assert _kinds(people[name]) == []


def test_who_is_hidden_or_has_left_is_not_told(people):

    one = proposal(round_(), author=people["author"])
    comment(one, author=people["speaker"], visibility=Visibility.HIDDEN)
    owed = answer(one, unit("Amt", people["clerk"]), outcome=Outcome.DECLINED)
    with transaction():
        found = queries.get(owed.id)
        assert found is not None
        commands.publish(found, by=SYSTEM)
    assert _kinds(people["speaker"]) == []
