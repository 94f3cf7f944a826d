"""Changes to comments. Nothing is ever deleted."""

from app.comments.commands.moderating import (
    hide,
    lock,
    publish,
    return_to_author,
    show_again,
    unlock,
)
from app.comments.commands.moving import move
from app.comments.commands.posting import Words, edit, post

__all__ = [
    "Words",
    "edit",
    "hide",
    "lock",
    "move",
    "post",
    "publish",
    "return_to_author",
    "show_again",
    "unlock",
]
