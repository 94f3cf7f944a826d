"""Many at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import AppError
from app.core.policy import SYSTEM, Actor
from app.core.transactions import transaction
from app.rounds import commands as round_commands
from app.rounds import queries as rounds
from app.rounds.models import AccreditationState
from app.voting import commands, queries
from app.voting.models import Ballot, Elector, OpenVote, Question, Roll
from app.voting.states import QuestionState
from tests.factories import voting
from tests.factories.organisations import organisation
from tests.factories.rounds import accredit
from tests.voting.pages import look_over

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


def test_the_first_votes_open_the_question_together(place, app, sign_in):
    question = voting.question(place.round, place.proposals, state=QuestionState.PUBLISHED)
    page = f"/de/questions/{question.id}"
    data = {"blank": "y"}
    browsers = [sign_in(one) for one in (place.amal, place.rosa, place.dede, place.moderator)]
    tokens = [look_over(browser, page, data)[0] for browser in browsers]
    pairs = list(zip(browsers, tokens, strict=True))
    codes = _at_once(
        app,
        [
            lambda b=b, t=t: b.post(f"{page}/cast", data={**data, "code_token": t}).status_code
            for b, t in pairs * 2
        ],
    )
    assert codes == [303] * 8
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 4
    once = select(Elector.person_id).where(Elector.person_id.is_not(None))
    people = db.session.scalars(once).all()
    assert len(people) == len(set(people))


def test_an_accreditation_at_the_opening_is_never_lost(place, app):
    late = organisation("Spät")
    asked_id = accredit(place.dialogue.id, late, AccreditationState.ASKED).id
    question = voting.question(place.round, place.proposals, state=QuestionState.PUBLISHED)
    question_id, late_id = question.id, late.id
    db.session.rollback()

    def open_():
        with transaction():
            commands.open_question(voting.fresh(question_id))

    def accredit_():
        with transaction():
            asked = rounds.get_accreditation(asked_id)
            assert asked is not None
            round_commands.accredit(asked, by=SYSTEM)

    _at_once(app, [open_, accredit_])
    mine = select(func.count()).where(Elector.organisation_id == late_id)
    assert db.session.scalar(mine) == 1


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
