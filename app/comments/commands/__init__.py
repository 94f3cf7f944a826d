"""Changes to comments. Nothing is ever deleted."""

from app.comments.commands.helping import mark_helpful, unmark_helpful
from app.comments.commands.moderating import (
    cut,
    hide,
    lock,
    publish,
    restore,
    return_to_author,
    show_again,
    unlock,
)
from app.comments.commands.moving import move
from app.comments.commands.own import claim, take_back
from app.comments.commands.posting import Words, edit, post, rewrite

__all__ = [
    "Words",
    "claim",
    "cut",
    "edit",
    "hide",
    "lock",
    "mark_helpful",
    "move",
    "post",
    "publish",
    "restore",
    "return_to_author",
    "rewrite",
    "show_again",
    "take_back",
    "unlock",
    "unmark_helpful",
]
