"""How other features name a comment."""

from collections.abc import Iterable

from flask import url_for

from app.comments import queries
from app.core.subjects import Description, describes
from app.core.text.markdown import summary

TITLE_LENGTH = 80


@describes("comment")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    """The beginning of its text stands for a title."""
    return {
        found: Description(summary(body, TITLE_LENGTH), url_for("comments.show", id=found), public)
        for found, body, public in queries.described(list(ids))
    }
