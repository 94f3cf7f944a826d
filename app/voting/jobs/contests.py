"""The clock of objections to methods, and what becomes of a vote about one."""

import logging
from datetime import timedelta

from app.core import clock
from app.core.db import db
from app.core.errors import AppError
from app.core.jobs import job
from app.core.transactions import transaction
from app.voting import commands, queries
from app.voting.queries import contests

log = logging.getLogger(__name__)


@job("voting.end-objections", every=timedelta(minutes=1))
def end_objections() -> None:
    """Every question whose days for objections are over; one in trouble stops no other."""
    db.session.rollback()
    troubled = 0
    for question_id in contests.due(clock.now()):
        try:
            end(question_id)
        except AppError:
            log.exception("objections could not be counted", extra={"question_id": question_id})
            troubled += 1
    if troubled:
        raise RuntimeError(f"{troubled} questions still wait for the end of objections")


def end(question_id: int) -> None:
    """Of one question, in a transaction of its own."""
    found = queries.get(question_id)
    if found is None:
        return
    with transaction(of=[found.round, found]):
        question = queries.get(question_id)
        if question is not None:
            commands.end_objections(question)


@job("voting.settle-method")
def settle_method(question_id: int, vote_id: int) -> None:
    """The chosen method becomes the question's, and it is published by it; else only the first."""
    try:
        _settle(question_id, vote_id, whole=True)
    except AppError:
        log.exception("left to the moderators", extra={"question_id": question_id})
        _settle(question_id, vote_id, whole=False)


def _settle(question_id: int, vote_id: int, *, whole: bool) -> None:
    db.session.rollback()
    found = queries.get(question_id)
    if found is None:
        return
    with transaction(of=[found.round, found]):
        question, vote = queries.get(question_id), queries.get(vote_id)
        if question is not None and vote is not None:
            commands.settle_method(question, vote, whole=whole)
