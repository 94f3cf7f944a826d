"""Where enough have objected, those who vote choose the method; what they say becomes of it."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import SYSTEM, Actor
from app.rounds import commands as rounds
from app.rounds.models import RoundKind
from app.rounds.states import Activity
from app.voting import queries
from app.voting.commands.contests import alternatives, with_method
from app.voting.commands.drafts import Draft, Variant, write
from app.voting.commands.locking import fact, locked
from app.voting.commands.opening import open_if_time
from app.voting.commands.preparing import create_question, publish_question, withdraw_question
from app.voting.events import MethodPutToVote, MethodSettled, QuestionChanged
from app.voting.models import Question
from app.voting.queries import contests
from app.voting.queries.method import winner
from app.voting.states import CONTEST, Contest, QuestionState, Together


def methods_to_choose(question: Question) -> list[str]:
    """The announced one and at most three that are wanted instead (one statement)."""
    return [question.method, *contests.wanted(question, alternatives(question))]


def put_method_to_vote(
    question: Question,
    title: str,
    summary: str,
    variants: Sequence[Variant],
    *,
    opens_at: datetime,
    closes_at: datetime,
    by: Actor,
) -> Question:
    """An approval vote in a round of its own, by the same rules and with the same voters.

    `variants` name the `methods_to_choose` in words, in their order. What is ahead among both
    organisations and people is adopted, else the announced method stays.
    """
    locked(question)
    period, methods = question.period, methods_to_choose(question)
    if period is None or question.state is not QuestionState.PUBLISHED:
        raise Conflict(_("This is not possible in its present state."))
    after = CONTEST.after(period.state, "ask")
    own = question.round.window(Activity.VOTE)
    if own is None or own.closes_at <= closes_at:
        raise Invalid(
            _(
                "The vote on the question itself closes before people have chosen its method: "
                "please move its end first."
            )
        )
    if len(methods) != len(variants):
        raise Conflict(_("Somebody else has changed this question meanwhile."))
    here = question.round
    made = rounds.create_round(
        here.dialogue,
        kind=RoundKind.VOTE,
        title=title,
        summary=summary,
        procedure=here.procedure,
        by=by,
    )
    rounds.take_rules_of(made, here)
    rounds.set_window(made, Activity.VOTE, opens_at=opens_at, closes_at=closes_at, by=by)
    rounds.announce(made, by=by)
    rounds.open_(made, by=by)
    both = len(question.chambers) > 1
    draft = Draft(
        method="approval",
        title=title,
        text=summary,
        variants=variants,
        chambers=question.chambers,
        together=Together.DOUBLE_MAJORITY if both else Together.SIDE_BY_SIDE,
    )
    vote = create_question(made, draft, by=by)
    vote.settings = {**vote.settings, "decides_method_of": question.id}
    period.state, period.vote_id, period.methods = after, vote.id, methods
    db.session.flush()
    publish_question(vote, by=by)
    emit(fact(MethodPutToVote, question, by, vote_id=vote.id, methods=tuple(methods)))
    return vote


def settle_method(question: Question, vote: Question, *, whole: bool = True) -> None:
    """The counted vote's method becomes the question's, once; the round is locked before.

    Another method than the announced one makes the question anew and publishes it. Where that
    fails (not `whole`) the draft is left to the moderators, who can only publish it by this method.
    """
    locked(question)
    period = question.period
    if period is None or period.state is not Contest.VOTING or period.vote_id != vote.id:
        return
    _says, option = winner(vote)
    method = question.method if option is None else period.methods[option.number - 1]
    changed = method != question.method
    period.state, period.method = CONTEST.after(period.state, "settle"), method
    period.settled_at = clock.now()
    db.session.flush()
    emit(fact(MethodSettled, question, SYSTEM, vote_id=vote.id, method=method, changed=changed))
    if not changed:
        open_if_time(question)
        return
    withdraw_question(question, by=SYSTEM)
    if not whole:
        return
    draft = with_method(question, method)
    question.options.clear()
    db.session.flush()
    write(question, draft, question.round.dialogue_id)
    emit(fact(QuestionChanged, question, SYSTEM))
    queries.get(question.id)
    publish_question(question, by=SYSTEM)
