"""The round's clock closes a landscape; how others name it."""

from collections.abc import Iterable

from flask import url_for

from app.core.events import on
from app.core.jobs import enqueue
from app.core.subjects import Description, describes
from app.insights import queries
from app.rounds.events import WindowClosed
from app.rounds.states import Activity


@on(WindowClosed)
def draw(event: WindowClosed) -> None:
    if event.activity is Activity.VOTE:
        for id in queries.to_draw(event.round_id):
            enqueue("insights.draw", key=f"insights.draw:{id}", landscape_id=id)


@describes("landscape")
def describe(ids: Iterable[int]) -> dict[int, Description]:
    return {
        found: Description(title, url_for("insights.show", id=found), public)
        for found, title, public in queries.described(ids)
    }
