"""The life of an amendment."""

from enum import StrEnum

from app.core.states import Lifecycle


class AmendmentState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    IN_PART = "in_part"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


AMENDMENT = Lifecycle(
    AmendmentState.OPEN,
    {
        (AmendmentState.OPEN, "accept"): AmendmentState.ACCEPTED,
        (AmendmentState.OPEN, "accept in part"): AmendmentState.IN_PART,
        (AmendmentState.OPEN, "decline"): AmendmentState.DECLINED,
        (AmendmentState.OPEN, "withdraw"): AmendmentState.WITHDRAWN,
    },
)

MERGED = (AmendmentState.ACCEPTED, AmendmentState.IN_PART)
"""Its words, or some of them, stand in a version of the proposal."""
