"""The life of an amendment."""

from datetime import timedelta
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.states import Lifecycle, Visibility


class AmendmentState(StrEnum):
    OPEN = "open"
    VOTING = "voting"
    VOTED = "voted"
    ACCEPTED = "accepted"
    IN_PART = "in_part"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class VoteSays(StrEnum):
    """What a vote about an amendment has said."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    DIFFERS = "differs"  # organisations and people have decided otherwise
    UNKNOWN = "unknown"  # too few have voted in secret for it to be shown


AMENDMENT = Lifecycle(
    AmendmentState.OPEN,
    {
        (AmendmentState.OPEN, "accept"): AmendmentState.ACCEPTED,
        (AmendmentState.OPEN, "accept in part"): AmendmentState.IN_PART,
        (AmendmentState.OPEN, "decline"): AmendmentState.DECLINED,
        (AmendmentState.OPEN, "withdraw"): AmendmentState.WITHDRAWN,
        (AmendmentState.OPEN, "put to the vote"): AmendmentState.VOTING,
        (AmendmentState.OPEN, "close"): AmendmentState.CLOSED,
        (AmendmentState.VOTING, "take from the vote"): AmendmentState.OPEN,
        (AmendmentState.VOTING, "close"): AmendmentState.CLOSED,
        (AmendmentState.VOTING, "adopt"): AmendmentState.ACCEPTED,
        (AmendmentState.VOTING, "reject"): AmendmentState.DECLINED,
        (AmendmentState.VOTING, "leave to the proposers"): AmendmentState.VOTED,
        (AmendmentState.VOTED, "accept"): AmendmentState.ACCEPTED,
        (AmendmentState.VOTED, "accept in part"): AmendmentState.IN_PART,
        (AmendmentState.VOTED, "decline"): AmendmentState.DECLINED,
        (AmendmentState.VOTED, "close"): AmendmentState.CLOSED,
        (AmendmentState.CLOSED, "open again"): AmendmentState.OPEN,
    },
)
"""While it is being voted on nothing else decides about it. Voted: those who made the proposal do,
because the chambers differ, or a person must see how the change fits into the text of now. Closed:
its proposal was merged, split or withdrawn, so that nobody can decide any more."""

MERGED = (AmendmentState.ACCEPTED, AmendmentState.IN_PART)
"""Its words, or some of them, stand in a version of the proposal."""

UNDECIDED = (AmendmentState.OPEN, AmendmentState.VOTING, AmendmentState.VOTED)

BADGES: dict[AmendmentState, tuple[LazyString, str]] = {
    AmendmentState.OPEN: (_l("open"), "info"),
    AmendmentState.VOTING: (_l("put to the vote"), "info"),
    AmendmentState.VOTED: (_l("voted on, to be decided"), "warning"),
    AmendmentState.ACCEPTED: (_l("accepted"), "success"),
    AmendmentState.IN_PART: (_l("accepted in part"), "success"),
    AmendmentState.DECLINED: (_l("declined"), "danger"),
    AmendmentState.WITHDRAWN: (_l("withdrawn"), "plain"),
    AmendmentState.CLOSED: (_l("closed"), "plain"),
}
"""Each state in words, and the tone of its badge."""

NOT_SHOWN: dict[Visibility, tuple[LazyString, str]] = {
    Visibility.HIDDEN: (_l("hidden"), "danger"),
    Visibility.RETURNED: (_l("returned"), "warning"),
    Visibility.HELD: (_l("waits for the moderators"), "warning"),
}
"""The same where not everybody can read it."""

LEFT_FOR = timedelta(days=14)
"""So long what a vote has left to them is theirs alone; then the moderators can decide as well,
because nothing of their proposal can be merged or split meanwhile."""
