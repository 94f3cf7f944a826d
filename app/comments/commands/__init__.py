"""Changes to comments. Nothing is ever deleted."""

from app.comments.commands.confirming import (
    change_address,
    confirm,
    discard,
    keep_until_confirmed,
    new_link,
)
from app.comments.commands.helping import mark_helpful, unmark_helpful
from app.comments.commands.moderating import (
    cut,
    hide,
    lock,
    publish,
    restore,
    return_to_author,
    show_again,
    undo_return,
    unlock,
)
from app.comments.commands.moving import move
from app.comments.commands.own import claim, take_back
from app.comments.commands.posting import Words, edit, post, rewrite
from app.comments.commands.translating import translate

__all__ = [
    "Words",
    "change_address",
    "claim",
    "confirm",
    "cut",
    "discard",
    "edit",
    "hide",
    "keep_until_confirmed",
    "lock",
    "mark_helpful",
    "move",
    "new_link",
    "post",
    "publish",
    "restore",
    "return_to_author",
    "rewrite",
    "show_again",
    "take_back",
    "translate",
    "undo_return",
    "unlock",
    "unmark_helpful",
]
