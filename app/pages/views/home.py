"""The start page: what is open now and until when, and what came of it so far."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.core.web import guard
from app.core.web.context import localdate
from app.core.web.shared import shared_by_strangers
from app.meetings import queries as meetings
from app.pages.queries import home as queries
from app.pages.views import bp
from app.rounds.models import Window
from app.rounds.states import Activity
from app.rounds.views import words

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
        timeline=words.timeline(rounds),
        answers=queries.latest_answers(),
        picture=queries.plan_picture(),
        meetings=meetings.coming(),
        kinds=queries.proposals_by_kind(current.dialogue_id) if current else {},
    )


def _invitation(windows: list[Window]) -> str | None:
    """The words of the one button: what most people can do now, and until when."""
    if not windows:
        return None
    first = min(windows, key=lambda window: WEIGHT.index(window.activity))
    return str(INVITATIONS[first.activity]) % {"day": localdate(first.closes_at, "medium")}
