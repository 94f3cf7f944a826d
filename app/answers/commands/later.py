"""Changing a published answer: a new version with a reason. The old ones stay to be read."""

from datetime import date

from flask_babel import lazy_gettext as _

from app.answers import queries
from app.answers.commands.plan_text import PlanText
from app.answers.commands.preparing import (
    Overtaken,
    check,
    fact,
    into_the_plan,
    keep_version,
)
from app.answers.events import AnswerChanged, AnswerCorrected
from app.answers.models import Answer, AnswerVersion
from app.answers.states import CHANGES_THE_PLAN, AnswerState, Outcome
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor


def correct(
    answer: Answer,
    outcome: Outcome,
    reason: str,
    *,
    why: str,
    edition: int,
    deferred_until: date | None = None,
    measure_id: int | None = None,
    text: PlanText | None = None,
    to_organisations: str = "",
    to_persons: str = "",
    easy: str = "",
    by: Actor,
) -> AnswerVersion:
    """Say something else, `why` is public. Where the unit wants a second person it waits for one.

    What an answer has brought into the plan stays there. Raises Overtaken, Conflict and Invalid.
    """
    if answer.state is not AnswerState.PUBLISHED:
        raise Conflict(_("This answer is not published yet."))
    if edition != answer.edition:
        raise Overtaken
    if queries.waiting(answer.id) is not None:
        raise Conflict(_("A change of this answer waits for a second person already."))
    changes = outcome in CHANGES_THE_PLAN
    if answer.measure_id is not None and not changes:
        raise Invalid(_("It is in the plan already. The outcome has to be one that says so."))
    new = AnswerVersion(
        answer_id=answer.id,
        number=_keep_first(answer) + 1,
        outcome=outcome,
        reason=reason,
        easy=easy,
        to_organisations=to_organisations if answer.to_chambers else "",
        to_persons=to_persons if answer.to_chambers else "",
        deferred_until=deferred_until if outcome is Outcome.DEFERRED else None,
        measure_id=(answer.measure_id or measure_id) if changes else None,
        plan_text=(text or PlanText()).to_json() if changes and answer.measure_id is None else {},
        why=why,
        by_id=by.person_id,
        at=clock.now(),
    )
    if not why:
        raise Invalid(_("Please give a reason."))
    check(new, answer, into_plan=_adopts(answer, new))
    db.session.add(new)
    db.session.flush()
    emit(fact(AnswerCorrected, answer, answer.proposal, by, version=new.number))
    if not answer.unit.second_person:
        _apply(answer, new, by)
    return new


def approve_correction(
    answer: Answer, version: AnswerVersion, *, edition: int | None = None, by: Actor
) -> None:
    """A second person agrees: everybody reads the new version. Twice is once.

    `edition` is the one that was read: its place in the plan may have been chosen anew since.
    Raises Overtaken, and PlaceGone where it has to be.
    """
    if version.published_at is not None:
        return
    if edition is not None and edition != version.edition:
        raise Overtaken
    if by.person_id == version.by_id:
        raise Conflict(_("Somebody else has to approve what you wrote last."))
    version.approved_by_id = by.person_id
    _apply(answer, version, by)


def _keep_first(answer: Answer) -> int:
    """The number of the newest version; what was published before there were any is the first."""
    known = queries.versions(answer.id)
    return known[0].number if known else keep_version(answer).number


def _adopts(answer: Answer, new: AnswerVersion) -> bool:
    """Whether it brings something into the plan that the answer had not brought there before."""
    return new.outcome in CHANGES_THE_PLAN and answer.measure_id is None


def _apply(answer: Answer, new: AnswerVersion, by: Actor) -> None:
    """Public from now on, and with it what it newly brings into the plan."""
    if _adopts(answer, new):  # first: an answer that says so needs its measure
        answer.measure_id, answer.plan_text = new.measure_id, new.plan_text
        answer.measure_id = new.measure_id = into_the_plan(answer, by).id
    answer.outcome, answer.reason, answer.easy = new.outcome, new.reason, new.easy
    answer.to_organisations, answer.to_persons = new.to_organisations, new.to_persons
    answer.deferred_until = new.deferred_until
    answer.edition += 1
    new.published_at = clock.now()
    db.session.flush()
    emit(
        fact(
            AnswerChanged,
            answer,
            answer.proposal,
            by,
            outcome=new.outcome,
            measure_id=answer.measure_id,
            version=new.number,
        )
    )
