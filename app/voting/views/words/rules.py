"""Who is asked and by which rules, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.web.context import localdatetime, number
from app.rounds.models import Round
from app.voting.commands import Draft, draft_of
from app.voting.commands.drafts import asked_chambers
from app.voting.models import Question
from app.voting.queries import electors
from app.voting.states import Chamber, Together
from app.voting.views.words.base import CHAMBERS, apart, titles
from app.voting.views.words.by_method import BY_METHOD

SEEN_BY = {
    Chamber.ORGANISATIONS: _l("As an organisation sees it"),
    Chamber.PERSONS: _l("As a person sees it"),
}


def asked(question: Question) -> list[Chamber]:
    """Who is asked, or would be if the draft were published now."""
    named = electors.chambers_of(question.round.procedure)
    return question.chambers or asked_chambers(draft_of(question).chambers, named)


def rules(question: Question) -> list[tuple[str, str]]:
    """Who is asked, and how it is counted; empty words are left out by the page."""
    chambers = asked(question)
    persons, bodies = Chamber.PERSONS in chambers, Chamber.ORGANISATIONS in chambers
    draft = draft_of(question)
    return [
        (_("How it is decided"), BY_METHOD[question.method].sentence(question)),
        (_("Why this method?"), draft.reason),
        (
            _("Organisations"),
            _("One vote each, open: public with its reason after the close.") if bodies else "",
        ),
        (
            _("People"),
            _("One vote each, in secret, with a check code.") if persons else "",
        ),
        (_("How it is counted"), together(draft) if persons and bodies else ""),
        (_("If two are equal"), " ".join([*_tie(draft, chambers), *_lot(draft)])),
        (_("Before the close"), _("Nobody sees how votes stand, the operators neither.")),
        (
            _("When few take part"),
            " ".join(
                [
                    *_quorums(draft),
                    _("The vote counts all the same and is marked as a mood only."),
                ]
            ),
        ),
    ]


def together(draft: Draft) -> str:
    """How the chambers are counted."""
    if draft.together is Together.DOUBLE_MAJORITY:
        return _(
            "By double majority, named beforehand: only what wins among both counts. Both stand "
            "side by side too."
        )
    if draft.together is Together.WEIGHTED:
        return _(
            "By weights named beforehand: each group counts as one, then organisations "
            "%(organisations)s and people %(persons)s. Both stand side by side too.",
            organisations=number(draft.weights[Chamber.ORGANISATIONS]),
            persons=number(draft.weights[Chamber.PERSONS]),
        )
    if draft.amendment_id is not None:
        return _(
            "Both side by side, never added up. Where they differ, those who made the proposal "
            "decide and say why."
        )
    return _("Both side by side, never added up. Where they differ, the city answers both.")


def _tie(draft: Draft, chambers: list[Chamber]) -> list[str]:
    """What decides before a lot would; other methods say it in their own sentence."""
    if draft.method == "equal-shares":
        return [_("What costs less goes first, then what has more votes.")]
    if draft.method == "approval" and len(chambers) > 1:
        return [
            _(
                "For the last place among people the votes of organisations decide. If those are "
                "equal too, all of them are in."
            )
        ]
    return [_("For the last place all of them are in.")] if draft.method == "approval" else []


def _lot(draft: Draft) -> list[str]:
    if draft.draw and draft.draw_at is not None:
        return [
            _(
                "Then a lot decides. It follows from a public draw, named beforehand: %(draw)s, "
                "published on %(moment)s.",
                draw=apart(draft.draw),
                moment=localdatetime(draft.draw_at),
            )
        ]
    if draft.method == "equal-shares":
        return [_("Then what stands first in the list of the question.")]
    return []


def _quorums(draft: Draft) -> list[str]:
    """Those that this question has set."""
    return [
        _("Quorum of %(chamber)s: %(num)s.", chamber=CHAMBERS[chamber], num=number(least))
        for chamber, least in draft.quorum.items()
    ]


def secrecy(round_: Round) -> str:
    """Who votes openly and who in secret, as the procedure says."""
    if Chamber.PERSONS not in electors.chambers_of(round_.procedure):
        return _("By the procedure of this round only organisations vote, openly.")
    return _(
        "By the procedure of this round organisations vote openly and people in secret, each with "
        "a check code. That cannot be changed for a single question."
    )


def joint(question: Question, result: dict[str, Any]) -> dict[str, Any] | None:
    """What follows by the joint rule; `winners` is None where a chamber stays sealed."""
    found = result.get("together")
    if found is None:
        return None
    labels = BY_METHOD[question.method].labels(question)
    winners = found["winners"]
    return {
        "rule": together(draft_of(question)),
        "winners": None if winners is None else [labels[str(winner)] for winner in winners],
    }


def drawn(question: Question, result: dict[str, Any]) -> dict[str, Any] | None:
    """The draw that was named, what was drawn, and the options in the lot's order."""
    found = result.get("lot")
    if found is None or question.lot is None:
        return None
    named = titles(question)
    return {
        "named": question.lot["draw"],
        "draw": found["draw"],
        "order": [named[str(option)] for option in found["order"]],
    }
