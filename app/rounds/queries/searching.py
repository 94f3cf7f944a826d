"""What search may find of dialogues and rounds."""

from typing import Any

from sqlalchemy import Select, literal, null, select

from app.core.policy import ANYBODY
from app.core.search.sources import WRITTEN_IN
from app.rounds.models import Dialogue, Round
from app.rounds.queries.round import visible_to


def public_dialogues() -> Select[Any]:
    return select(
        Dialogue.id,
        null(),
        literal(WRITTEN_IN),
        Dialogue.title,
        Dialogue.question,
        Dialogue.summary,
    ).where(Dialogue.published_at.is_not(None))


def public_rounds() -> Select[Any]:
    """Announced ones of public dialogues."""
    return select(Round.id, null(), literal(WRITTEN_IN), Round.title, Round.summary).where(
        visible_to(ANYBODY)
    )


def of_dialogue(dialogue_id: int) -> Select[tuple[int]]:
    """The keys of its rounds."""
    return select(Round.id).where(Round.dialogue_id == dialogue_id)
