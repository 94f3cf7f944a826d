"""What the pages say of questions, methods and results."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from app.core import clock, freshness
from app.core.web.context import listed, localdatetime, number, percent
from app.rounds.models import Round
from app.rounds.states import Activity
from app.voting.methods.chambers import FAR_APART
from app.voting.models import Question
from app.voting.queries import proof
from app.voting.states import QuestionState
from app.voting.views.words.amendments import Change, change, change_by
from app.voting.views.words.base import CHAMBERS, apart
from app.voting.views.words.by_method import BY_METHOD
from app.voting.views.words.contests import contest, what_it_decides
from app.voting.views.words.rules import SEEN_BY, asked, drawn, joint, rules, secrecy

__all__ = [
    "CHAMBERS",
    "NAMES",
    "SEEN_BY",
    "Change",
    "asked",
    "change",
    "change_by",
    "chosen",
    "columns",
    "contest",
    "counting",
    "differences",
    "drawn",
    "joint",
    "method",
    "picture",
    "rows",
    "rules",
    "secrecy",
    "what_it_decides",
    "when",
]

NAMES = {name: known.name for name, known in BY_METHOD.items()}
"""Of the methods that questions can use."""

MOST_TOLD = 5
"""Differences that are put into words; the tables show all."""


def method(question: Question) -> str:
    """How it is decided, in a sentence."""
    return BY_METHOD[question.method].sentence(question)


def when(round_: Round) -> str:
    """The time for voting in words."""
    window = round_.window(Activity.VOTE)
    if window is None:
        return ""
    if clock.now() < window.opens_at:
        return _("Opens on %(moment)s.", moment=localdatetime(window.opens_at))
    if clock.now() < window.closes_at:
        return _("Open until %(moment)s.", moment=localdatetime(window.closes_at))
    return _("Closed on %(moment)s.", moment=localdatetime(window.closes_at))


STALE = timedelta(minutes=2)
"""A count that has told nothing for so long has been interrupted."""


def counting(question: Question) -> list[str]:
    """That the votes are being counted, and how far that is."""
    if question.state is not QuestionState.CLOSED or question.awaits_draw:
        return []
    said = [_("The vote is over. The votes are being counted.")]
    found = proof.progress(question.id)
    if found is None:
        return said
    freshness.met(found.at + STALE)
    if clock.now() >= found.at + STALE:
        return [*said, _("The count was interrupted. It begins again by itself.")]
    how_far = _(
        "Chamber %(step)s of %(steps)s: %(percent)s of the ballots are read.",
        step=number(found.step),
        steps=number(found.steps),
        percent=percent(found.percent / 100),
    )
    return [*said, how_far]


def chosen(question: Question, content: dict[str, Any]) -> list[str]:
    """A ballot in words, a line each (needs `options`)."""
    return BY_METHOD[question.method].chosen(question, content)


def picture(question: Question, table: dict[str, Any]) -> dict[str, Any]:
    """What the method's picture shows of a chamber."""
    return BY_METHOD[question.method].picture(question, table)


def columns(question: Question) -> list[str]:
    """What stands above the lines of `rows`, for programs: not translated."""
    return BY_METHOD[question.method].columns


def rows(question: Question, table: dict[str, Any]) -> list[list[str]]:
    """A chamber's table as plain lines."""
    return BY_METHOD[question.method].rows(question, table)


def differences(question: Question, result: dict[str, Any]) -> list[str]:
    """Where the chambers think otherwise, a sentence each."""
    comparison = result["comparison"]
    if comparison is None or comparison["verdict"] != "differ":
        return []
    labels = BY_METHOD[question.method].labels(question)
    far_apart = sorted(comparison["apart"].items(), key=lambda one: -float(one[1]))
    far = [
        _(
            "%(option)s: %(points)s points apart",
            option=apart(labels[option]),
            points=number(round(float(points))),
        )
        for option, points in far_apart[:MOST_TOLD]
        if float(points) >= FAR_APART
    ]
    if not comparison["other_winner"]:
        return far
    return [_only_one_chose(result, labels), *far]


def _only_one_chose(result: dict[str, Any], labels: dict[str, str]) -> str:
    first, second = (
        [apart(labels[str(w)]) for w in one["table"]["winners"]] for one in result["chambers"]
    )
    return _(
        "Organisations chose: %(first)s. People chose: %(second)s.",
        first=listed(first) or "–",
        second=listed(second) or "–",
    )
