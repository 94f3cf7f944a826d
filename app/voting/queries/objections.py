"""Reading the objections of organisations, and what was ruled on them."""

from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.voting.models import ObjectionRuling, OpenVote, Question
from app.voting.states import QuestionState

MOST = 200


class Objection(NamedTuple):
    """An organisation's vote with its reason, and the ruling where there is one."""

    vote: OpenVote
    ruling: ObjectionRuling | None


def objections(question: Question) -> list[Objection]:
    """All of a counted question, in the order of the organisations' ids (one query)."""
    if question.method != "consent" or question.state is not QuestionState.COUNTED:
        return []
    rows = db.session.execute(
        select(OpenVote, ObjectionRuling)
        .outerjoin(
            ObjectionRuling,
            and_(
                ObjectionRuling.question_id == OpenVote.question_id,
                ObjectionRuling.organisation_id == OpenVote.organisation_id,
            ),
        )
        .options(joinedload(OpenVote.organisation))
        .where(OpenVote.question_id == question.id)
        .order_by(OpenVote.organisation_id)
    )
    return [
        Objection(vote, ruling)
        for vote, ruling in rows
        if vote.content.get("choice") == "objection"
    ][:MOST]


def objection(question: Question, organisation_id: int) -> Objection | None:
    found = (o for o in objections(question) if o.vote.organisation_id == organisation_id)
    return next(found, None)
