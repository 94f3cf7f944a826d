"""The dates of a dialogue and of a round, for the reader's own calendar."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.text.ical import Entry, calendar
from app.core.web import actor, guard
from app.rounds import queries
from app.rounds.models import Dialogue, Round, Window
from app.rounds.states import Activity, RoundState
from app.rounds.views import bp, words


@bp.get("/dialogues/<int:id>/calendar.ics")
@guard("rounds.dialogue", dialogue=queries.get_dialogue)
def dialogue_calendar(dialogue: Dialogue) -> ResponseReturnValue:
    """Every announced round's windows."""
    rounds = queries.rounds_of(dialogue.id, actor())
    return _file(dialogue.title, rounds, f"dialogue-{dialogue.id}.ics")


@bp.get("/rounds/<int:id>/calendar.ics")
@guard("rounds.show", round_=queries.get)
def round_calendar(round_: Round) -> ResponseReturnValue:
    return _file(round_.title, [round_], f"round-{round_.id}.ics")


def _file(name: str, rounds: Iterable[Round], filename: str) -> ResponseReturnValue:
    announced = [one for one in rounds if one.public]
    moved = queries.windows_moved([one.id for one in announced])
    entries = [
        _entry(one, window, *moved.get((one.id, window.activity), (0, None)))
        for one in announced
        for window in one.windows
        if _counts(one, window)
    ]
    headers = {"Content-Disposition": f"inline; filename={filename}"}
    return Response(calendar(name, entries), mimetype="text/calendar", headers=headers)


def _counts(round_: Round, window: Window) -> bool:
    """Not what the end of the round came before."""
    if round_.closed_at is None or window.activity is Activity.ANSWER:
        return True
    return window.opens_at < round_.closed_at


def _entry(round_: Round, window: Window, times: int, last: datetime | None) -> Entry:
    base = current_app.config["SETTINGS"].server_url.rstrip("/")
    ends_at = window.closes_at
    if round_.closed_at is not None and window.activity is not Activity.ANSWER:
        ends_at = min(ends_at, round_.closed_at)
    known = (round_.announced_at, round_.closed_at, last)
    return Entry(
        uid=f"window-{window.id}@{urlsplit(base).hostname}",
        title=f"{words.ACTIVITIES[window.activity]}: {round_.title}",
        starts_at=window.opens_at,
        ends_at=ends_at,
        changed_at=max((at for at in known if at is not None), default=window.opens_at),
        sequence=times + (round_.closed_at is not None),
        text=_("This round is paused. It goes on as soon as the moderators resume it.")
        if round_.state is RoundState.PAUSED
        else "",
        url=base + url_for("rounds.show", id=round_.id),
    )
