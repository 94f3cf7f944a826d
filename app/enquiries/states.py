"""The life of a question that somebody put into a box."""

from enum import StrEnum

from app.core.states import Lifecycle


class EnquiryState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    SET_ASIDE = "set-aside"  # no question for this role, with a reason


ENQUIRY = Lifecycle(
    EnquiryState.OPEN,
    {
        (EnquiryState.OPEN, "answer"): EnquiryState.ANSWERED,
        (EnquiryState.ANSWERED, "answer"): EnquiryState.ANSWERED,
        (EnquiryState.OPEN, "set_aside"): EnquiryState.SET_ASIDE,
        (EnquiryState.SET_ASIDE, "answer"): EnquiryState.ANSWERED,
    },
)
"""An answer can be corrected; what was set aside can be answered after all."""
