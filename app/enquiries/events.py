"""What happens to question boxes. Who asks is nobody's business."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BoxEvent(Event):
    """Base of what happens to a box and what lies in it."""

    box_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class BoxOpened(BoxEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class BoxChanged(BoxEvent):
    """Its words, its role, unit or measure (`was_of` and `was_about` before), or whether one can
    ask.
    """

    was_of: int
    was_about: int | None


@dataclass(frozen=True, kw_only=True)
class EnquiryAsked(BoxEvent):
    """Neither who nor when stands in the log."""

    secret: ClassVar[bool] = True

    enquiry_id: int


@dataclass(frozen=True, kw_only=True)
class EnquiryAnswered(BoxEvent):
    """For whoever asked; `again` where an earlier answer is corrected."""

    enquiry_id: int
    again: bool


@dataclass(frozen=True, kw_only=True)
class EnquirySetAside(BoxEvent):
    """No question for this role; whoever asked reads why."""

    enquiry_id: int


@dataclass(frozen=True, kw_only=True)
class FaqEvent(BoxEvent):
    """Base of what happens to a question and answer that everybody reads."""

    faq_id: int


@dataclass(frozen=True, kw_only=True)
class FaqPublished(FaqEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class FaqChanged(FaqEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class FaqWithdrawn(FaqEvent):
    """Nobody finds it any more: it is not right any more, or there is a better one."""


@dataclass(frozen=True, kw_only=True)
class EnquiriesForgotten(Event):
    """Words and addresses of questions that were answered long ago are deleted."""

    enquiries: int
