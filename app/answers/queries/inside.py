"""What a unit keeps among its people, and the versions of its answers."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.answers.models import Answer, AnswerNote, AnswerTemplate, AnswerVersion
from app.core.db import db
from app.core.languages import SIMPLE

_MOST = 200


def notes(answer_id: int) -> list[AnswerNote]:
    """With their authors, the oldest first: one reads it as a talk. The newest two hundred."""
    found = db.session.scalars(
        select(AnswerNote)
        .options(joinedload(AnswerNote.author))
        .where(AnswerNote.answer_id == answer_id)
        .order_by(AnswerNote.id.desc())
        .limit(_MOST)
    )
    return list(found)[::-1]


def templates(unit_id: int) -> list[AnswerTemplate]:
    """By title."""
    query = select(AnswerTemplate).where(AnswerTemplate.unit_id == unit_id)
    return list(db.session.scalars(query.order_by(AnswerTemplate.title, AnswerTemplate.id)))


def template(id: int) -> AnswerTemplate | None:
    return db.session.get(AnswerTemplate, id, populate_existing=True)


def template_titled(unit_id: int, title: str) -> AnswerTemplate | None:
    return db.session.scalar(
        select(AnswerTemplate).where(
            AnswerTemplate.unit_id == unit_id, AnswerTemplate.title == title
        )
    )


def versions(answer_id: int) -> list[AnswerVersion]:
    """All that was ever public, and what waits or was refused with its reason; newest first."""
    return list(
        db.session.scalars(
            select(AnswerVersion)
            .options(joinedload(AnswerVersion.refusal).joinedload(AnswerNote.author))
            .where(AnswerVersion.answer_id == answer_id)
            .order_by(AnswerVersion.number.desc())
        )
    )


def waiting(answer_id: int) -> AnswerVersion | None:
    """The change that waits for a second person, if one does."""
    found = _unpublished(answer_id)
    return found if found is not None and found.refusal_id is None else None


def refused(answer_id: int) -> AnswerVersion | None:
    """The change that a second person has refused, with who and why, until it is taken up again."""
    found = _unpublished(answer_id)
    return found if found is not None and found.refusal_id is not None else None


def _unpublished(answer_id: int) -> AnswerVersion | None:
    return db.session.scalar(
        select(AnswerVersion)
        .options(joinedload(AnswerVersion.refusal).joinedload(AnswerNote.author))
        .where(AnswerVersion.answer_id == answer_id, AnswerVersion.published_at.is_(None))
        .execution_options(populate_existing=True)
    )


def promises_easy(answer: Answer) -> bool:
    """Whether the round promises Leichte Sprache (needs the proposal's round)."""
    return SIMPLE in answer.proposal.round.procedure.languages
