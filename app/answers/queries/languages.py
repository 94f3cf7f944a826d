"""What published answers say in other languages."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.answers.models import Answer
from app.answers.queries.reading import get
from app.answers.states import AnswerState
from app.core.db import db
from app.core.languages import SIMPLE
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.rounds.queries import translations
from app.rounds.queries.translations import ORIGINAL, Lack


def published(id: int) -> Answer | None:
    """Before that its words still change."""
    found = get(id)
    return found if found is not None and found.state is AnswerState.PUBLISHED else None


def published_in(round_ids: Iterable[int]) -> list[Answer]:
    """Those that everybody reads, with their proposals, in these rounds; one statement."""
    return list(
        db.session.scalars(
            select(Answer)
            .join(Answer.proposal)
            .options(contains_eager(Answer.proposal))
            .where(
                Proposal.round_id.in_(list(round_ids)),
                Answer.state == AnswerState.PUBLISHED,
                proposals.published(),
            )
            .order_by(Answer.id)
        )
    )


def wanted(answer: Answer, promised: Iterable[str]) -> list[str]:
    """Which promised languages it is still to be said in: Leichte Sprache, where the unit has
    written that with the answer, is there."""
    return [
        tag
        for tag in dict.fromkeys(promised)
        if tag != ORIGINAL and not (tag == SIMPLE and answer.easy)
    ]


def lacks_of(answer: Answer) -> list[Lack]:
    """What one answer lacks (needs its proposal and round; one statement)."""
    promised = wanted(answer, answer.proposal.round.procedure.languages)
    return translations.lacking([(answer.id, answer.proposal.title, answer.words, promised)])


translations.translatable(
    "answer",
    translations.Kind(
        published,
        lambda answer: answer.words,
        lambda answer: answer.proposal.round.dialogue_id,
        rule="answers.translate",
    ),
)
