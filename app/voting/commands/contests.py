"""Objections to the method of a question: seven days from its publication on (voting.md)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.languages import locale_of
from app.core.policy import SYSTEM, Actor
from app.rounds.models import RoundKind
from app.rounds.states import Activity
from app.voting.commands.drafts import (
    DRAWS_LOTS,
    STATUS_QUO,
    Draft,
    Problem,
    draft_of,
    problems,
)
from app.voting.commands.locking import fact, locked
from app.voting.commands.opening import open_if_time
from app.voting.events import (
    MethodObjected,
    MethodObjectionTakenBack,
    ObjectionsBegun,
    ObjectionsEnded,
)
from app.voting.methods.chambers import CAN_BE_WEIGHTED
from app.voting.methods.outcome import OFFERED
from app.voting.models import MethodObjection, ObjectionPeriod, Question
from app.voting.queries import contests, electors
from app.voting.states import CONTEST, Contest, QuestionState, Tie, Together

OBJECTION_DAYS = 7


def with_method(question: Question, method: str) -> Draft:
    """The same question by another method: what only the old one needed is left out.

    That nothing changes is said in the first language of the round, where the new one needs it.
    """
    draft = draft_of(question)
    with force_locale(locale_of((question.round.procedure.languages or ["de"])[0])):
        nothing = _("Nothing changes")
    chosen = len(draft.proposal_ids) + len(draft.variants)
    weighted = draft.together is Together.WEIGHTED and method not in CAN_BE_WEIGHTED
    lots = method in DRAWS_LOTS
    return replace(
        draft,
        method=method,
        reason="",
        seats=max(1, min(draft.seats, chosen - 1)) if method == "approval" else 1,
        status_quo=(draft.status_quo or nothing) if method in STATUS_QUO else "",
        together=Together.SIDE_BY_SIDE if weighted else draft.together,
        weights={} if weighted else draft.weights,
        tie=draft.tie if lots else Tie.EQUAL,
        draw=draft.draw if lots else "",
        draw_at=draft.draw_at if lots else None,
    )


def alternatives(question: Question) -> list[str]:
    """The other methods by which the question could be put as it is (needs `options`, `round`)."""
    named = question.chambers or electors.chambers_of(question.round.procedure)
    window = question.round.window(Activity.VOTE)
    closes_at = window.closes_at if window is not None else None
    return [
        method
        for method in OFFERED
        if method != question.method
        and not problems(with_method(question, method), named, closes_at)
    ]


def can_be_contested(question: Question) -> bool:
    """Outside method rounds, and where another method would fit.

    Not a vote that decides about a method itself, nor one about an amendment, which the rules of
    amendments put to the vote. Once settled by a vote it stays.
    """
    settled = question.period is not None and question.period.state is Contest.SETTLED
    return (
        question.round.kind is not RoundKind.METHOD
        and question.about_method_of is None
        and question.amendment_id is None
        and not settled
        and bool(alternatives(question))
    )


def contest_problems(question: Question) -> Iterator[Problem]:
    """What keeps a draft from being published because of its method."""
    period, window = question.period, question.round.window(Activity.VOTE)
    if period is not None and period.method and question.method != period.method:
        yield (
            "method",
            _l("The vote about the method has decided for another one. Please choose that one."),
        )
    ends_at = clock.now() + timedelta(days=OBJECTION_DAYS)
    if window is not None and window.closes_at <= ends_at and can_be_contested(question):
        yield (
            "method",
            _l(
                "One can object to the method for seven days, and the vote opens after that. It "
                "closes earlier: please move its end first."
            ),
        )


def begin_objections(question: Question, *, by: Actor) -> None:
    """With the publication. What was objected to the same method before still counts."""
    for _field, message in contest_problems(question):
        raise Invalid(message)
    if not can_be_contested(question):
        return
    ends_at = clock.now() + timedelta(days=OBJECTION_DAYS)
    if question.period is None:
        question.period = ObjectionPeriod(state=Contest.RUNNING, ends_at=ends_at, methods=[])
    else:
        period = question.period
        period.state, period.ends_at = CONTEST.after(period.state, "begin-again"), ends_at
        period.ended_at = period.organisations = period.organisations_needed = None
        period.persons = period.persons_needed = None
    db.session.flush()
    emit(fact(ObjectionsBegun, question, by))


def object_to_method(
    question: Question, instead: str, *, reason: str = "", by: Actor
) -> MethodObjection:
    """For oneself or for the organisation the actor speaks for; a later one takes its place."""
    _still_running(question)
    if instead not in alternatives(question):
        raise Invalid(_l("Please choose a method that fits this question."))
    if by.organisation_id is not None and not reason.strip():
        raise Invalid(_l("Please say why: everybody reads it."))
    reason = reason.strip() if by.organisation_id is not None else ""
    known = contests.objection(question, by)
    if known is None:
        known = MethodObjection(
            question_id=question.id,
            against=question.method,
            organisation_id=by.organisation_id,
            person_id=by.person_id,
        )
        db.session.add(known)
    elif known.withdrawn_at is None and (known.instead, known.reason) == (instead, reason):
        return known
    known.instead, known.reason, known.withdrawn_at = instead, reason, None
    known.at, known.person_id = clock.now(), by.person_id or 0
    db.session.flush()
    emit(fact(MethodObjected, question, by, instead=instead))
    return known


def take_objection_back(question: Question, *, by: Actor) -> None:
    """It does not count any more. Twice is once."""
    _still_running(question)
    known = contests.objection(question, by)
    if known is None or known.withdrawn_at is not None:
        return
    known.withdrawn_at = clock.now()
    db.session.flush()
    emit(fact(MethodObjectionTakenBack, question, by))


def _still_running(question: Question) -> None:
    """The clock is read after the lock: what ends at this instant accepts nothing any more."""
    locked(question)
    period = question.period
    if (
        period is None
        or period.state is not Contest.RUNNING
        or question.state is not QuestionState.PUBLISHED
        or clock.now() >= period.ends_at
    ):
        raise Conflict(_l("The time for objections to the method is over."))


def objections_are_due(question: Question) -> bool:
    """Whether its days for objections are over and nobody has counted them yet."""
    period = question.period
    return (
        period is not None
        and period.state is Contest.RUNNING
        and question.state is QuestionState.PUBLISHED
        and clock.now() >= period.ends_at
    )


def end_objections(question: Question) -> None:
    """Count them, once; where too few have objected the vote opens when its time comes."""
    locked(question)
    period = question.period
    if period is None or not objections_are_due(question):
        return
    found = contests.standing(question)
    period.state = CONTEST.after(period.state, "contest" if found.enough else "pass")
    period.ended_at = clock.now()
    period.organisations = found.organisations
    period.organisations_needed = found.organisations_needed
    period.persons, period.persons_needed = found.persons, found.persons_needed
    db.session.flush()
    emit(
        fact(
            ObjectionsEnded,
            question,
            SYSTEM,
            contested=found.enough,
            organisations=found.organisations,
            persons=found.persons or 0,
        )
    )
    open_if_time(question)
