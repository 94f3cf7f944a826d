"""The clock of the rounds."""

import logging
from datetime import timedelta

from app.core import clock
from app.core.db import db
from app.core.errors import AppError
from app.core.jobs import job
from app.core.transactions import transaction
from app.rounds import commands, queries

log = logging.getLogger(__name__)


@job("rounds.run-edges", every=timedelta(minutes=1))
def run_edges() -> None:
    """Every due opening and closing, round by round; one round in trouble stops no other."""
    db.session.rollback()
    troubled = 0
    for round_id in queries.rounds_with_due_edges(clock.now()):
        try:
            with transaction():
                round_ = queries.get(round_id)
                if round_ is not None:
                    commands.catch_up(round_)
        except AppError:
            log.exception("edges of a round could not run", extra={"round_id": round_id})
            troubled += 1
    if troubled:
        raise RuntimeError(f"{troubled} rounds could not catch up")
