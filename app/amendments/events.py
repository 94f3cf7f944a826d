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
    """Accepted, in part or whole (`version` names it), or declined with a reason; `by_vote` where
    the result of a vote was carried out at once."""

    state: str
    version: int | None
    by_vote: bool = False


@dataclass(frozen=True, kw_only=True)
class AmendmentVoteWanted(AmendmentEvent):
    """Those who made the proposal ask the moderators for a vote about it."""


@dataclass(frozen=True, kw_only=True)
class AmendmentPutToVote(AmendmentEvent):
    """Others decide about it now, by a question that is published."""


@dataclass(frozen=True, kw_only=True)
class AmendmentTakenFromVote(AmendmentEvent):
    """The question was taken back before anybody could vote."""


@dataclass(frozen=True, kw_only=True)
class AmendmentLeftToProposers(AmendmentEvent):
    """The vote is over, and those who made the proposal owe what comes of it."""

    says: str


@dataclass(frozen=True, kw_only=True)
class AmendmentClosed(AmendmentEvent):
    """Its proposal was merged, split or withdrawn: nobody decides about it any more."""


@dataclass(frozen=True, kw_only=True)
class AmendmentOpenedAgain(AmendmentEvent):
    """The merging or splitting of its proposal was undone."""


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


@dataclass(frozen=True, kw_only=True)
class AmendmentCut(AmendmentEvent):
    """A moderator took words out; everybody sees where."""


@dataclass(frozen=True, kw_only=True)
class AmendmentRestored(AmendmentEvent):
    """A cut was taken back."""
