"""What happens to opinion landscapes."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class LandscapeEvent(Event):
    """Base of what happens to a landscape."""

    landscape_id: int
    round_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class LandscapeCreated(LandscapeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class LandscapeChanged(LandscapeEvent):
    """A draft was rewritten."""


@dataclass(frozen=True, kw_only=True)
class LandscapePublished(LandscapeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class LandscapeDrawn(LandscapeEvent):
    """The map and the lists are public."""


@dataclass(frozen=True, kw_only=True)
class StatementAdded(LandscapeEvent):
    """Somebody who takes part has written a statement; it waits for a moderator."""

    statement_id: int


@dataclass(frozen=True, kw_only=True)
class StatementShown(LandscapeEvent):
    statement_id: int


@dataclass(frozen=True, kw_only=True)
class StatementRefused(LandscapeEvent):
    """A moderator has refused it, or taken it away, with a reason that its author reads."""

    statement_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionGiven(Event):
    """Somebody has an opinion. Nobody's name, no time, not about what."""

    secret: ClassVar[bool] = True

    landscape_id: int
