"""Changes to proposals. What was ever public is never deleted."""

from app.proposals.commands.changing import change, discard_change, hand_in_change, keep_change
from app.proposals.commands.cosponsors import answer_cosponsor, ask_cosponsor, leave_cosponsors
from app.proposals.commands.cutting import cut, restore
from app.proposals.commands.discarding import bring_back, discard, forget
from app.proposals.commands.going_on import (
    copy_supports,
    join,
    leave,
    make_part,
    merge_into,
    restore_version,
    split_up,
    take_back,
    take_supports_back,
)
from app.proposals.commands.proposal import (
    count_comments,
    decide,
    give_to,
    save,
    shortlist,
    start,
    submit,
    withdraw,
)
from app.proposals.commands.ranking import rank, to_be_ranked
from app.proposals.commands.showing import (
    hide,
    publish,
    return_to_author,
    show_again,
    undo_return,
)
from app.proposals.commands.supporting import support, unsupport
from app.proposals.commands.texts import explain, keep_paragraphs, next_draft, publish_text
from app.proposals.commands.words import Overtaken, Words, says, words_of

__all__ = [
    "Overtaken",
    "Words",
    "answer_cosponsor",
    "ask_cosponsor",
    "bring_back",
    "change",
    "copy_supports",
    "count_comments",
    "cut",
    "decide",
    "discard",
    "discard_change",
    "explain",
    "forget",
    "give_to",
    "hand_in_change",
    "hide",
    "join",
    "keep_change",
    "keep_paragraphs",
    "leave",
    "leave_cosponsors",
    "make_part",
    "merge_into",
    "next_draft",
    "publish",
    "publish_text",
    "rank",
    "restore",
    "restore_version",
    "return_to_author",
    "save",
    "says",
    "shortlist",
    "show_again",
    "split_up",
    "start",
    "submit",
    "support",
    "take_back",
    "take_supports_back",
    "to_be_ranked",
    "undo_return",
    "unsupport",
    "withdraw",
    "words_of",
]
