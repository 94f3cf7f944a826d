"""Answers, and what becomes of the plan."""

from app.answers import queries as answers
from app.answers.events import (
    AnswerChanged,
    AnswerCorrected,
    AnswerPublished,
    CorrectionRefused,
)
from app.core.db import db
from app.core.events import on
from app.notifications import commands, queries
from app.notifications.handlers.people import writer
from app.notifications.states import Kind
from app.organisations import queries as organisations
from app.plan.events import CausesNamed, MeasureChanged, MilestoneDone
from app.proposals.models import Proposal
from app.trace import queries as trace


@on(AnswerPublished, AnswerChanged)
def answered(event: AnswerPublished | AnswerChanged) -> None:
    """Whoever made the proposal, took part in it or follows it: many of them by a job."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None:
        return
    supporters, organisations_ = queries.supporters(event.proposal_id)
    if proposal.organisation_id is not None:
        organisations_.append(proposal.organisation_id)
    kind, key = Kind.ANSWERED, f"{Kind.ANSWERED}:{event.answer_id}"
    if isinstance(event, AnswerChanged):
        kind = Kind.ANSWER_CHANGED
        key = f"{kind}:{event.answer_id}:{event.version}"
    commands.tell(
        kind,
        event.proposal_id,
        key,
        people=[
            *writer(proposal.author_id, proposal.organisation_id),
            *queries.wrote_about([event.proposal_id]),
            *supporters,
            *queries.speakers(organisations_),
        ],
        following=(event.proposal_id,),
        but=event.by.person_id,
    )


@on(AnswerCorrected)
def correction_waits(event: AnswerCorrected) -> None:
    """Whoever else of the unit can agree to it, once for each edition."""
    if event.waits:
        commands.tell(
            Kind.CORRECTION_WAITS,
            event.answer_id,
            f"{Kind.CORRECTION_WAITS}:{event.answer_id}:{event.version}:{event.edition}",
            people=[person.id for person in organisations.unit_people(event.unit_id)],
            but=event.by.person_id,
        )


@on(CorrectionRefused)
def correction_refused(event: CorrectionRefused) -> None:
    """Who wrote it."""
    refused = answers.refused(event.answer_id)
    if refused is not None and refused.by_id is not None:
        commands.tell(
            Kind.CORRECTION_REFUSED,
            event.answer_id,
            f"{Kind.CORRECTION_REFUSED}:{event.answer_id}:{event.version}:{event.edition}",
            people=[refused.by_id],
        )


@on(MeasureChanged)
def measure_changed(event: MeasureChanged) -> None:
    """Whoever follows the measure, once for each version of it."""
    commands.tell(
        Kind.MEASURE_CHANGED,
        event.measure_id,
        f"{Kind.MEASURE_CHANGED}:{event.measure_id}:{event.version}",
        following=(event.measure_id,),
        but=event.by.person_id,
    )


@on(CausesNamed)
def in_the_plan(event: CausesNamed) -> None:
    """Whose words led to a sentence of the plan: once for each of their contributions."""
    for cause_id in event.added:
        commands.tell(
            Kind.IN_THE_PLAN,
            event.paragraph_id or event.measure_id,
            f"{Kind.IN_THE_PLAN}:{event.measure_id}:{cause_id}",
            people=queries.wrote([cause_id]),
            following=(cause_id,),
            but=event.by.person_id,
        )


@on(MilestoneDone)
def milestone_done(event: MilestoneDone) -> None:
    """Everybody on the path to the measure, and whoever follows it: once."""
    ids = trace.proposals_behind(event.measure_id)
    commands.tell(
        Kind.MILESTONE_REACHED,
        event.measure_id,
        f"{Kind.MILESTONE_REACHED}:{event.milestone_id}",
        people=[
            *queries.made(ids),
            *queries.wrote_about(ids),
            *queries.wrote(trace.causes_of_sentences(event.measure_id)),
        ],
        following=(event.measure_id, *ids),
        but=event.by.person_id,
    )
