"""What moderators did with several proposals at once."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MergingEvent(Event):
    """Base; `subject_id` is the proposal that goes on (merged) or went on (split)."""

    merging_id: int
    subject_id: int
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class ProposalsMerged(MergingEvent):
    """One proposal was merged into another, with a reason."""


@dataclass(frozen=True, kw_only=True)
class ProposalSplit(MergingEvent):
    """A proposal was split up into several, with a reason."""


@dataclass(frozen=True, kw_only=True)
class MergingObjected(MergingEvent):
    """Those who made one of the proposals object."""

    objection_id: int


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided(MergingEvent):
    """A moderator decided about an objection, with a reason."""

    objection_id: int


@dataclass(frozen=True, kw_only=True)
class MergingUndone(MergingEvent):
    """All is as it was before; what was written since stays where it is."""
