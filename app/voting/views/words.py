"""What the pages say of questions, methods and results."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core import clock
from app.core.web.context import localdatetime, number
from app.rounds.models import Round
from app.rounds.states import Activity
from app.voting.methods.chambers import FAR_APART
from app.voting.models import Option, Question
from app.voting.queries import electors
from app.voting.states import Chamber

MOST_TOLD = 5
"""Differences that are put into words; the tables show all."""

CHAMBERS = {
    Chamber.ORGANISATIONS: _l("Organisations"),
    Chamber.PERSONS: _l("People"),
}
CHOICES = {"yes": _l("Yes"), "no": _l("No"), "abstain": _l("Abstained")}


def method(question: Question) -> str:
    """How it is decided, in a sentence."""
    if question.method == "approval":
        return ngettext(
            "Tick as many as you like. The one with the most votes is in.",
            "Tick as many as you like. The %(num)s with the most votes are in.",
            question.parameters["seats"],
        )
    if question.parameters.get("majority") == "two-thirds":
        return _("Adopted if at least two thirds of yes and no are yes. Abstentions do not count.")
    return _("Adopted if there are more yes than no. Abstentions do not count, a tie is a no.")


def rules(question: Question) -> list[tuple[str, str]]:
    """Who is asked, and how it is counted."""
    chambers = question.chambers or electors.chambers_of(question.round.procedure)
    persons = Chamber.PERSONS in chambers
    return [
        (_("How it is decided"), method(question)),
        (_("Organisations"), _("One vote each, open: public with its reason after the close.")),
        (
            _("People"),
            _("One vote each, in secret, with a check code.") if persons else "",
        ),
        (
            _("How it is counted"),
            _("Both side by side, never added up. Where they differ, the city answers both.")
            if persons
            else "",
        ),
        (_("Before the close"), _("Nobody sees how votes stand, the operators neither.")),
        (
            _("When few take part"),
            _("The vote counts all the same and is marked as a mood only."),
        ),
    ]


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


def chosen(question: Question, content: dict[str, Any]) -> list[str]:
    """A ballot in words, a line each (needs `options`)."""
    if question.method != "approval":
        return [str(CHOICES[content["choice"]])]
    titles = {option.id: option.title for option in question.options}
    ticked = [titles[option] for option in content["approved"] if option in titles]
    return ticked or [_("None of these (blank vote)")]


def rows(question: Question, table: dict[str, Any]) -> list[dict[str, Any]]:
    """A chamber's table as components/results.html wants it, best first."""
    ballots = table["details"]["ballots"]
    labels = _labels(question.options, question.method)
    if question.method == "approval":
        order = [str(option) for rank in table["order"] for option in rank]
        winners = {str(option) for option in table["winners"]}
    else:
        order, winners = list(CHOICES), set()
    return [
        {
            "label": labels[option],
            "count": table["counts"][option],
            "share": table["counts"][option] / ballots if ballots else 0.0,
            "winner": option in winners,
        }
        for option in order
    ]


def _labels(options: list[Option], method: str) -> dict[str, str]:
    if method == "approval":
        return {str(option.id): option.title for option in options}
    return {choice: str(words) for choice, words in CHOICES.items()}


def differences(question: Question, result: dict[str, Any]) -> list[str]:
    """Where the chambers think otherwise, a sentence each."""
    comparison = result["comparison"]
    if comparison is None or comparison["verdict"] != "differ":
        return []
    labels = _labels(question.options, question.method)
    apart = sorted(comparison["apart"].items(), key=lambda one: -float(one[1]))
    far = [
        _(
            "%(option)s: %(points)s points apart",
            option=_apart(labels[option]),
            points=number(round(float(points))),
        )
        for option, points in apart[:MOST_TOLD]
        if float(points) >= FAR_APART
    ]
    if not comparison["other_winner"]:
        return far
    return [_only_one_chose(result, labels), *far]


def _only_one_chose(result: dict[str, Any], labels: dict[str, str]) -> str:
    first, second = (
        [_apart(labels[str(w)]) for w in one["table"]["winners"]] for one in result["chambers"]
    )
    return _(
        "Organisations chose: %(first)s. People chose: %(second)s.",
        first=", ".join(first) or "–",
        second=", ".join(second) or "–",
    )


def _apart(title: str) -> str:
    """A title between words of another direction, in plain text."""
    return f"\u2068{title}\u2069"
