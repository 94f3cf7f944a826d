"""The outbox: once per key, again after a failure, visible in the end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock, jobs
from app.core.db import db
from app.core.jobs import Job, JobState
from app.core.transactions import transaction

pytestmark = pytest.mark.both


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A job that notes its number, and fails for negative ones."""
    numbers: list[int] = []

    def note(number: int) -> None:
        numbers.append(number)
        if number < 0:
            raise ValueError

    monkeypatch.setitem(jobs._work, "tests.note", note)
    monkeypatch.setattr(jobs, "_every", {})
    return numbers


def test_done_once_and_its_payload_forgotten(context, done):
    with transaction():
        jobs.enqueue("tests.note", key="a", number=1)
        jobs.enqueue("tests.note", key="a", number=1)
    assert jobs.run_due() == 1
    assert jobs.run_due() == 0
    assert done == [1]
    job = db.session.scalars(select(Job)).one()
    assert (job.state, job.payload) == (JobState.DONE, {})


def test_not_before_it_is_due(context, done):
    with transaction():
        jobs.enqueue("tests.note", at=clock.now() + timedelta(minutes=5), number=1)
    jobs.run_due()
    assert done == []
    clock.tick(timedelta(minutes=5))
    jobs.run_due()
    assert done == [1]


def test_a_failing_job_waits_longer_each_time_and_ends_in_a_visible_list(context, done):
    with transaction():
        jobs.enqueue("tests.note", number=-1)
    for _ in range(40):
        jobs.run_due()
        clock.tick(timedelta(days=1))
    assert len(done) == jobs.MOST_ATTEMPTS
    assert jobs.figures()["failed"] == 1
    assert db.session.scalars(select(Job)).one().error == "ValueError"


def test_a_job_whose_worker_died_is_taken_up_again(context, done):
    with transaction():
        jobs.enqueue("tests.note", number=1)
    assert jobs._claim() is not None  # and then the worker dies
    jobs.run_due()
    assert done == []
    clock.tick(jobs.LEASE)
    jobs.run_due()
    assert done == [1]


def test_a_repeating_job_runs_once_per_period(context, done, monkeypatch):
    monkeypatch.setitem(jobs._work, "tests.hourly", lambda: done.append(7))
    monkeypatch.setattr(jobs, "_every", {"tests.hourly": timedelta(hours=1)})
    jobs.run_due()
    jobs.run_due()
    assert done == [7]
    clock.tick(timedelta(hours=1))
    jobs.run_due()
    assert done == [7, 7]
