"""What other features may show of dialogues and rounds, and how search finds them."""

from collections.abc import Iterable

from flask import url_for

from app.core.db import db
from app.core.events import on
from app.core.search import writing
from app.core.search.sources import Group, searchable
from app.core.subjects import Description, describes
from app.rounds import queries
from app.rounds.events import (
    DialogueChanged,
    DialogueCreated,
    DialoguePublished,
    RoundEvent,
    WindowChanged,
    WindowClosed,
    WindowOpened,
    WindowRemoved,
)
from app.rounds.queries import searching

_NOTHING_TO_READ = (WindowChanged, WindowClosed, WindowOpened, WindowRemoved)


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


searchable(
    "dialogue",
    Group.DIALOGUES,
    searching.public_dialogues,
    lambda id, _place: url_for("rounds.dialogue", id=id),
)
searchable(
    "round",
    Group.DIALOGUES,
    searching.public_rounds,
    lambda id, _place: url_for("rounds.show", id=id),
)


@on(DialogueCreated, DialogueChanged, DialoguePublished)
def dialogue_changed(event: DialogueCreated | DialogueChanged | DialoguePublished) -> None:
    writing.touch(db.session(), "dialogue", event.dialogue_id)
    writing.touch_all(db.session(), "round", searching.of_dialogue(event.dialogue_id))


@on(RoundEvent)
def round_changed(event: RoundEvent) -> None:
    if not isinstance(event, _NOTHING_TO_READ):
        writing.touch(db.session(), "round", event.round_id)
