"""Answers for tests."""

from datetime import timedelta

from app.answers.models import Answer
from app.answers.states import AnswerState, Outcome
from app.core import clock
from app.core.db import db
from app.core.transactions import transaction
from app.organisations.models import Unit
from app.proposals.models import Proposal


def answer(
    proposal: Proposal,
    unit: Unit,
    *,
    outcome: Outcome | None = None,
    state: AnswerState = AnswerState.PREPARED,
    due_in: int = 30,
    **values: object,
) -> Answer:
    """An owed answer; prepared where an outcome is given, published by `state`.

    Only the row: what publishing does besides is done by `answers.commands.publish`.
    """
    with transaction():
        made = Answer(
            **{
                "proposal_id": proposal.id,
                "unit_id": unit.id,
                "state": state,
                "outcome": outcome,
                "reason": "Because it can be done." if outcome else "",
                "edition": 1 if outcome else 0,
                "due_on": clock.today() + timedelta(days=due_in),
                "published_at": clock.now() if state is AnswerState.PUBLISHED else None,
                **values,
            }
        )
        db.session.add(made)
    return made
