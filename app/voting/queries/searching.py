"""What search may find of questions."""

from typing import Any

from sqlalchemy import Select, func, literal, null, select

from app.core.policy import ANYBODY
from app.core.search.sources import WRITTEN_IN
from app.rounds.models import Round
from app.voting.models import Option, Question
from app.voting.queries import visible_to


def public_texts() -> Select[Any]:
    """Published ones with the titles of their options; how many chose which is not searched."""
    options = (
        select(Option.title.label("title"))
        .where(Option.question_id == Question.id)
        .order_by(Option.number)
        .correlate(Question)
        .subquery()
    )
    titles = select(func.aggregate_strings(options.c.title, "\n")).scalar_subquery()
    return select(
        Question.id, null(), literal(WRITTEN_IN), Question.title, Question.text, titles
    ).where(visible_to(ANYBODY))


def of_rounds(dialogue_id: int, round_id: int | None) -> Select[tuple[int]]:
    """The keys of a round's questions, or of all in a dialogue."""
    query = select(Question.id).join(Round, Round.id == Question.round_id)
    if round_id is not None:
        return query.where(Question.round_id == round_id)
    return query.where(Round.dialogue_id == dialogue_id)
