"""What happened to an amendment."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AmendmentEvent(Event):
    """Something happened to a change that somebody suggests to a proposal."""

    amendment_id: int
    proposal_id: int
    round_id: int


@dataclass(frozen=True, kw_only=True)
class AmendmentMade(AmendmentEvent):
    """It was handed in; with moderation before publication it is held."""


@dataclass(frozen=True, kw_only=True)
class AmendmentPublished(AmendmentEvent):
    """Everybody can read it."""


@dataclass(frozen=True, kw_only=True)
class AmendmentDecided(AmendmentEvent):
    """Accepted, in part or whole (`version` names it), or declined with a reason."""

    state: str
    version: int | None


@dataclass(frozen=True, kw_only=True)
class AmendmentWithdrawn(AmendmentEvent):
    """Whoever made it took it back."""


@dataclass(frozen=True, kw_only=True)
class AmendmentHidden(AmendmentEvent):
    """A moderator hid it with a reason."""


@dataclass(frozen=True, kw_only=True)
class AmendmentReturned(AmendmentEvent):
    """A moderator gave it back with a reason."""


@dataclass(frozen=True, kw_only=True)
class AmendmentShownAgain(AmendmentEvent):
    """What was hidden or returned can be read again."""


@dataclass(frozen=True, kw_only=True)
class AmendmentSupported(AmendmentEvent):
    """By the actor, or by the organisation for which the actor spoke."""


@dataclass(frozen=True, kw_only=True)
class AmendmentSupportTakenBack(AmendmentEvent):
    """By the actor, or by the organisation for which the actor spoke."""
