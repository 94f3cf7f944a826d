"""Which public questions and answers of the units belong to a dialogue.

Those of boxes about a measure that an answer of the dialogue opened or changed; and of boxes
without a measure, of the units that answered in the dialogue, since it is public. What people asked
is private and never looked at here.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from app.answers.models import Answer
from app.answers.states import AnswerState
from app.core.db import db
from app.enquiries.models import Faq, QuestionBox
from app.opendata.models import Archive
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.rounds.models import Dialogue, Round


def faqs(dialogue: Dialogue, round_ids: list[int]) -> list[Faq]:
    """Box by box, the oldest first, each with box, unit and measure; one statement."""
    query = (
        select(Faq)
        .join(Faq.box)
        .options(
            joinedload(Faq.box).joinedload(QuestionBox.unit),
            joinedload(Faq.box).joinedload(QuestionBox.measure),
        )
        .where(
            Faq.withdrawn_at.is_(None),
            or_(
                QuestionBox.measure_id.in_(_answered(round_ids, Answer.measure_id)),
                and_(
                    QuestionBox.measure_id.is_(None),
                    QuestionBox.unit_id.in_(_answered(round_ids, Answer.unit_id)),
                    Faq.published_at >= dialogue.published_at,
                ),
            ),
        )
        .order_by(QuestionBox.title, QuestionBox.id, Faq.published_at, Faq.id)
    )
    return list(db.session.scalars(query))


def _answered(round_ids: list[int], what: Any) -> Select[Any]:
    return (
        select(what)
        .join(Proposal, Proposal.id == Answer.proposal_id)
        .where(Proposal.round_id.in_(round_ids), *_public(), what.is_not(None))
    )


def _public() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Answer.state == AnswerState.PUBLISHED, proposals.published()


def archives_about(unit_id: int, measure_id: int | None) -> list[int]:
    """The dialogues with an archive to which a box of that unit, about that measure, belongs."""
    fits = Answer.measure_id == measure_id if measure_id is not None else Answer.unit_id == unit_id
    return list(
        db.session.scalars(
            select(Archive.dialogue_id)
            .join(Round, Round.dialogue_id == Archive.dialogue_id)
            .join(Proposal, Proposal.round_id == Round.id)
            .join(Answer, Answer.proposal_id == Proposal.id)
            .where(fits, *_public())
            .distinct()
            .order_by(Archive.dialogue_id)
        )
    )


def archives_with(faq_id: int) -> list[int]:
    """The dialogues with an archive to which a question and answer belongs."""
    box = db.session.execute(
        select(QuestionBox.unit_id, QuestionBox.measure_id)
        .join(Faq, Faq.box_id == QuestionBox.id)
        .where(Faq.id == faq_id)
    ).one()
    return archives_about(*box)
