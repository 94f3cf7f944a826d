"""A count that takes long tells how far it is, and outlives the worker that does it."""

from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.jobs import run_due
from app.core.transactions import transaction
from app.voting import commands
from app.voting.jobs import counting as job
from app.voting.methods.recounting import recount
from app.voting.models import Progress
from app.voting.queries import counting
from app.voting.states import QuestionState
from tests.factories import voting
from tests.voting.packages import people_vote

pytestmark = pytest.mark.both


class Died(BaseException):
    """What nobody catches, as little as the death of a process."""


@pytest.fixture
def closed(asked, monkeypatch):
    """Twelve people have voted; a count of three at a time that tells every step."""
    monkeypatch.setattr(counting, "PIECE", 3)
    monkeypatch.setattr(job, "SILENT_SECONDS", 0.0)
    people_vote(asked.question, *((1, {"approved": [asked.options[n % 3]]}) for n in range(12)))
    voting.advance(asked.question, QuestionState.CLOSED)
    db.session.rollback()
    return asked


def _page(client, closed):
    return client.get(f"/en/questions/{closed.question.id}").get_data(as_text=True)


def test_its_page_tells_how_far_it_is(closed, client, monkeypatch):
    pages = []
    telling = job._Teller.__call__

    def look(teller, step, steps, percent):
        telling(teller, step, steps, percent)
        pages.append((step, percent, _page(client, closed)))

    assert "The votes are being counted." in _page(client, closed)
    monkeypatch.setattr(job._Teller, "__call__", look)
    job.count(closed.question.id)
    assert [(step, percent) for step, percent, _text in pages] == [
        (2, 0),
        (2, 20),
        (2, 50),
        (2, 70),
        (2, 100),
    ]
    for _step, percent, page in pages:
        assert f"Chamber 2 of 2: {percent}% of the ballots are read." in page
        assert "Look again" in page
        assert 'class="bars"' not in page
    assert 'class="bars"' in _page(client, closed)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Progress)) == 0


def test_a_dead_worker_is_followed_by_another(closed, client, monkeypatch):
    def die(_teller, _step, _steps, percent):
        if percent == 50:
            raise Died
        with transaction():
            commands.tell_progress(closed.question.id, 2, 2, percent)

    with monkeypatch.context() as patch:
        patch.setattr(job._Teller, "__call__", _in_a_session_of_its_own(die))
        with pytest.raises(Died):
            run_due()
    db.session.rollback()
    assert voting.fresh(closed.question.id).state is QuestionState.CLOSED
    assert "20% of the ballots" in _page(client, closed)
    clock.tick(timedelta(minutes=3))
    assert "It begins again by itself." in _page(client, closed)
    clock.tick(timedelta(minutes=8))
    while run_due():
        pass
    db.session.rollback()
    counted = voting.fresh(closed.question.id)
    assert counted.state is QuestionState.COUNTED
    assert counted.result["chambers"][1]["voted"] == 12
    assert recount(_export(counted)) == counted.result_hash


def _in_a_session_of_its_own(function):
    def inside(*arguments):
        with current_app.app_context():
            function(*arguments)

    return inside


def _export(question):
    return {
        "manifest": counting.manifest(question),
        "result": question.result,
        "log": counting.log(question),
    }


def test_two_workers_at_once_publish_one_result(closed, monkeypatch):
    """The second one begins before the first one is ready."""
    begun: list[bool] = []

    def second(_teller, _step, _steps, percent):
        if percent == 50 and not begun:
            begun.append(True)
            job.count(closed.question.id)

    monkeypatch.setattr(job._Teller, "__call__", _in_a_session_of_its_own(second))
    job.count(closed.question.id)
    db.session.rollback()
    assert begun
    assert voting.fresh(closed.question.id).result["chambers"][1]["voted"] == 12


def test_the_job_and_one_transaction_find_the_same(closed):
    db.session.rollback()
    with transaction():
        commands.begin_count(voting.fresh(closed.question.id))
    expected = counting.result(voting.fresh(closed.question.id))
    db.session.rollback()
    job.count(closed.question.id)
    db.session.rollback()
    assert voting.fresh(closed.question.id).result == expected
