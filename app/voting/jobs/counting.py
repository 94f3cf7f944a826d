"""Counting may take long: nobody who writes waits for it, and its page tells how far it is."""

import time

from flask import current_app

from app.core.db import db
from app.core.jobs import job
from app.core.transactions import transaction
from app.voting import commands, queries
from app.voting.queries import counting

SILENT_SECONDS = 1.0
"""A count that is over sooner tells nothing; a longer one as often."""


@job("voting.count")
def count(question_id: int) -> None:
    """Seal, count and publish. A worker that dies in between is followed by another one, which
    begins again: nothing that is counted changes after the close."""
    with transaction():
        question = queries.get(question_id)
        ready = question is not None and commands.begin_count(question)
    db.session.rollback()
    question = queries.get(question_id)
    if not ready or question is None:
        return
    result = counting.result(question, _Teller(question_id))
    db.session.rollback()
    with transaction():
        question = queries.get(question_id)
        if question is not None:
            commands.keep_result(question, result)


class _Teller:
    """Writes down from time to time how far the count is."""

    def __init__(self, question_id: int) -> None:
        self.question_id = question_id
        self.last = time.monotonic()

    def __call__(self, step: int, steps: int, percent: int) -> None:
        if time.monotonic() - self.last < SILENT_SECONDS:
            return
        # A session of its own: the count goes on reading in the other one meanwhile.
        with current_app.app_context(), transaction():
            commands.tell_progress(self.question_id, step, steps, percent)
        self.last = time.monotonic()
