"""Changes to amendments. Nothing is ever deleted."""

from app.amendments.commands.amendment import (
    count_comments,
    hide,
    make,
    publish,
    return_to_author,
    show_again,
    support,
    unsupport,
    withdraw,
)
from app.amendments.commands.closing import close_open, open_again, refuse_during_vote
from app.amendments.commands.cutting import (
    cut,
    put_reason_back,
    restore,
    shorten_quotes,
    take_reason_out,
)
from app.amendments.commands.deciding import (
    ReasonMissing,
    accept,
    decline,
    must_be_carried_out,
)
from app.amendments.commands.ruling import accept_rules, make_rules
from app.amendments.commands.voting import carry_out, put_to_vote, take_from_vote, want_vote

__all__ = [
    "ReasonMissing",
    "accept",
    "accept_rules",
    "carry_out",
    "close_open",
    "count_comments",
    "cut",
    "decline",
    "hide",
    "make",
    "make_rules",
    "must_be_carried_out",
    "open_again",
    "publish",
    "put_reason_back",
    "put_to_vote",
    "refuse_during_vote",
    "restore",
    "return_to_author",
    "shorten_quotes",
    "show_again",
    "support",
    "take_from_vote",
    "take_reason_out",
    "unsupport",
    "want_vote",
    "withdraw",
]
