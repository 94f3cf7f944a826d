"""What the pages say of a round, its windows and its procedure."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from app.core import clock
from app.core.languages import name_of
from app.core.web.context import isolate, listed, localdate, localdatetime, number, relative, said
from app.rounds.forms import AUDIENCES
from app.rounds.models import ModerationMode, Procedure, Round, RoundKind, Window
from app.rounds.queries import RUNS_IN
from app.rounds.states import NOT_BEGUN, Activity, RoundState

STATES = {
    RoundState.DRAFT: (_l("Draft"), "warning"),
    RoundState.ANNOUNCED: (_l("announced"), "info"),
    RoundState.OPEN: (_l("open"), "success"),
    RoundState.PAUSED: (_l("paused"), "warning"),
    RoundState.CLOSED: (_l("closed, waiting for answers"), "plain"),
    RoundState.ANSWERED: (_l("answered"), "info"),
    RoundState.ARCHIVED: (_l("archived"), "plain"),
}
NOTES = {
    RoundState.DRAFT: _l("This round is a draft. Only operators and moderators see it."),
    RoundState.ANNOUNCED: _l("This round is announced. It has not begun yet."),
    RoundState.PAUSED: _l("This round is paused. It goes on as soon as the moderators resume it."),
    RoundState.CLOSED: _l("This round is closed. The administration now answers the proposals."),
    RoundState.ANSWERED: _l("This round is over, and every proposal has its answer."),
    RoundState.ARCHIVED: _l("This round is archived. Nothing changes any more."),
}
ACTIVITIES = {
    Activity.PROPOSE: _l("Make proposals"),
    Activity.COMMENT: _l("Comment on proposals"),
    Activity.SUPPORT: _l("Support proposals"),
    Activity.AMEND: _l("Suggest changes to proposals"),
    Activity.VOTE: _l("Vote"),
    Activity.ANSWER: _l("The administration answers"),
}
ACTIVITY_HINTS = {
    Activity.PROPOSE: _l("Whoever the procedure admits writes and submits proposals."),
    Activity.COMMENT: _l("Whoever the procedure admits comments on proposals."),
    Activity.SUPPORT: _l("Whoever the procedure admits supports proposals of others."),
    Activity.AMEND: _l(
        "Whoever the procedure admits suggests other words; those who made the proposal decide."
    ),
    Activity.VOTE: _l("Votes can be open in this time only."),
    Activity.ANSWER: _l("The administration answers. This goes on after the end of the round."),
}
OVER = (RoundState.CLOSED, RoundState.ANSWERED, RoundState.ARCHIVED)
RUNS = (RoundState.OPEN, RoundState.PAUSED)


def timeline(rounds: Sequence[Round], here: Round | None = None) -> list[dict[str, Any]]:
    """The rounds of a dialogue as steps; all that run are now. `here` is the page's own."""
    return [
        {
            "title": Markup("{} {}").format(one.number, isolate(said(one))),
            "url": None if one is here else url_for("rounds.show", id=one.id),
            "detail": _when(one),
            "state": "done" if one.state in OVER else "current" if one.state in RUNS else "todo",
        }
        for one in rounds
    ]


def _when(one: Round) -> str:
    if one.state in OVER:
        return _("ended %(day)s", day=localdate(one.closed_at, "medium"))
    if one.state in (RoundState.DRAFT, RoundState.PAUSED):
        return str(STATES[one.state][0])
    if not one.windows:
        return "" if one.state is RoundState.OPEN else str(STATES[one.state][0])
    if one.state is RoundState.ANNOUNCED:
        return _("from %(day)s", day=localdate(one.windows[0].opens_at, "medium"))
    # Answers go on after the end of a round; nobody takes part in them.
    closes = [w.closes_at for w in one.windows if w.activity is not Activity.ANSWER]
    if max(closes, default=clock.now()) <= clock.now():
        return _("will be evaluated")
    return _("ends %(distance)s", distance=relative(max(closes)))


def activities(round_: Round) -> list[dict[str, Any]]:
    """What is open or was: until when. What opens later is in `coming`."""
    return [
        {
            "label": _activity(round_, w.activity),
            "open": _is_open(round_, w),
            "line": _line(round_, w),
        }
        for w in round_.windows
        if not _comes(round_, w)
    ]


def _activity(round_: Round, activity: Activity) -> LazyString:
    if round_.kind is RoundKind.FOLLOW_UP and activity is Activity.COMMENT:
        return _l("Comment on the reports")
    return ACTIVITIES[activity]


def all_activities(round_: Round, rough: dict[Activity, str]) -> list[dict[str, Any]]:
    """Every activity, set or not, for the moderators, with what they can still do about it."""
    return [_for_moderators(round_, activity, rough.get(activity, "")) for activity in Activity]


def _for_moderators(round_: Round, activity: Activity, said: str) -> dict[str, Any]:
    window = round_.window(activity)
    runs = round_.state in (*NOT_BEGUN, RoundState.PAUSED, *RUNS_IN[activity])
    begun = round_.state not in NOT_BEGUN
    closed = begun and window is not None and window.closes_at <= clock.now()
    opened = begun and window is not None and window.opens_at <= clock.now()
    return {
        "name": activity.value,
        "label": ACTIVITIES[activity],
        "window": window,
        "said": said,
        "open": window is not None and _is_open(round_, window),
        "changes": runs and not closed,
        "removes": runs and not opened and (window is not None or said != ""),
    }


def _is_open(round_: Round, window: Window) -> bool:
    return round_.state in RUNS_IN[window.activity] and window.covers(clock.now())


def _line(round_: Round, window: Window) -> str:
    if _is_open(round_, window):
        return _(
            "until %(moment)s (%(distance)s)",
            moment=localdatetime(window.closes_at, "medium"),
            distance=relative(window.closes_at),
        )
    ended = window.closes_at
    if round_.closed_at is not None and window.activity is not Activity.ANSWER:
        ended = min(ended, round_.closed_at)
    if ended <= clock.now():
        return _("was possible until %(moment)s", moment=localdatetime(ended, "medium"))
    if window.opens_at > clock.now():
        return _("from %(moment)s", moment=localdatetime(window.opens_at, "medium"))
    return _("not at present")


def rules(procedure: Procedure) -> list[tuple[str, str]]:
    """The procedure as name and plain words; empty ones are left out by the template."""
    before = procedure.moderation is ModerationMode.BEFORE
    secret = procedure.persons_secret
    return [
        (_("Who proposes"), str(AUDIENCES[procedure.who_proposes])),
        (_("Who comments"), str(AUDIENCES[procedure.who_comments])),
        (_("Who supports"), str(AUDIENCES[procedure.who_supports])),
        (_("Who suggests changes"), str(AUDIENCES[procedure.who_amends])),
        (_("Who votes"), str(AUDIENCES[procedure.who_votes])),
        (_("People vote"), _("in secret") if secret else _("openly, with their name")),
        (
            _("Moderation"),
            _("before something becomes public, within %(hours)s hours")
            % {"hours": procedure.reaction_hours}
            if before
            else _("after something became public; reports are answered within %(hours)s hours")
            % {"hours": procedure.reaction_hours},
        ),
        (_("Open to influence"), _typed(procedure.open_to_influence)),
        (_("Not open"), _typed(procedure.not_open)),
        (_("Who decides in the end"), _typed(procedure.who_decides)),
        (_("Answers"), _("within %(days)s days after the end", days=procedure.answer_days)),
    ]


def short_rules(procedure: Procedure) -> list[tuple[str, str]]:
    """What a reader has to know in one minute."""
    secretly = _("in secret") if procedure.persons_secret else _("openly, with their name")
    return [
        (_("Who proposes"), str(AUDIENCES[procedure.who_proposes])),
        (_("Who comments"), str(AUDIENCES[procedure.who_comments])),
        (_("Who votes"), str(AUDIENCES[procedure.who_votes])),
        (_("People vote"), secretly),
        (_("Open to influence"), _typed(procedure.open_to_influence)),
        (_("Not open"), _typed(procedure.not_open)),
        (_("Who decides in the end"), _typed(procedure.who_decides)),
        (_("Answers"), _("within %(days)s days after the end", days=procedure.answer_days)),
    ]


def _typed(text: str) -> str:
    """Words that somebody typed, in their own direction; nothing stays nothing."""
    return isolate(text) if text else ""


def limits(procedure: Procedure) -> list[tuple[str, str]]:
    """The rest of the procedure, for its own page."""
    return [
        (_("Proposals of one author at most"), number(procedure.proposals_per_author)),
        (
            _("Other organisations that must stand behind a proposal"),
            number(procedure.cosponsors) if procedure.cosponsors else _("none"),
        ),
        (_("Characters of a title at most"), number(procedure.title_length)),
        (_("Characters of a text at most"), number(procedure.text_length)),
        (
            _("Comments"),
            _("say whether they are for or against, ask or suggest")
            if procedure.stance
            else _("take no side"),
        ),
        (
            _("Comments without an account"),
            _("an e-mail address is confirmed first")
            if procedure.guests_confirm
            else _("no e-mail address is asked for"),
        ),
        (_("Languages promised"), listed(name_of(tag) for tag in procedure.languages)),
    ]


def differences(old: Procedure, new: Procedure) -> list[tuple[str, str, str]]:
    """Each rule that is different, with its words before and after."""
    rows = side_by_side(old, new)
    return [(row["name"], row["one"], row["other"]) for row in rows if row["differs"]]


def side_by_side(one: Procedure, other: Procedure) -> list[dict[str, Any]]:
    """Every rule in the words of both."""
    first, second = rules(one) + limits(one), rules(other) + limits(other)
    return [
        {"name": name, "one": here, "other": there, "differs": here != there}
        for (name, here), (_name, there) in zip(first, second, strict=True)
    ]


def _comes(round_: Round, window: Window) -> bool:
    return window.opens_at > clock.now() and round_.state not in OVER


def coming(round_: Round) -> list[str]:
    """What comes next in this round, in order."""
    found = [
        _(
            "%(activity)s: from %(moment)s",
            activity=ACTIVITIES[w.activity],
            moment=localdatetime(w.opens_at, "medium"),
        )
        for w in round_.windows
        if _comes(round_, w)
    ]
    answering = round_.window(Activity.ANSWER)
    if round_.state is RoundState.CLOSED and answering is not None:
        day = localdate(answering.closes_at, "medium")
        found.append(_("The administration answers by %(day)s.", day=day))
    return found


def roughly(rough: dict[Activity, str]) -> list[tuple[LazyString, str]]:
    """What a draft says in words only, in the usual order."""
    return [(ACTIVITIES[one], rough[one]) for one in Activity if one in rough]


def round_after(round_: Round, rounds: list[Round]) -> Round | None:
    """The next round that is not over, among those the reader sees."""
    return next((r for r in rounds if r.number > round_.number and r.state not in OVER), None)
