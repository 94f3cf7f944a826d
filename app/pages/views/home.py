"""The start page: what is open now and until when, and what came of it so far."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.web import guard
from app.core.web.context import localdate, relative
from app.core.web.shared import shared_by_strangers
from app.meetings import queries as meetings
from app.pages.queries import home as queries
from app.pages.views import bp
from app.rounds.models import Round, Window
from app.rounds.states import Activity, RoundState

INVITATIONS = {
    Activity.PROPOSE: _l("Make a proposal by %(day)s"),
    Activity.COMMENT: _l("Join the discussion by %(day)s"),
    Activity.SUPPORT: _l("Support proposals by %(day)s"),
    Activity.AMEND: _l("Suggest changes by %(day)s"),
    Activity.VOTE: _l("Vote by %(day)s"),
    Activity.ANSWER: _l("Read the proposals"),
}
# What most people can do comes first.
WEIGHT = [
    Activity.VOTE,
    Activity.COMMENT,
    Activity.SUPPORT,
    Activity.AMEND,
    Activity.PROPOSE,
    Activity.ANSWER,
]


@bp.get("/")
@shared_by_strangers
@guard("pages.read")
def home() -> ResponseReturnValue:
    current = queries.current_round()
    windows = queries.open_windows(current) if current else []
    rounds = queries.rounds_of(current.dialogue_id) if current else []
    return render_template(
        "pages/home.html",
        round=current,
        invitation=_invitation(windows),
        timeline=[_step(one, current) for one in rounds],
        answers=queries.latest_answers(),
        picture=queries.plan_picture(),
        meetings=meetings.coming(),
        kinds=queries.proposals_by_kind(current.id) if current else {},
    )


def _invitation(windows: list[Window]) -> str | None:
    """The words of the one button: what most people can do now, and until when."""
    if not windows:
        return None
    first = min(windows, key=lambda window: WEIGHT.index(window.activity))
    return str(INVITATIONS[first.activity]) % {"day": localdate(first.closes_at, "medium")}


def _step(one: Round, current: Round | None) -> dict[str, Any]:
    done = one.state in (RoundState.CLOSED, RoundState.ANSWERED, RoundState.ARCHIVED)
    is_current = current is not None and one.id == current.id and not done
    return {
        "title": f"{one.number} {one.title}",
        "url": url_for("rounds.show", id=one.id),
        "detail": _when(one),
        "state": "current" if is_current else "done" if done else "todo",
    }


def _when(one: Round) -> str:
    if one.state in (RoundState.CLOSED, RoundState.ANSWERED, RoundState.ARCHIVED):
        return _("ended %(day)s", day=localdate(one.closed_at, "medium"))
    if one.state is RoundState.PAUSED:
        return _("is paused")
    if not one.windows:
        return ""
    # Answers go on after the end of a round; nobody takes part in them.
    closing = [w.closes_at for w in one.windows if w.activity is not Activity.ANSWER]
    opens, closes = one.windows[0].opens_at, max(closing, default=clock.now())
    if one.state is RoundState.ANNOUNCED:
        return _("from %(day)s", day=localdate(opens, "medium"))
    if closes <= clock.now():
        return _("will be evaluated")
    return _("ends %(distance)s", distance=relative(closes))
