"""What makes new texts of a dialogue wait for a moderator."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _

from app.core.errors import Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.rounds.events import HoldingChanged
from app.rounds.models import Dialogue
from app.rounds.queries import entries

MOST_ENTRIES = 500


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A list of words (one in each line), links, calm until, hours of the day."""

    words: str = ""
    links: bool = False
    calm_until: datetime | None = None
    hours: tuple[int, int] | None = None


def set_holding(dialogue: Dialogue, holding: Holding, *, by: Actor) -> None:
    """From now on. Nothing that can be read is touched by it. The dialogue is locked."""
    if len(entries(holding.words)) > MOST_ENTRIES:
        raise Invalid(_("The list is too long: at most 500 lines are possible."))
    dialogue.held_words = holding.words
    dialogue.holds_links = holding.links
    dialogue.calm_until = holding.calm_until
    dialogue.held_from, dialogue.held_to = holding.hours or (None, None)
    emit(
        HoldingChanged(
            by=by,
            dialogue_id=dialogue.id,
            entries=len(entries(holding.words)),
            links=holding.links,
            calm=holding.calm_until is not None,
            hours=holding.hours is not None,
        )
    )
