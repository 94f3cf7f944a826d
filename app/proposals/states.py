"""The life of a proposal."""

from enum import StrEnum

from app.core.states import Lifecycle


class ProposalState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    SPLIT = "split"
    SHORTLISTED = "shortlisted"
    DECIDED = "decided"


PROPOSAL = Lifecycle(
    ProposalState.DRAFT,
    {
        (ProposalState.DRAFT, "submit"): ProposalState.SUBMITTED,
        (ProposalState.SUBMITTED, "publish"): ProposalState.PUBLISHED,
        (ProposalState.SUBMITTED, "return"): ProposalState.DRAFT,
        (ProposalState.SUBMITTED, "withdraw"): ProposalState.WITHDRAWN,
        (ProposalState.PUBLISHED, "withdraw"): ProposalState.WITHDRAWN,
        (ProposalState.PUBLISHED, "merge"): ProposalState.MERGED,
        (ProposalState.MERGED, "take back"): ProposalState.PUBLISHED,
        (ProposalState.PUBLISHED, "split"): ProposalState.SPLIT,
        (ProposalState.SPLIT, "take back"): ProposalState.PUBLISHED,
        (ProposalState.PUBLISHED, "shortlist"): ProposalState.SHORTLISTED,
        (ProposalState.PUBLISHED, "decide"): ProposalState.DECIDED,
        (ProposalState.SHORTLISTED, "decide"): ProposalState.DECIDED,
    },
)


class CosponsorState(StrEnum):
    """Whether an organisation stands behind a proposal of another one."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"


COSPONSOR = Lifecycle(
    CosponsorState.ASKED,
    {
        (CosponsorState.ASKED, "accept"): CosponsorState.ACCEPTED,
        (CosponsorState.ASKED, "decline"): CosponsorState.DECLINED,
        (CosponsorState.ACCEPTED, "leave"): CosponsorState.LEFT,
        (CosponsorState.DECLINED, "ask"): CosponsorState.ASKED,
        (CosponsorState.LEFT, "ask"): CosponsorState.ASKED,
    },
)


class ChangeState(StrEnum):
    """A text to come of a proposal that is public."""

    WORKING = "working"
    WAITING = "waiting"
    PUBLISHED = "published"
    REFUSED = "refused"
    DISCARDED = "discarded"


CHANGE = Lifecycle(
    ChangeState.WORKING,
    {
        (ChangeState.WORKING, "hand in"): ChangeState.WAITING,
        (ChangeState.WORKING, "publish"): ChangeState.PUBLISHED,
        (ChangeState.WORKING, "discard"): ChangeState.DISCARDED,
        (ChangeState.WAITING, "publish"): ChangeState.PUBLISHED,
        (ChangeState.WAITING, "return"): ChangeState.WORKING,
        (ChangeState.WAITING, "refuse"): ChangeState.REFUSED,
        (ChangeState.WAITING, "take back"): ChangeState.WORKING,
        (ChangeState.WAITING, "discard"): ChangeState.DISCARDED,
    },
)

UNDER_WORK = (ChangeState.WORKING, ChangeState.WAITING)
"""A proposal has one such change at most."""

EVER_PUBLIC = (
    ProposalState.PUBLISHED,
    ProposalState.WITHDRAWN,
    ProposalState.MERGED,
    ProposalState.SPLIT,
    ProposalState.SHORTLISTED,
    ProposalState.DECIDED,
)
"""States whose page stays readable (a withdrawn one only if it was published before)."""

LISTED = (ProposalState.PUBLISHED, ProposalState.SHORTLISTED, ProposalState.DECIDED)
"""A withdrawn or merged proposal keeps its page and leaves the lists."""

GONE_ON = (ProposalState.MERGED, ProposalState.SPLIT)
"""What it says lives on in others, whose answers are its own; its page stays readable."""

NEEDS_ANSWER = (ProposalState.PUBLISHED, ProposalState.SHORTLISTED)
"""States in which the administration owes an answer."""
