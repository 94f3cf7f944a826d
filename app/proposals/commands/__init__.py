"""Changes to proposals. What was ever public is never deleted."""

from app.proposals.commands.changing import change, discard_change, hand_in_change, keep_change
from app.proposals.commands.cosponsors import answer_cosponsor, ask_cosponsor, leave_cosponsors
from app.proposals.commands.discarding import bring_back, discard, forget
from app.proposals.commands.proposal import (
    count_comments,
    decide,
    give_to,
    hide,
    publish,
    return_to_author,
    save,
    shortlist,
    show_again,
    start,
    submit,
    withdraw,
)
from app.proposals.commands.supporting import support, unsupport
from app.proposals.commands.words import Overtaken, Words, says, words_of

__all__ = [
    "Overtaken",
    "Words",
    "answer_cosponsor",
    "ask_cosponsor",
    "bring_back",
    "change",
    "count_comments",
    "decide",
    "discard",
    "discard_change",
    "forget",
    "give_to",
    "hand_in_change",
    "hide",
    "keep_change",
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
    "words_of",
]
