"""How an organisation voted, once everybody may know."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.db import db
from app.core.policy import ANYBODY
from app.rounds.models import Round
from app.rounds.states import Activity
from app.voting.models import Elector, OpenVote, Question
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


class NotCast(NamedTuple):
    """An open question, and until when it is open (none: the window is gone)."""

    id: int
    title: str
    until: datetime | None


def not_cast(organisation_id: int, most: int = 20) -> list[NotCast]:
    """Open questions on which the organisation may vote and has not, oldest first."""
    cast = exists().where(
        OpenVote.question_id == Question.id, OpenVote.organisation_id == organisation_id
    )
    found = db.session.scalars(
        select(Question)
        .join(Elector, Elector.question_id == Question.id)
        .options(joinedload(Question.round).selectinload(Round.windows))
        .where(
            Elector.organisation_id == organisation_id, Question.state == QuestionState.OPEN, ~cast
        )
        .order_by(Question.id)
        .limit(most)
    )
    windows = [(one, one.round.window(Activity.VOTE)) for one in found]
    return [NotCast(one.id, one.title, w.closes_at if w else None) for one, w in windows]


def _counted(organisation_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        OpenVote.organisation_id == organisation_id,
        Question.state == QuestionState.COUNTED,
        visible_to(ANYBODY),
    )
