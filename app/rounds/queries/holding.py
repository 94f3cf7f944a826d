"""Whether a new text waits for a moderator: by procedure, by hour, in calm mode, by its words.

All of this only ever holds; a person decides.
"""

import re
from datetime import datetime, time, timedelta

from app.core import clock, freshness
from app.core.text.folding import fold
from app.rounds.models import Dialogue, ModerationMode, Round

_LINK = re.compile(r"https?://|www\.|\]\(", re.IGNORECASE)


def moderators_read_first(round_: Round) -> bool:
    """Whatever is written now, by the procedure, in calm mode or at this hour."""
    if round_.procedure.moderation is ModerationMode.BEFORE:
        return True
    return is_calm(round_.dialogue) or _in_held_hours(round_.dialogue)


def must_wait(round_: Round, *texts: str) -> bool:
    """The same, or one of the texts has a word of the dialogue's list or a link."""
    return moderators_read_first(round_) or any(is_listed(round_.dialogue, t) for t in texts)


def is_calm(dialogue: Dialogue) -> bool:
    if dialogue.calm_until is None:
        return False
    freshness.met(dialogue.calm_until)
    return clock.now() < dialogue.calm_until


def _in_held_hours(dialogue: Dialogue) -> bool:
    start, end = dialogue.held_from, dialogue.held_to
    if start is None or end is None:
        return False
    freshness.met(_next(start), _next(end))
    hour = clock.local(clock.now()).hour
    return start <= hour < end if start < end else hour >= start or hour < end


def _next(hour: int) -> datetime:
    """When it is that hour the next time."""
    today = clock.from_local(datetime.combine(clock.today(), time(hour)))
    return today if today > clock.now() else today + timedelta(days=1)


def is_listed(dialogue: Dialogue, text: str) -> bool:
    """Whether a word or link of the list is in the text, however it is spelled."""
    if dialogue.holds_links and _LINK.search(text):
        return True
    patterns = [_pattern(entry) for entry in entries(dialogue.held_words)]
    if not patterns:
        return False
    return re.search("|".join(patterns), fold(text)) is not None


def entries(words: str) -> list[str]:
    """The lines of the list that say something."""
    return [line.strip() for line in words.splitlines() if line.strip(" *")]


def _pattern(entry: str) -> str:
    """A whole word or phrase; with a star at its end, whatever begins like it."""
    word = re.escape(fold(entry.rstrip("*")))
    return rf"(?<!\w){word}" + ("" if entry.endswith("*") else r"(?!\w)")
