"""Who objects to the method of a question, and how many it takes."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.policy import Actor
from app.organisations.models import Organisation
from app.rounds.models import Round
from app.voting.methods.chambers import objecting_organisations, objecting_persons
from app.voting.models import MethodObjection, ObjectionPeriod, Question
from app.voting.queries import electors
from app.voting.states import Chamber, Contest, QuestionState

MOST_SHOWN = 100
MOST_METHODS = 4
"""Among so many is chosen, the announced one included (voting.md)."""


class Standing(NamedTuple):
    """How many object, and how many are needed: organisations, or people where they are asked.

    `accredited` and `eligible` are those of whom so many are needed.
    """

    organisations: int
    organisations_needed: int
    accredited: int
    persons: int | None = None
    persons_needed: int | None = None
    eligible: int | None = None

    @property
    def enough(self) -> bool:
        return self.organisations >= self.organisations_needed or (
            self.persons is not None
            and self.persons_needed is not None
            and self.persons >= self.persons_needed
        )


def standing(question: Question) -> Standing:
    """As it is now (one statement; needs `round`)."""
    mine = _counting(question)
    bodies = electors.eligible_organisations(question.round.dialogue_id)
    people = electors.eligible_persons()
    objecting = select(func.count()).select_from(MethodObjection).where(*mine)
    counts = [
        objecting.where(MethodObjection.organisation_id.in_(bodies)),
        select(func.count()).select_from(bodies.subquery()),
        objecting.where(
            MethodObjection.organisation_id.is_(None), MethodObjection.person_id.in_(people)
        ),
        select(func.count()).select_from(people.subquery()),
    ]
    row = db.session.execute(select(*(one.scalar_subquery() for one in counts))).one()
    organisations, accredited, persons, eligible = (int(number or 0) for number in row)
    needed = objecting_organisations(accredited)
    if Chamber.PERSONS not in question.chambers:
        return Standing(organisations, needed, accredited)
    return Standing(
        organisations, needed, accredited, persons, objecting_persons(eligible), eligible
    )


def _counting(question: Question) -> tuple[ColumnElement[bool], ...]:
    return (
        MethodObjection.question_id == question.id,
        MethodObjection.against == question.method,
        MethodObjection.withdrawn_at.is_(None),
    )


def wanted(question: Question, among: list[str]) -> list[str]:
    """What is wanted instead, at most three: in turn what most organisations want and what most
    people want, so that neither fills the list (one statement).
    """
    of_body = MethodObjection.organisation_id.is_not(None)
    rows = db.session.execute(
        select(MethodObjection.instead, of_body, func.count())
        .where(*_counting(question), MethodObjection.instead.in_(among))
        .group_by(MethodObjection.instead, of_body)
    ).tuples()
    counts = {(instead, bool(body)): number for instead, body, number in rows}
    first, second = (_ranked(among, counts, of_body=kind) for kind in (True, False))
    return list(dict.fromkeys(_in_turn(first, second)))[: MOST_METHODS - 1]


def _ranked(among: list[str], counts: dict[tuple[str, bool], int], *, of_body: bool) -> list[str]:
    """Those that anybody of a kind wants, most wanted first."""
    some = [one for one in among if (one, of_body) in counts]
    return sorted(some, key=lambda one: (-counts[one, of_body], among.index(one)))


def _in_turn(first: list[str], second: list[str]) -> Iterator[str]:
    for place in range(max(len(first), len(second))):
        yield from first[place : place + 1]
        yield from second[place : place + 1]


def of_organisations(question: Question) -> list[MethodObjection]:
    """With the organisations, by name: in public, as what they vote is."""
    return list(
        db.session.scalars(
            select(MethodObjection)
            .join(Organisation, Organisation.id == MethodObjection.organisation_id)
            .options(joinedload(MethodObjection.organisation))
            .where(*_counting(question))
            .order_by(Organisation.name_sort, Organisation.id)
            .limit(MOST_SHOWN)
        )
    )


def of_actor(question: Question, actor: Actor) -> list[MethodObjection]:
    """One's own, and those of the organisations that one speaks for."""
    if actor.person_id is None:
        return []
    bodies = actor.places("representative", "deputy")
    own = MethodObjection.organisation_id.is_(None) & (MethodObjection.person_id == actor.person_id)
    return list(
        db.session.scalars(
            select(MethodObjection)
            .options(joinedload(MethodObjection.organisation))
            .where(*_counting(question), own | MethodObjection.organisation_id.in_(bodies or {0}))
            .order_by(MethodObjection.id)
        )
    )


def objection(question: Question, actor: Actor) -> MethodObjection | None:
    """That of whom the actor speaks for now, also if it was taken back."""
    who = (
        MethodObjection.organisation_id == actor.organisation_id
        if actor.organisation_id is not None
        else MethodObjection.organisation_id.is_(None)
        & (MethodObjection.person_id == actor.person_id)
    )
    return db.session.scalar(
        select(MethodObjection)
        .where(
            MethodObjection.question_id == question.id,
            MethodObjection.against == question.method,
            who,
        )
        .execution_options(populate_existing=True)
    )


def people_behind(question_id: int) -> tuple[list[int], list[int]]:
    """Ids of people and of organisations that object or did."""
    rows = db.session.execute(
        select(MethodObjection.person_id, MethodObjection.organisation_id).where(
            MethodObjection.question_id == question_id
        )
    ).tuples()
    found = rows.all()
    return (
        sorted({person for person, body in found if body is None}),
        sorted({body for _person, body in found if body is not None}),
    )


def due(now: datetime) -> list[int]:
    """Ids of published questions whose days for objections are over, the earliest end first."""
    return list(
        db.session.scalars(
            select(ObjectionPeriod.question_id)
            .join(Question, Question.id == ObjectionPeriod.question_id)
            .where(
                ObjectionPeriod.state == Contest.RUNNING,
                ObjectionPeriod.ends_at <= now,
                Question.state == QuestionState.PUBLISHED,
            )
            .order_by(ObjectionPeriod.ends_at, ObjectionPeriod.question_id)
        )
    )


def decided_by(vote_id: int) -> int | None:
    """The question whose method that vote is about."""
    return db.session.scalar(
        select(ObjectionPeriod.question_id).where(ObjectionPeriod.vote_id == vote_id)
    )


class Contested(NamedTuple):
    """A question about whose method something is to be seen or done."""

    question: Question
    state: Contest
    ends_at: datetime
    objections: int


def of_dialogue(dialogue_id: int) -> list[Contested]:
    """Questions of a dialogue that objections hold up or could, for its moderators (one
    statement).
    """
    number = (
        select(func.count())
        .select_from(MethodObjection)
        .where(
            MethodObjection.question_id == Question.id,
            MethodObjection.against == Question.method,
            MethodObjection.withdrawn_at.is_(None),
        )
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Question, ObjectionPeriod.state, ObjectionPeriod.ends_at, number)
        .join(ObjectionPeriod, ObjectionPeriod.question_id == Question.id)
        .join(Round, Round.id == Question.round_id)
        .where(
            Round.dialogue_id == dialogue_id,
            Question.state == QuestionState.PUBLISHED,
            ObjectionPeriod.state.in_((Contest.RUNNING, Contest.CONTESTED, Contest.VOTING)),
        )
        .order_by(Question.id)
    ).tuples()
    return [Contested(*row) for row in rows]
