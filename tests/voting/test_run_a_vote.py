"""A question from draft to result, by the clock of its round."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, Refused
from app.core.jobs import run_due
from app.core.policy import SYSTEM, Actor
from app.core.transactions import transaction
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds import commands as round_commands
from app.rounds import queries as rounds
from app.rounds.models import Audience, Procedure
from app.rounds.states import Activity
from app.voting import commands
from app.voting.methods import digest
from app.voting.methods.recounting import recount
from app.voting.models import Elector
from app.voting.queries import counting
from app.voting.states import Chamber, QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.rounds import accredit, round_


def _catch_up(round_):
    with transaction():
        found = rounds.get(round_.id)
        assert found is not None
        round_commands.catch_up(found)


def _state(question):
    db.session.rollback()
    return voting.fresh(question.id).state


@pytest.mark.both
def test_the_window_opens_and_closes_it_and_a_job_counts(place):
    question = voting.question(place.round, place.proposals, state=QuestionState.PUBLISHED)
    assert question.manifest_hash == digest(counting.manifest(question))
    _catch_up(place.round)
    assert _state(question) is QuestionState.OPEN
    voting.cast_open(
        question, place.rosa.id, place.verein.id, {"approved": [question.options[0].id]}
    )
    clock.tick(timedelta(days=11))
    _catch_up(place.round)
    assert _state(question) is QuestionState.CLOSED
    run_due()
    assert _state(question) is QuestionState.COUNTED
    counted = voting.fresh(question.id)
    assert counted.result["chambers"][0]["table"]["winners"] == [question.options[0].id]
    assert counted.result["chambers"][1]["table"] is None
    assert counted.result["comparison"] is None


@pytest.mark.both
def test_who_may_vote_is_written_down_at_the_opening(place):
    unconfirmed = person(email_confirmed_at=None)
    outside = organisation("Draußen")
    question = voting.question(place.round, place.proposals, state=QuestionState.PUBLISHED)
    early = person()
    _catch_up(place.round)
    later = person()
    people = set(
        db.session.scalars(
            select(Elector.person_id).where(
                Elector.question_id == question.id, Elector.chamber == Chamber.PERSONS
            )
        )
    )
    assert {early.id, place.amal.id, place.rosa.id} <= people
    assert not {later.id, unconfirmed.id} & people
    bodies = list(
        db.session.scalars(
            select(Elector.organisation_id).where(Elector.chamber == Chamber.ORGANISATIONS)
        )
    )
    assert bodies == [place.verein.id]
    assert outside.id not in bodies


def test_a_late_accreditation_is_recorded_once(asked):
    late = organisation("Spät")
    accredit(asked.dialogue.id, late)
    for _ in range(2):
        with transaction():
            commands.add_late(voting.fresh(asked.question.id), late.id, by=SYSTEM)
    rows = db.session.execute(select(Elector.late).where(Elector.organisation_id == late.id)).all()
    assert [row.late for row in rows] == [True]


def test_the_proposals_become_a_shortlist(asked):
    run_due()
    db.session.rollback()
    states = {db.session.get_one(Proposal, p.id).state for p in asked.proposals}
    assert states == {ProposalState.SHORTLISTED}


def test_only_organisations_where_the_procedure_says_so(place):
    round2 = round_(
        place.dialogue,
        number=2,
        open_=(Activity.VOTE,),
        procedure=Procedure(who_votes=Audience.ORGANISATIONS),
    )
    question = voting.question(round2, place.proposals)
    count = select(func.count()).where(Elector.person_id.is_not(None))
    assert db.session.scalar(count) == 0
    assert question.chambers == [Chamber.ORGANISATIONS]


def test_a_published_question_is_taken_back_until_it_opens(place):
    question = voting.question(place.round, place.proposals, state=QuestionState.PUBLISHED)
    with transaction():
        commands.withdraw_question(voting.fresh(question.id), by=SYSTEM)
    assert _state(question) is QuestionState.DRAFT
    voting.advance(question, QuestionState.OPEN)
    with pytest.raises(Conflict), transaction():
        commands.withdraw_question(voting.fresh(question.id), by=SYSTEM)


def test_published_while_people_vote_it_opens_at_once(place):
    _catch_up(place.round)
    question = voting.question(place.round, place.proposals, state=QuestionState.PUBLISHED)
    assert question.state is QuestionState.OPEN


def test_without_a_time_for_voting_it_cannot_be_published(place):
    other = round_(place.dialogue, number=2)
    with pytest.raises(Invalid):
        voting.question(other, place.proposals, state=QuestionState.PUBLISHED)


def test_not_where_the_procedure_promises_open_votes_of_people(place):
    procedure = Procedure(persons_secret=False)
    other = round_(place.dialogue, number=2, open_=(Activity.VOTE,), procedure=procedure)
    with pytest.raises(Invalid):
        voting.question(other, place.proposals, state=QuestionState.PUBLISHED)


def test_the_same_form_twice_is_one_draft(place):
    first = voting.question(place.round, place.proposals, state=QuestionState.DRAFT)
    second = voting.question(place.round, place.proposals, state=QuestionState.DRAFT)
    assert first.id == second.id


@pytest.mark.both
def test_chambers_side_by_side_and_a_recount_finds_the_same(asked):
    people = [person() for _ in range(12)]
    with transaction():
        for one in people:
            db.session.add(
                Elector(question_id=asked.question.id, chamber=Chamber.PERSONS, person_id=one.id)
            )
    red, green, _blue = asked.options
    voting.cast_open(asked.question, asked.rosa.id, asked.verein.id, {"approved": [red]})
    for number, one in enumerate(people):
        approved = [green] if number < 9 else []
        voting.cast_secret(asked.question, one.id, {"approved": approved})
    voting.advance(asked.question, QuestionState.COUNTED)
    db.session.rollback()
    counted = voting.fresh(asked.question.id)
    organisations, persons = counted.result["chambers"]
    assert organisations["table"]["counts"][str(red)] == 1
    assert (persons["voted"], persons["table"]["details"]["blank"]) == (12, 3)
    assert counted.result["comparison"]["verdict"] == "differ"
    export = {
        "manifest": counting.manifest(counted),
        "result": counted.result,
        "log": counting.log(counted),
    }
    assert recount(export) == counted.result_hash


def test_fewer_than_ten_secret_votes_are_not_shown(asked):
    voting.cast_secret(asked.question, asked.amal.id, {"approved": [asked.options[0]]})
    voting.advance(asked.question, QuestionState.COUNTED)
    db.session.rollback()
    persons = voting.fresh(asked.question.id).result["chambers"][1]
    assert persons["table"] is persons["statistic"] is persons["voted"] is None
    assert not persons["carries"]


def test_counting_twice_changes_nothing(asked):
    voting.advance(asked.question, QuestionState.COUNTED)
    before = voting.fresh(asked.question.id).counted_at
    clock.tick(timedelta(hours=1))
    with transaction():
        commands.count_question(voting.fresh(asked.question.id))
    assert voting.fresh(asked.question.id).counted_at == before


def test_nobody_votes_after_the_close(asked):
    voting.advance(asked.question, QuestionState.CLOSED)
    with pytest.raises(Conflict):
        voting.cast_secret(asked.question, asked.amal.id, {"approved": []})


def test_a_ballot_that_cannot_be_counted_is_refused(asked):
    for content in ({"approved": [0]}, {"choice": "yes"}, {"approved": [True]}, {}):
        with pytest.raises(Invalid):
            voting.cast_secret(asked.question, asked.amal.id, content)


def test_who_is_no_elector_cannot_vote(asked):
    later = person()
    with pytest.raises(Refused), transaction():
        commands.cast_secret(
            voting.fresh(asked.question.id),
            {"approved": []},
            code="2222-2222-2222-2222-2222",
            by=Actor(person_id=later.id),
        )
