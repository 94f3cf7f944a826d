"""Moderators are reminded of a drawn value that a vote waits for."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.notifications.jobs import remind_of_draws
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.rounds.states import Activity
from app.voting import commands
from app.voting.states import QuestionState, Tie
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.rounds import appoint, dialogue, round_

DAYS = 30


@pytest.fixture
def waiting(context):
    """A closed ranking, whose draw is published in thirty days, and its two moderators."""
    first, second = person(), person()
    hall = dialogue(moderator=first)
    appoint(hall, second)
    dialogue(moderator=person("of another one"))
    question = voting.question(
        round_(hall, open_=(Activity.VOTE,)),
        method="schulze",
        variants=["Ost", "West"],
        status_quo="Nichts",
        tie=Tie.LOT,
        draw="Lotto",
        draw_at=clock.now() + timedelta(days=DAYS),
    )
    voting.advance(question, QuestionState.CLOSED)
    return question, {first.id, second.id}


def _told():
    db.session.rollback()
    return db.session.scalars(select(Notice.person_id).where(Notice.kind == Kind.DRAW_DUE)).all()


def _remind():
    db.session.rollback()
    remind_of_draws()


def test_when_it_is_published_and_every_three_days(waiting, sign_in):
    _question, moderators = waiting
    _remind()
    assert _told() == [], "nobody can know it yet"
    clock.tick(timedelta(days=DAYS, hours=1))
    _remind()
    _remind()
    assert sorted(_told()) == sorted(moderators), "each once"
    clock.tick(timedelta(days=2))
    _remind()
    assert len(_told()) == 2
    clock.tick(timedelta(days=1))
    _remind()
    assert len(_told()) == 4


def test_not_once_it_is_entered(waiting):
    question, _moderators = waiting
    clock.tick(timedelta(days=DAYS, hours=1))
    with transaction():
        commands.enter_draw(voting.fresh(question.id), "1 2 3", by=SYSTEM)
    _remind()
    assert _told() == []
    rows = select(func.count()).select_from(Notice).where(Notice.kind == Kind.DRAW_DUE)
    assert db.session.scalar(rows) == 0


def test_nor_where_no_draw_is_named(context):
    question = voting.question(round_(open_=(Activity.VOTE,)))
    voting.advance(question, QuestionState.CLOSED)
    clock.tick(timedelta(days=DAYS))
    _remind()
    assert _told() == []
