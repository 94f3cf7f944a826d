"""Many at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import AppError
from app.core.policy import Actor
from app.core.transactions import transaction
from app.voting import commands, queries
from app.voting.models import Ballot, OpenVote, Question, Roll
from app.voting.states import QuestionState
from tests.factories import voting

pytestmark = pytest.mark.both

CODES = [f"{letter * 4}-2222-2222-2222-2222" for letter in "ABCDEFGH"]


def _at_once(app, tasks):
    start = Barrier(len(tasks))

    def run(task):
        with app.app_context():
            start.wait()
            return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def _secret(question_id, person_id, code, approved=()):
    with transaction(of=db.session.get_one(Question, question_id), share=True):
        return commands.cast_secret(
            voting.fresh(question_id),
            {"approved": list(approved)},
            code=code,
            by=Actor(person_id=person_id),
        )


def _tolerant(task):
    try:
        return task()
    except AppError as error:
        return type(error).__name__


def test_fifty_times_the_same_vote_is_one_row(asked, app):
    question_id, person_id = asked.question.id, asked.amal.id
    db.session.rollback()
    done = []
    for _ in range(5):
        done += _at_once(app, [lambda: _secret(question_id, person_id, CODES[0])] * 10)
    assert done.count(commands.Done.NEW) == 1
    assert done.count(commands.Done.SAME) == 49
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 1
    assert db.session.scalar(select(func.count()).select_from(Roll)) == 1


def test_two_different_votes_of_one_person_are_one(asked, app):
    question_id, person_id = asked.question.id, asked.amal.id
    db.session.rollback()
    tasks = [
        lambda code=code: _tolerant(lambda: _secret(question_id, person_id, code)) for code in CODES
    ]
    done = _at_once(app, tasks)
    assert done.count(commands.Done.NEW) == 1
    assert done.count("Conflict") == len(CODES) - 1
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 1


def test_representative_and_deputy_at_once_leave_one_vote(asked, app):
    question_id, body = asked.question.id, asked.verein.id
    people = [asked.rosa.id, asked.dede.id] * 4
    options = list(asked.options)
    db.session.rollback()

    def cast(person_id, option):
        with transaction(of=db.session.get_one(Question, question_id), share=True):
            by = Actor(person_id=person_id, organisation_id=body)
            question = voting.fresh(question_id)
            return commands.cast_open(question, {"approved": [option]}, reason="", by=by)

    _at_once(
        app,
        [lambda p=p, n=n: cast(p, options[n % 3]) for n, p in enumerate(people)],
    )
    assert db.session.scalar(select(func.count()).select_from(OpenVote)) == 1


def test_a_vote_is_counted_or_refused_never_lost_at_the_close(asked, app):
    question_id = asked.question.id
    voters = [asked.amal.id, asked.rosa.id, asked.dede.id, asked.moderator.id]
    db.session.rollback()

    def close():
        with transaction():
            commands.close_question(voting.fresh(question_id))
        with transaction():
            commands.count_question(voting.fresh(question_id))
        return "closed"

    tasks = [
        lambda v=v, n=n: _tolerant(lambda: _secret(question_id, v, CODES[n]))
        for n, v in enumerate(voters)
    ]
    done = _at_once(app, [*tasks[:2], close, *tasks[2:]])
    taken = done.count(commands.Done.NEW)
    assert taken + done.count("Conflict") == len(voters)
    question = voting.fresh(question_id)
    assert question.state is QuestionState.COUNTED
    assert sum(len(batch.commitments) for batch in queries.batches(question_id)) == taken
