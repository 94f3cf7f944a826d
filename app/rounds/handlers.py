"""What other features may show of dialogues and rounds."""

from collections.abc import Iterable

from flask import url_for

from app.core.subjects import Description, describes
from app.rounds import queries


@describes("dialogue")
def describe_dialogues(ids: Iterable[int]) -> dict[int, Description]:
    return {
        one.id: Description(
            one.title, url_for("rounds.dialogue", id=one.id), one.published_at is not None
        )
        for one in queries.dialogues_by_id(ids)
    }


@describes("round")
def describe_rounds(ids: Iterable[int]) -> dict[int, Description]:
    return {
        one.id: Description(
            one.title,
            url_for("rounds.show", id=one.id),
            one.public and one.dialogue.published_at is not None,
        )
        for one in queries.rounds_by_id(ids)
    }
