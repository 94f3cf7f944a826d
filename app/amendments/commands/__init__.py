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
from app.amendments.commands.deciding import accept, decline

__all__ = [
    "accept",
    "count_comments",
    "decline",
    "hide",
    "make",
    "publish",
    "return_to_author",
    "show_again",
    "support",
    "unsupport",
    "withdraw",
]
