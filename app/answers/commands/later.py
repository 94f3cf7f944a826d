"""Changing a published answer: a new version with a reason. The old ones stay to be read."""

from datetime import date

from flask_babel import lazy_gettext as _

from app.answers import queries
from app.answers.commands.inside import write_note
from app.answers.commands.plan_text import PlanText
from app.answers.commands.preparing import (
    Overtaken,
    check,
    fact,
    into_the_plan,
    keep_version,
    tell_corrected,
)
from app.answers.events import AnswerChanged, CorrectionRefused
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

    It takes the place of one that was refused. What an answer has brought into the plan stays
    there. Raises Overtaken, Conflict and Invalid.
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
    if not why:
        raise Invalid(_("Please give a reason."))
    new = _taken_up(answer) or AnswerVersion(
        answer_id=answer.id, number=_keep_first(answer) + 1, edition=1
    )
    new.outcome, new.reason, new.easy, new.why = outcome, reason, easy, why
    new.to_organisations = to_organisations if answer.to_chambers else ""
    new.to_persons = to_persons if answer.to_chambers else ""
    new.deferred_until = deferred_until if outcome is Outcome.DEFERRED else None
    new.measure_id = (answer.measure_id or measure_id) if changes else None
    into_plan = changes and answer.measure_id is None
    new.plan_text = (text or PlanText()).to_json() if into_plan else {}
    new.by_id, new.at = by.person_id, clock.now()
    check(new, answer, into_plan=into_plan)
    db.session.add(new)
    db.session.flush()
    waits = answer.unit.second_person
    tell_corrected(answer, new, by, waits=waits)
    if not waits:
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
    if version.refusal_id is not None:
        raise Conflict(_("This change was refused. It has to be taken up again first."))
    if edition is not None and edition != version.edition:
        raise Overtaken
    if by.person_id == version.by_id:
        raise Conflict(_("Somebody else has to approve what you wrote last."))
    version.approved_by_id = by.person_id
    _apply(answer, version, by)


def refuse_correction(
    answer: Answer, version: AnswerVersion, why: str, *, edition: int, by: Actor
) -> None:
    """A second person does not agree to the edition that was read, and says why to the unit alone.

    Who wrote it can take it up again. Raises Overtaken and Conflict.
    """
    if edition != version.edition:
        raise Overtaken
    if by.person_id == version.by_id:
        raise Conflict(_("Somebody else decides about what you wrote last."))
    version.refusal_id = write_note(answer, why, by=by).id
    emit(
        fact(
            CorrectionRefused,
            answer,
            answer.proposal,
            by,
            version=version.number,
            edition=version.edition,
        )
    )


def _taken_up(answer: Answer) -> AnswerVersion | None:
    """What was refused, as an edition of its own."""
    refused = queries.refused(answer.id)
    if refused is not None:
        refused.refusal_id = None
        refused.edition += 1
    return refused


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
