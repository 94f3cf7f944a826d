"""What a round needs before it opens or is archived, and which dates contradict each other."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from app.core import clock
from app.core.languages import LANGUAGES
from app.rounds.models import Procedure, Round, RoundKind, Window
from app.rounds.queries.method import waits_for_method
from app.rounds.queries.window import rough_windows
from app.rounds.states import Activity, RoundState


class Check(NamedTuple):
    """One line of a checklist. Where it has a `refusal`, the next step waits for it."""

    sentence: LazyString
    done: bool
    refusal: LazyString | None = None


def before_opening(round_: Round) -> list[Check]:
    """What has to be there to announce or open a round, then what should (needs `dialogue` and
    `windows`).
    """
    rough = rough_windows(round_.id) if round_.announced_at is None else {}
    rules = round_.procedure
    needed = [
        Check(
            _("The dialogue is public."),
            round_.dialogue.published_at is not None,
            _("The dialogue is not public yet."),
        ),
        Check(
            _("A time is set in which something can be done."),
            any(window.closes_at > clock.now() for window in round_.windows),
            _("No window is set that ends in the future: nothing could be done."),
        ),
        Check(
            _("All times are exact."),
            not rough,
            _("Some times are given in words only: the announcement needs exact dates."),
        ),
        Check(
            _("It waits for no method round."),
            not waits_for_method(round_),
            _("The method round of this dialogue has not given it its rules yet."),
        ),
    ]
    advice = [
        Check(_("The rules say what is fixed already."), rules.not_open != ""),
        Check(_("The summary says what happens in the round."), round_.summary != ""),
        Check(
            _("The platform speaks every language that is promised."),
            all(tag in LANGUAGES for tag in rules.languages),
        ),
        Check(
            _("A time is set in which the administration answers."),
            round_.window(Activity.ANSWER) is not None,
        ),
    ]
    return needed + _in_rules(rules) + advice


def _in_rules(rules: Procedure) -> list[Check]:
    return [
        Check(
            _("The rules say who decides in the end."),
            rules.who_decides != "",
            _("The procedure does not say who decides in the end."),
        ),
        Check(
            _("The rules say what is open to influence."),
            rules.open_to_influence != "",
            _("The procedure does not say what is open to influence."),
        ),
    ]


def _refusals(checks: Iterable[Check]) -> list[LazyString]:
    return [one.refusal for one in checks if one.refusal is not None and not one.done]


def missing_before_opening(round_: Round) -> list[LazyString]:
    """What a round still needs to be announced or opened (needs `dialogue` and `windows`)."""
    return _refusals(before_opening(round_))


def missing_in_rules(procedure: Procedure) -> list[LazyString]:
    """What a procedure has to say before anybody is to rely on it."""
    return _refusals(_in_rules(procedure))


def before_archiving(
    round_: Round, *, unanswered: int, unreported: int, votes_left: bool, waiting: int
) -> list[Check]:
    """The state of the round, and what higher features know of what is left to do in it."""
    return [
        Check(_("The round is closed."), round_.closed_at is not None),
        Check(_("Every proposal has its answer."), unanswered == 0),
        *(
            [Check(_("Every report is published."), unreported == 0)]
            if round_.kind is RoundKind.FOLLOW_UP
            else []
        ),
        Check(_("Every vote is counted."), not votes_left),
        Check(_("Nothing waits in the moderators' queue."), waiting == 0),
        Check(
            _("The round is marked as answered."),
            round_.state in (RoundState.ANSWERED, RoundState.ARCHIVED),
        ),
    ]


def contradictions(round_: Round, others: Iterable[Round]) -> list[LazyString]:
    """Dates that can hardly be meant: warnings, no errors. `others`: the rounds of the dialogue."""
    begins = _begins(round_)
    before = [o for o in others if o.number < round_.number and _begins(o)]
    return [sentence for sentence, wrong in _within(round_) if wrong] + [
        _(
            "This round begins before round %(number)s, “%(title)s”, does.",
            number=one.number,
            title=one.title,
        )
        for one in before
        if begins and min(begins) < min(_begins(one))
    ]


def _begins(round_: Round) -> list[datetime]:
    return [window.opens_at for window in round_.windows]


def _within(round_: Round) -> list[tuple[LazyString, bool]]:
    propose, vote = round_.window(Activity.PROPOSE), round_.window(Activity.VOTE)
    comment, answer = round_.window(Activity.COMMENT), round_.window(Activity.ANSWER)
    ends = [w.closes_at for w in round_.windows if w.activity is not Activity.ANSWER]
    return [
        (
            _("Voting begins while proposals can still be made."),
            vote is not None and propose is not None and vote.opens_at < propose.closes_at,
        ),
        (
            _("Comments end before proposals do: the last ones could not be discussed."),
            comment is not None and propose is not None and comment.closes_at < propose.closes_at,
        ),
        (
            _("The time for answers ends before everything else does."),
            answer is not None and bool(ends) and answer.closes_at < max(ends),
        ),
        (
            _("The time for answers ends after the day by which the rules promise them."),
            answer is not None and bool(ends) and _later_than_promised(round_, answer, max(ends)),
        ),
    ]


def _later_than_promised(round_: Round, answer: Window, end: datetime) -> bool:
    promised = clock.local(end).date() + timedelta(days=round_.procedure.answer_days)
    # A window that ends at midnight ends with the day before.
    return clock.local(answer.closes_at - timedelta(seconds=1)).date() > promised
