"""Who may vote: frozen at the opening by one INSERT … SELECT."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, and_, cast, exists, func, insert, literal, null, or_, select

from app.accounts.models import Person
from app.core.db import Choice, db
from app.core.policy import Actor
from app.organisations.models import Organisation
from app.organisations.states import OrganisationState
from app.rounds.models import Accreditation, AccreditationState, Audience, Procedure
from app.voting.models import Elector, OpenVote, Question, Roll
from app.voting.states import Chamber, QuestionState


def chambers_of(procedure: Procedure) -> list[Chamber]:
    """Whom the procedure asks."""
    if procedure.who_votes is Audience.ORGANISATIONS:
        return [Chamber.ORGANISATIONS]
    return [Chamber.ORGANISATIONS, Chamber.PERSONS]


def eligible_persons() -> Select[tuple[int]]:
    """Everybody with an account whose address is confirmed."""
    return select(Person.id).where(
        Person.email_confirmed_at.is_not(None), Person.deleted_at.is_(None)
    )


def eligible_organisations(dialogue_id: int) -> Select[tuple[int]]:
    """Those that take part in the dialogue."""
    return (
        select(Organisation.id)
        .join(Accreditation, Accreditation.organisation_id == Organisation.id)
        .where(
            Accreditation.dialogue_id == dialogue_id,
            Accreditation.state == AccreditationState.ACCREDITED,
            Organisation.state == OrganisationState.VERIFIED,
        )
    )


def freeze(question: Question) -> None:
    """Write down everybody who may vote (needs `round`)."""
    none = cast(null(), Integer)
    kind = Choice(Chamber)
    for chamber in question.chambers:
        ids: tuple[Any, Any]
        if chamber is Chamber.PERSONS:
            voter = eligible_persons().subquery()
            ids = (voter.c.id, none)
        else:
            voter = eligible_organisations(question.round.dialogue_id).subquery()
            ids = (none, voter.c.id)
        values = (literal(question.id), literal(chamber, kind), *ids, literal(False))
        who: Select[Any] = select(*values).order_by(voter.c.id)
        names = ["question_id", "chamber", "person_id", "organisation_id", "late"]
        db.session.execute(insert(Elector).from_select(names, who))


class Voices(NamedTuple):
    """For whom the actor may vote: oneself, and organisations with their names."""

    oneself: bool
    organisations: dict[int, str]

    @property
    def some(self) -> bool:
        return self.oneself or bool(self.organisations)


def voices(question: Question, actor: Actor) -> Voices:
    """As frozen; before the opening has been written down, as it would be frozen now."""
    if actor.person_id is None:
        return Voices(False, {})
    places = actor.places("representative", "deputy")
    if question.state is QuestionState.PUBLISHED:
        return _not_frozen(question, actor.person_id, places)
    rows = db.session.execute(
        select(Elector.organisation_id, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Elector.organisation_id)
        .where(
            Elector.question_id == question.id,
            or_(
                Elector.person_id == actor.person_id,
                Elector.organisation_id.in_(places or {0}),
            ),
        )
        .order_by(Organisation.name, Elector.organisation_id)
    ).all()
    return Voices(
        any(organisation is None for organisation, _name in rows),
        {organisation: name for organisation, name in rows if organisation is not None},
    )


def _not_frozen(question: Question, person_id: int, places: Iterable[int]) -> Voices:
    chambers = question.chambers
    oneself = Chamber.PERSONS in chambers and db.session.scalar(
        eligible_persons().where(Person.id == person_id)
    )
    mine = eligible_organisations(question.round.dialogue_id).where(
        Organisation.id.in_(places or {0})
    )
    rows = db.session.execute(
        mine.add_columns(Organisation.name).order_by(Organisation.name, Organisation.id)
    ).tuples()
    return Voices(bool(oneself), dict(rows.all()))


def lock_elector(question_id: int, actor: Actor) -> Elector | None:
    """The right to vote that the actor uses now. One at a time: a second click waits here."""
    who = (
        Elector.organisation_id == actor.organisation_id
        if actor.organisation_id is not None
        else and_(Elector.person_id == actor.person_id, Elector.organisation_id.is_(None))
    )
    return db.session.scalar(
        select(Elector).where(Elector.question_id == question_id, who).with_for_update()
    )


def is_elector(question_id: int, organisation_id: int) -> bool:
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Elector.question_id == question_id, Elector.organisation_id == organisation_id
                )
            )
        )
    )


class Numbers(NamedTuple):
    """How many may vote, how many of them since a late accreditation."""

    eligible: int
    late: int


def numbers(question_id: int) -> dict[Chamber, Numbers]:
    """By chamber; how many have voted is told by nothing before the count."""
    late = func.count().filter(Elector.late)
    rows = db.session.execute(
        select(Elector.chamber, func.count(), late)
        .where(Elector.question_id == question_id)
        .group_by(Elector.chamber)
    ).tuples()
    return {chamber: Numbers(eligible, late) for chamber, eligible, late in rows}


class Cast(NamedTuple):
    """What the actor and the organisations they speak for have done already."""

    oneself: bool
    organisations: dict[int, str]


def cast_by(question_id: int, actor: Actor, found: Voices) -> Cast:
    """Whether oneself has voted, and by whom an organisation's vote was cast (≤ 2 queries)."""
    oneself = found.oneself and actor.person_id is not None
    voted = oneself and db.session.scalar(
        select(Roll.person_id).where(
            Roll.question_id == question_id, Roll.person_id == actor.person_id
        )
    )
    by_whom: dict[int, str] = {}
    if found.organisations:
        by_whom = dict(
            db.session.execute(
                select(OpenVote.organisation_id, Person.display_name)
                .join(Person, Person.id == OpenVote.cast_by_id)
                .where(
                    OpenVote.question_id == question_id,
                    OpenVote.organisation_id.in_(found.organisations),
                )
            )
            .tuples()
            .all()
        )
    return Cast(bool(voted), by_whom)
