"""Changes to proposals. What was ever public is never deleted."""

from app.proposals.commands.cosponsors import answer_cosponsor, ask_cosponsor, leave_cosponsors
from app.proposals.commands.discarding import bring_back, discard, forget
from app.proposals.commands.proposal import (
    Overtaken,
    Words,
    count_comments,
    decide,
    give_to,
    hide,
    publish,
    return_to_author,
    save,
    says,
    shortlist,
    show_again,
    start,
    submit,
    support,
    unsupport,
    withdraw,
)

__all__ = [
    "Overtaken",
    "Words",
    "answer_cosponsor",
    "ask_cosponsor",
    "bring_back",
    "count_comments",
    "decide",
    "discard",
    "forget",
    "give_to",
    "hide",
    "leave_cosponsors",
    "publish",
    "return_to_author",
    "save",
    "says",
    "shortlist",
    "show_again",
    "start",
    "submit",
    "support",
    "unsupport",
    "withdraw",
]
