"""How an organisation voted, once everybody may know."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.db import db
from app.core.policy import ANYBODY
from app.voting.models import OpenVote, Question
from app.voting.queries import visible_to
from app.voting.states import QuestionState


def count_votes(organisation_id: int) -> int:
    """On how many counted questions it has voted."""
    query = (
        select(func.count())
        .select_from(OpenVote)
        .join(Question, Question.id == OpenVote.question_id)
        .where(*_counted(organisation_id))
    )
    return db.session.scalar(query) or 0


def votes(
    organisation_id: int, before: int | None = None, most: int = 20
) -> list[tuple[OpenVote, Question]]:
    """Its votes on counted questions with options and round, newest first, before an id."""
    query = (
        select(OpenVote, Question)
        .join(Question, Question.id == OpenVote.question_id)
        .options(selectinload(Question.options), joinedload(Question.round))
        .where(*_counted(organisation_id))
        .order_by(OpenVote.id.desc())
        .limit(most)
    )
    if before is not None:
        query = query.where(OpenVote.id < before)
    return [(vote, question) for vote, question in db.session.execute(query).tuples()]


def _counted(organisation_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        OpenVote.organisation_id == organisation_id,
        Question.state == QuestionState.COUNTED,
        visible_to(ANYBODY),
    )
