"""Reading the rules of a dialogue, in force and before."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.core.db import db
from app.core.languages import LANGUAGES, SIMPLE
from app.moderation.models import Rulebook, RulebookText

WRITTEN_IN = (*LANGUAGES, SIMPLE)
"""Every language of the interface, and Leichte Sprache."""


def number_in_force(dialogue_id: int) -> int | None:
    """None: the dialogue has no rules of its own."""
    return db.session.scalar(
        select(func.max(Rulebook.number)).where(Rulebook.dialogue_id == dialogue_id)
    )


def get(dialogue_id: int, number: int | None) -> Rulebook | None:
    """A version with its texts."""
    return db.session.scalar(
        select(Rulebook)
        .options(selectinload(Rulebook.texts))
        .where(Rulebook.dialogue_id == dialogue_id, Rulebook.number == number)
    )


def versions(dialogue_id: int) -> Sequence[Rulebook]:
    """Every version without its texts, the newest first."""
    return db.session.scalars(
        select(Rulebook).where(Rulebook.dialogue_id == dialogue_id).order_by(Rulebook.number.desc())
    ).all()


def text_for(rulebook: Rulebook, *wanted: str) -> RulebookText | None:
    """The text in the first of these languages that there is, else any."""
    by_language = {text.language: text for text in rulebook.texts}
    return next(
        (by_language[tag] for tag in wanted if tag in by_language),
        rulebook.texts[0] if rulebook.texts else None,
    )
