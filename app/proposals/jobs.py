"""Discarded drafts are forgotten; rounds are ranked."""

import logging
from datetime import timedelta

from flask import current_app

from app.core import clock
from app.core.db import db
from app.core.jobs import job
from app.core.transactions import transaction
from app.proposals import commands, queries
from config import Settings

log = logging.getLogger(__name__)


@job("proposals.forget-discarded", every=timedelta(days=1))
def forget_discarded() -> None:
    """Until then their writers can bring them back."""
    settings: Settings = current_app.config["SETTINGS"]
    before = clock.now() - timedelta(days=settings.retention_discarded_days)
    db.session.rollback()
    for proposal_id in queries.to_forget(before):
        with transaction():
            proposal = queries.locked_draft(proposal_id)
            if proposal.discarded_at is not None and proposal.discarded_at <= before:
                commands.forget(proposal)
                log.info("discarded draft %s forgotten", proposal_id)


@job("proposals.rank", every=timedelta(minutes=1))
def rank() -> None:
    """The harmonic order of each round in which something has changed, once however much it was.

    Counting takes long: it is done before the transaction that writes the places.
    """
    db.session.rollback()
    for round_id in queries.unranked_rounds():
        db.session.rollback()
        ranking = queries.ranking_of(round_id)
        with transaction():
            commands.rank(round_id, ranking)
