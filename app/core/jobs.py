"""Work for later: a row written with its cause (the outbox), done by the worker.

At least once: a job that dies in the middle runs again, so jobs are written to be repeatable.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import current_app
from sqlalchemy import JSON, CheckConstraint, Index, String, Text, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Choice, db
from app.core.transactions import transaction

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
LEASE = timedelta(minutes=10)  # a worker that died gives its job back after this


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of work. `key` makes enqueuing it twice one job; `payload` is emptied when done."""

    __tablename__ = "jobs"
    __shown__ = False
    __table_args__ = (
        Index("ix_jobs_state_due_at", "state", "due_at"),
        CheckConstraint("attempts >= 0", name="attempts_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    state: Mapped[JobState] = mapped_column(Choice(JobState), default=JobState.WAITING)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")


Work = Callable[..., None]
_work: dict[str, Work] = {}
_every: dict[str, timedelta] = {}


def job(name: str, *, every: timedelta | None = None) -> Callable[[Work], Work]:
    """Register a job, called with its payload as keywords; `every` repeats it by itself."""

    def register(function: Work) -> Work:
        _work[name] = function
        if every is not None:
            _every[name] = every
        return function

    return register


def enqueue(
    name: str, *, key: str | None = None, at: datetime | None = None, **payload: Any
) -> None:
    """Write the job into the open transaction. With a `key` already known, nothing happens."""
    if name not in _work:
        raise LookupError(f"no job is called {name}")
    if key is not None and db.session.scalar(select(Job.id).where(Job.key == key)) is not None:
        return
    db.session.add(Job(name=name, payload=payload, key=key, due_at=at or clock.now()))


def run_due(limit: int = 100) -> int:
    """Do what is due, oldest first; returns how many jobs were tried."""
    _schedule()
    tried = 0
    while tried < limit:
        claimed = _claim()
        if claimed is None:
            break
        tried += 1
        _do(*claimed)
    return tried


def _schedule() -> None:
    """Put the next run of every repeating job in line, once per period across all workers."""
    now = clock.now()
    for name, period in _every.items():
        slot = int(now.timestamp() // period.total_seconds())
        key = f"{name}:{slot}"
        if db.session.scalar(select(Job.id).where(Job.key == key)) is not None:
            continue
        try:
            with transaction():
                enqueue(name, key=key)
        except IntegrityError:
            log.debug("another worker was first", extra={"job": name})


def _claim() -> tuple[int, str, dict[str, Any]] | None:
    now = clock.now()
    due = (
        select(Job)
        .where(Job.state.in_((JobState.WAITING, JobState.RUNNING)), Job.due_at <= now)
        .order_by(Job.due_at, Job.id)
        .limit(1)
    )
    db.session.rollback()
    if db.session.scalar(due) is None:  # an idle worker must not knock at the write gate
        return None
    due = due.with_for_update(skip_locked=True)
    with transaction() as session:
        found = session.scalar(due)
        if found is None:
            return None
        found.state = JobState.RUNNING
        found.attempts += 1
        found.due_at = now + LEASE
        return found.id, found.name, dict(found.payload)


def _do(job_id: int, name: str, payload: dict[str, Any]) -> None:
    try:
        _work[name](**payload)
    except Exception as error:
        log.exception("job failed", extra={"job": name})
        _give_back(job_id, type(error).__name__)
    else:
        with transaction() as session:
            session.execute(
                update(Job)
                .where(Job.id == job_id)
                .values(state=JobState.DONE, payload={}, error="")
            )


def _give_back(job_id: int, error: str) -> None:
    with transaction() as session:
        failed = session.get_one(Job, job_id)
        failed.error = error
        if failed.attempts >= MOST_ATTEMPTS:
            failed.state = JobState.FAILED
        else:
            failed.state = JobState.WAITING
            failed.due_at = clock.now() + timedelta(seconds=15 * 4 ** (failed.attempts - 1))


def figures() -> dict[str, int]:
    """Jobs by state, and how many seconds the oldest due one has been waiting."""
    by_state = select(Job.state, func.count()).group_by(Job.state)
    counts: dict[JobState, int] = dict(db.session.execute(by_state).tuples().all())
    oldest = db.session.scalar(
        select(func.min(Job.due_at)).where(Job.state == JobState.WAITING, Job.due_at <= clock.now())
    )
    late = int((clock.now() - oldest).total_seconds()) if oldest else 0
    return {
        "waiting": counts.get(JobState.WAITING, 0),
        "failed": counts.get(JobState.FAILED, 0),
        "late_seconds": late,
    }


@job("core.forget-done-jobs", every=timedelta(days=1))
def forget_done() -> None:
    """Done jobs are kept for a week, failed ones (with what they were to do) as long as is set."""
    failed_days = current_app.config["SETTINGS"].retention_failed_days
    with transaction() as session:
        for state, days in ((JobState.DONE, 7), (JobState.FAILED, failed_days)):
            session.query(Job).where(
                Job.state == state, Job.due_at < clock.now() - timedelta(days=days)
            ).delete()
