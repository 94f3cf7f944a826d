"""What happened to a proposal."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ProposalEvent(Event):
    """Something happened to the proposal; `organisation_id` is its proposer's, if any."""

    proposal_id: int
    round_id: int
    organisation_id: int | None


@dataclass(frozen=True, kw_only=True)
class DraftSaved(ProposalEvent):
    """A text was kept; `edition` counts the saves."""

    edition: int


@dataclass(frozen=True, kw_only=True)
class DraftDiscarded(ProposalEvent):
    """Its writers do not want it any more; they can bring it back for some time."""


@dataclass(frozen=True, kw_only=True)
class DraftBroughtBack(ProposalEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class DraftForgotten(ProposalEvent):
    """Its words are gone for good."""


@dataclass(frozen=True, kw_only=True)
class ProposalSubmitted(ProposalEvent):
    """The proposer handed it in; with moderation before publication it is held."""


@dataclass(frozen=True, kw_only=True)
class ProposalPublished(ProposalEvent):
    """Everybody can read it now, in this version."""

    version: int


@dataclass(frozen=True, kw_only=True)
class CosponsorEvent(ProposalEvent):
    """Base of what happens between a proposal and another organisation, `cosponsor_id`."""

    cosponsor_id: int


@dataclass(frozen=True, kw_only=True)
class CosponsorAsked(CosponsorEvent):
    """The organisation is asked to stand behind the proposal."""


@dataclass(frozen=True, kw_only=True)
class CosponsorAccepted(CosponsorEvent):
    """The organisation stands behind the proposal."""


@dataclass(frozen=True, kw_only=True)
class CosponsorDeclined(CosponsorEvent):
    """The organisation does not want to."""


@dataclass(frozen=True, kw_only=True)
class CosponsorLeft(CosponsorEvent):
    """The organisation does not stand behind the proposal any more."""


@dataclass(frozen=True, kw_only=True)
class ProposalChanged(ProposalEvent):
    """A new version is public; who supported an earlier one can renew or withdraw."""

    version: int


@dataclass(frozen=True, kw_only=True)
class ChangeEvent(ProposalEvent):
    """Base of what happens to a text to come of a public proposal."""

    change_id: int


@dataclass(frozen=True, kw_only=True)
class ChangeSaved(ChangeEvent):
    """It was kept; `edition` counts the saves."""

    edition: int


@dataclass(frozen=True, kw_only=True)
class ChangeHandedIn(ChangeEvent):
    """It waits for a moderator."""


@dataclass(frozen=True, kw_only=True)
class ChangeReturned(ChangeEvent):
    """A moderator gave it back with a reason."""


@dataclass(frozen=True, kw_only=True)
class ChangeHidden(ChangeEvent):
    """A moderator refused it with a reason."""


@dataclass(frozen=True, kw_only=True)
class ChangeDiscarded(ChangeEvent):
    """Its writers do not want it any more."""


@dataclass(frozen=True, kw_only=True)
class ProposalReturned(ProposalEvent):
    """A moderator gave it back to its proposer with a reason."""


@dataclass(frozen=True, kw_only=True)
class ProposalHidden(ProposalEvent):
    """A moderator hid it with a reason."""


@dataclass(frozen=True, kw_only=True)
class ProposalShownAgain(ProposalEvent):
    """What was hidden or returned can be read again."""


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(ProposalEvent):
    """The proposer took it back."""


@dataclass(frozen=True, kw_only=True)
class ProposalGoneOn(ProposalEvent):
    """A moderator merged it into another or split it up: what it says lives on there."""


@dataclass(frozen=True, kw_only=True)
class ProposalTakenBack(ProposalEvent):
    """That it was merged or split up is undone."""


@dataclass(frozen=True, kw_only=True)
class ProposalShortlisted(ProposalEvent):
    """It was put to the vote."""


@dataclass(frozen=True, kw_only=True)
class ProposalDecided(ProposalEvent):
    """It has its outcome."""


@dataclass(frozen=True, kw_only=True)
class ProposalSupported(ProposalEvent):
    """By the actor, or by the organisation for which the actor spoke."""

    version: int


@dataclass(frozen=True, kw_only=True)
class SupportRenewed(ProposalEvent):
    """Who supported an earlier version supports this one now."""

    version: int


@dataclass(frozen=True, kw_only=True)
class SupportTakenBack(ProposalEvent):
    """By the actor, or by the organisation for which the actor spoke."""


@dataclass(frozen=True, kw_only=True)
class TextExplained(ProposalEvent):
    """A new draft of a text under review says what led to it: comments and amendments."""

    version: int
    causes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ProposalCut(ProposalEvent):
    """A moderator took words out; everybody sees where."""


@dataclass(frozen=True, kw_only=True)
class ProposalRestored(ProposalEvent):
    """A cut was taken back."""


@dataclass(frozen=True, kw_only=True)
class EarlierTextsShortened(ProposalEvent):
    """It was given back and rewritten: of the versions before stays what the new text says."""


@dataclass(frozen=True, kw_only=True)
class EarlierTextsRestored(ProposalEvent):
    """It had been wrong to give it back."""
