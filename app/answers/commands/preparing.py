"""Naming who answers, preparing an answer, publishing it together with what it changes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.answers import queries
from app.answers.commands.plan_text import PlanText, woven
from app.answers.events import (
    AnswerCorrected,
    AnswerEvent,
    AnswerOwed,
    AnswerPrepared,
    AnswerPublished,
)
from app.answers.models import Answer, AnswerVersion
from app.answers.states import ANSWER, CHANGES_THE_PLAN, AnswerState, Outcome
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.events import emit
from app.core.policy import Actor
from app.organisations.models import Unit
from app.plan import commands as plan
from app.plan import queries as plans
from app.plan.models import Measure, MeasureState
from app.proposals import commands as proposals
from app.proposals.models import Proposal
from app.proposals.states import NEEDS_ANSWER
from app.rounds.models import Round


class Overtaken(Conflict):
    """Somebody of the unit saved a newer answer since this one was opened."""

    default = _(
        "In the meantime somebody else saved this answer. Your text is kept below: "
        "please compare the two."
    )


E = TypeVar("E", bound=AnswerEvent)


def owe(proposal: Proposal, unit: Unit, due_on: date, *, by: Actor) -> Answer:
    """Name the unit that answers. Named again, another unit takes over what is prepared."""
    if not queries.is_needed(proposal):
        raise Conflict(_("One of the proposals needs no answer any more."))
    if unit.ended_at is not None:
        raise Conflict(_("This unit does not exist any more."))
    answer = queries.owed_by_proposals([proposal.id]).get(proposal.id)
    if answer is not None and answer.state is AnswerState.PUBLISHED:
        raise Conflict(_("One of the proposals is answered already."))
    if answer is not None and answer.unit_id == unit.id:
        return answer
    if answer is None:
        differ = queries.chambers_differed([proposal.id])
        answer = Answer(proposal_id=proposal.id, due_on=due_on, to_chambers=bool(differ))
        db.session.add(answer)
    answer.unit_id = unit.id
    db.session.flush()
    emit(fact(AnswerOwed, answer, proposal, by))
    return answer


def prepare(
    answer: Answer,
    outcome: Outcome,
    reason: str,
    *,
    edition: int,
    deferred_until: date | None = None,
    measure_id: int | None = None,
    text: PlanText | None = None,
    to_organisations: str = "",
    to_persons: str = "",
    easy: str = "",
    by: Actor,
) -> None:
    """Keep an answer that is not public yet. `edition` is the one it was written on.

    Where the outcome changes the plan, `measure_id` is the measure to change; None makes a new
    one of `text`. Raises Overtaken.
    """
    if answer.state is AnswerState.PUBLISHED:
        raise Conflict(_("This answer is published already."))
    if edition != answer.edition:
        raise Overtaken
    changes = outcome in CHANGES_THE_PLAN
    answer.outcome = outcome
    answer.reason = reason
    answer.easy = easy
    answer.second_wanted = answer.second_wanted or answer.unit.second_person
    answer.to_organisations = to_organisations if answer.to_chambers else ""
    answer.to_persons = to_persons if answer.to_chambers else ""
    answer.deferred_until = deferred_until if outcome is Outcome.DEFERRED else None
    text = _where_it_was(answer, measure_id, text or PlanText())
    answer.measure_id = measure_id if changes else None
    answer.plan_text = text.to_json() if changes else {}
    answer.by_id = by.person_id
    answer.edition += 1
    check_answer(answer)
    emit(fact(AnswerPrepared, answer, answer.proposal, by, edition=answer.edition))


def _where_it_was(answer: Answer, measure_id: int | None, text: PlanText) -> PlanText:
    """The place that was chosen stays, as long as the measure is the same."""
    known = PlanText.from_json(answer.plan_text or {})
    if measure_id is None or measure_id != answer.measure_id or known.at_id is None:
        return text
    return replace(text, at_id=known.at_id, instead=known.instead)


def check_answer(answer: Answer) -> None:
    """Whether it could be published as it is; raises Invalid."""
    check(answer, answer, into_plan=answer.outcome in CHANGES_THE_PLAN)


def check(said: Answer | AnswerVersion, answer: Answer, *, into_plan: bool) -> None:
    """Whether that could be said as this answer, the first time or later; raises Invalid."""
    if said.outcome is None or not said.reason:
        raise Invalid(_("An answer needs an outcome and a reason."))
    if answer.to_chambers and not (said.to_organisations and said.to_persons):
        raise Invalid(_("Organisations and people differed: each is owed an answer of its own."))
    if queries.promises_easy(answer) and not said.easy:
        raise Invalid(_("This round promises Leichte Sprache. Please write the answer in it too."))
    if said.outcome is Outcome.DEFERRED and said.deferred_until is None:
        raise Invalid(_("Please say until when it is deferred."))
    if not into_plan:
        return
    text = PlanText.from_json(said.plan_text)
    if said.measure_id is None and not (text.title and text.field_ids):
        raise Invalid(_("A new measure needs a title and a field of action."))


def publish(answer: Answer, *, edition: int | None = None, by: Actor) -> None:
    """Make the answer public, and with it what it changes in the plan. Twice is once.

    `edition` is the one that was previewed; raises Overtaken (`answer` is locked).
    """
    if answer.state is AnswerState.PUBLISHED:
        return
    if edition is not None and edition != answer.edition:
        raise Overtaken
    if queries.waits_for_second(answer):
        raise Conflict(_("A second person of the unit has to approve this answer first."))
    check_answer(answer)
    outcome = answer.outcome
    assert outcome is not None  # noqa: S101 — checked above
    proposal = answer.proposal
    if not queries.is_needed(proposal):
        raise Conflict(_("This proposal needs no answer now."))
    if outcome in CHANGES_THE_PLAN:
        answer.measure_id = into_the_plan(answer, by).id
    answer.state = ANSWER.after(answer.state, "publish")
    answer.published_at = clock.now()
    answer.by_id = by.person_id
    if proposal.state in NEEDS_ANSWER:
        proposals.decide(proposal, by=by)
    keep_version(answer)
    emit(fact(AnswerPublished, answer, proposal, by, outcome=outcome, measure_id=answer.measure_id))


def keep_version(answer: Answer) -> AnswerVersion:
    """The first version: what the answer says when it is published."""
    first = AnswerVersion(
        answer_id=answer.id,
        number=1,
        outcome=answer.outcome,
        reason=answer.reason,
        easy=answer.easy,
        to_organisations=answer.to_organisations,
        to_persons=answer.to_persons,
        deferred_until=answer.deferred_until,
        measure_id=answer.measure_id,
        plan_text=answer.plan_text,
        by_id=answer.by_id,
        approved_by_id=answer.approved_by_id,
        at=answer.published_at,
        published_at=answer.published_at,
    )
    db.session.add(first)
    db.session.flush()
    return first


def tell_corrected(answer: Answer, version: AnswerVersion, by: Actor, *, waits: bool) -> None:
    """This edition of a new version is there."""
    emit(
        fact(
            AnswerCorrected,
            answer,
            answer.proposal,
            by,
            version=version.number,
            edition=version.edition,
            waits=waits,
        )
    )


def into_the_plan(answer: Answer, by: Actor) -> Measure:
    """Create the measure, or add to the chosen one, because of the proposal."""
    text = PlanText.from_json(answer.plan_text)
    reason = gettext("Because of the proposal “%(title)s”", title=answer.proposal.title)
    if answer.measure_id is not None:
        return _added(answer, text, reason, by)
    return plan.create_measure(
        answer.proposal.round.dialogue.plan,
        title=text.title,
        description=text.description,
        unit_id=answer.unit_id,
        districts=text.districts,
        field_ids=text.field_ids,
        predecessor_id=text.predecessor_id,
        language=answer.proposal.language,
        reason=reason,
        because=[answer.proposal_id, *text.because_ids],
        by=by,
    )


def _added(answer: Answer, text: PlanText, reason: str, by: Actor) -> Measure:
    """The text comes to its place. Locked first: nothing written meanwhile is lost."""
    measure_id = answer.measure_id or 0
    db.session.execute(select(Measure.id).where(Measure.id == measure_id).with_for_update())
    measure = plans.measure(measure_id)
    if measure is None or measure.state is MeasureState.COMPLETED:
        raise Conflict(_("The chosen measure is completed. Please choose another."))
    if text.description:
        description = woven(measure, text)
        because = [answer.proposal_id, *text.because_ids]
        plan.change_measure(measure, description=description, reason=reason, because=because, by=by)
    return measure


def owe_to_each_chamber(proposal_ids: Iterable[int]) -> None:
    """Organisations and people differed about these: what is not published yet answers each."""
    for answer in queries.owed_by_proposals(proposal_ids).values():
        if answer.state is not AnswerState.PUBLISHED:
            answer.to_chambers = True


def due_again(round_: Round) -> None:
    """The round's closing has moved: what is owed is due so many days after it."""
    due = queries.due_on(round_)
    for answer in queries.unpublished_in(round_.id):
        answer.due_on = due


def fact(kind: type[E], answer: Answer, proposal: Proposal, by: Actor, **more: Any) -> E:
    return kind(
        by=by,
        answer_id=answer.id,
        proposal_id=proposal.id,
        round_id=proposal.round_id,
        unit_id=answer.unit_id,
        **more,
    )
