"""Putting questions, voting, counting."""

from app.voting.commands.casting import Done, cast_open, cast_secret
from app.voting.commands.counting import (
    add_late,
    close_question,
    count_question,
    forget_roll,
    seal,
)
from app.voting.commands.preparing import (
    Draft,
    change_question,
    create_question,
    edition_of,
    open_question,
    publish_question,
    withdraw_question,
)

__all__ = [
    "Done",
    "Draft",
    "add_late",
    "cast_open",
    "cast_secret",
    "change_question",
    "close_question",
    "count_question",
    "create_question",
    "edition_of",
    "forget_roll",
    "open_question",
    "publish_question",
    "seal",
    "withdraw_question",
]
