"""What was published while people voted, and who has counted the sealed ballots again."""

from datetime import date

from sqlalchemy import exists, select

from app.accounts.models import Person
from app.core.db import db
from app.organisations.models import Mandate, MandateRole, Organisation
from app.organisations.states import OrganisationState
from app.rounds.models import Accreditation, AccreditationState
from app.voting.models import Progress, PublishedHead, Question, SealedRecount
from app.voting.states import Chamber, QuestionState

RUNNING = (QuestionState.OPEN, QuestionState.CLOSED)


def heads(question_id: int) -> list[PublishedHead]:
    """The head of the chain on each day, the first day first."""
    return list(
        db.session.scalars(
            select(PublishedHead)
            .where(PublishedHead.question_id == question_id)
            .order_by(PublishedHead.day)
        )
    )


def head_of(question_id: int, day: date) -> PublishedHead | None:
    return db.session.scalar(
        select(PublishedHead).where(
            PublishedHead.question_id == question_id, PublishedHead.day == day
        )
    )


def partners(dialogue_id: int) -> list[Person]:
    """Who represents an organisation that takes part in the dialogue and can be written to."""
    represents = (
        select(Mandate.person_id)
        .join(Accreditation, Accreditation.organisation_id == Mandate.organisation_id)
        .join(Organisation, Organisation.id == Mandate.organisation_id)
        .where(
            Accreditation.dialogue_id == dialogue_id,
            Accreditation.state == AccreditationState.ACCREDITED,
            Organisation.state == OrganisationState.VERIFIED,
            Mandate.role == MandateRole.REPRESENTATIVE,
            Mandate.in_force(),
        )
    )
    reachable = Person.email.is_not(None), Person.deleted_at.is_(None)
    return list(
        db.session.scalars(
            select(Person).where(Person.id.in_(represents), *reachable).order_by(Person.id)
        )
    )


def without_head(day: date) -> list[Question]:
    """Questions with secret votes, open or not counted yet, without a head of the day; in order."""
    known = exists().where(PublishedHead.question_id == Question.id, PublishedHead.day == day)
    found = db.session.scalars(
        select(Question)
        .where(Question.state.in_(RUNNING), Question.persons_secret, ~known)
        .order_by(Question.id)
        .with_for_update(of=Question)
    )
    return [question for question in found if Chamber.PERSONS in question.chambers]


def progress(question_id: int) -> Progress | None:
    """How far the count is, if it takes long."""
    return db.session.get(Progress, question_id, populate_existing=True)


def sealed_recounts(question_id: int) -> list[SealedRecount]:
    """In the order in which they took place."""
    return list(
        db.session.scalars(
            select(SealedRecount)
            .where(SealedRecount.question_id == question_id)
            .order_by(SealedRecount.id)
        )
    )


def sealed_recount(id: int) -> SealedRecount | None:
    return db.session.get(SealedRecount, id, populate_existing=True)
