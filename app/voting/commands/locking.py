"""One at a time for a question: casting shares it, everything else has it alone."""

from typing import TypeVar

from sqlalchemy import select

from app.core.db import db
from app.core.policy import Actor
from app.voting import queries
from app.voting.events import QuestionEvent
from app.voting.models import Question

E = TypeVar("E", bound=QuestionEvent)


def locked(question: Question) -> Question:
    """The question as it is now that nobody else changes it and nobody casts a vote."""
    db.session.flush()
    db.session.execute(select(Question.id).where(Question.id == question.id).with_for_update())
    queries.get(question.id)  # fills the same object afresh
    return question


def fact(
    kind: type[E],
    question: Question,
    by: Actor,
    **more: int | str | tuple[int, ...] | tuple[str, ...],
) -> E:
    return kind(
        by=by,
        question_id=question.id,
        round_id=question.round_id,
        dialogue_id=question.round.dialogue_id,
        **more,
    )
