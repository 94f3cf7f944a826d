"""For seven days one can object to the method of a question; enough objections put it to a vote."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask_babel import force_locale
from sqlalchemy import func, select

from app.core import clock, jobs
from app.core.db import db
from app.core.errors import AppError
from app.core.policy import Actor
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.organisations.models import Organisation, Release
from app.rounds import commands as rounds
from app.rounds import queries as reading_rounds
from app.rounds.models import Procedure, Round, RoundKind
from app.rounds.states import Activity, RoundState
from app.voting import commands, queries
from app.voting.commands import OBJECTION_DAYS, Variant
from app.voting.methods.chambers import objecting_organisations, objecting_persons
from app.voting.models import MethodObjection, Question
from app.voting.queries import contests
from app.voting.states import Contest, QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.rounds import DAY, accredit, round_

pytestmark = pytest.mark.both_long

WEEK = OBJECTION_DAYS * DAY
SECOND = timedelta(seconds=1)


@pytest.fixture
def hall(place):
    """A published question by approval in a round whose time for voting has begun; four
    organisations that take part.
    """
    place.speakers = [place.rosa, *(person(f"Speaker {n}") for n in range(3))]
    place.bodies = [
        place.verein,
        *(organisation(f"Verein {n}", representative=place.speakers[n + 1]) for n in range(3)),
    ]
    for body in place.bodies[1:]:
        accredit(place.dialogue.id, body)
    rules = Procedure(who_decides="The council", open_to_influence="All of it")
    with transaction():
        db.session.get_one(Round, place.round.id).procedure_data = rules.to_json()
    place.id = _published(place.round, place.proposals)
    place.page = f"/en/questions/{place.id}/method-objections"
    return place


def _published(asked_in, proposals) -> int:
    made = voting.question(asked_in, proposals, state=QuestionState.DRAFT)
    with transaction():
        rounds.catch_up(_round(asked_in.id))
        commands.publish_question(voting.fresh(made.id), by=Actor())
    return int(made.id)


def _round(id):
    found = reading_rounds.get(id)
    assert found is not None
    return found


def _fresh(hall) -> Question:
    db.session.rollback()
    found = queries.get(hall.id)
    assert found is not None
    return found


def _object(question_id, person_id, body_id=None, instead="schulze"):
    with transaction():
        commands.object_to_method(
            voting.fresh(question_id),
            instead,
            reason="It is fairer." if body_id else "",
            by=Actor(person_id=person_id, organisation_id=body_id),
        )


def _bodies_object(hall, number, instead="schulze"):
    for who, body in list(zip(hall.speakers, hall.bodies, strict=True))[:number]:
        _object(hall.id, who.id, body.id, instead)


def _settle():
    while jobs.run_due():
        pass
    db.session.rollback()


def _told(kind):
    db.session.rollback()
    return set(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))


@pytest.mark.parametrize(
    ("accredited", "needed"), [(0, 3), (3, 3), (15, 3), (16, 4), (20, 4), (21, 5), (400, 80)]
)
def test_a_fifth_of_the_organisations_and_at_least_three(accredited, needed):
    assert objecting_organisations(accredited) == needed


@pytest.mark.parametrize(("eligible", "needed"), [(0, 1), (1, 2), (4, 3), (9, 5), (10_000, 150)])
def test_one_and_a_half_roots_of_the_people(eligible, needed):
    assert objecting_persons(eligible) == needed


def test_too_few_object_and_the_vote_opens_after_seven_days(hall, sign_in, client):
    assert _fresh(hall).state is QuestionState.PUBLISHED
    assert {hall.rosa.id, hall.dede.id} <= _told(Kind.METHOD_ANNOUNCED)
    page = client.get(hall.page).text
    assert "0 of 3 that are needed" in page
    assert "Object to the method" not in page
    shown = client.get(f"/en/questions/{hall.id}").text
    assert "One can object to the method until" in shown

    sent = {"instead": "schulze", "reason": "It is fairer.", "speaking_as": str(hall.verein.id)}
    rosa = sign_in(hall.rosa)
    assert 'value="schulze"' in rosa.get(hall.page).text
    assert 'value="consent"' not in rosa.get(hall.page).text  # it is about several
    assert rosa.post(hall.page, data={**sent, "reason": ""}).status_code == 422
    assert rosa.post(hall.page, data={**sent, "instead": "consent"}).status_code == 422
    for _ in range(2):
        assert rosa.post(hall.page, data=sent).status_code == 303
    assert rosa.post(hall.page, data={"instead": "resistance"}).status_code == 303
    page = client.get(hall.page).text
    assert "1 of 3 that are needed" in page
    assert "It is fairer." in page
    assert rosa.post(f"{hall.page}/take-back", data={}).status_code == 303
    found = contests.standing(_fresh(hall))
    assert (found.organisations, found.persons) == (1, 0)

    ballot = sign_in(hall.amal).get(f"/en/questions/{hall.id}/vote")
    assert ballot.status_code == 403
    assert "time for objections to its method is over" in ballot.text
    clock.tick(WEEK - SECOND)
    _settle()
    assert _fresh(hall).state is QuestionState.PUBLISHED
    clock.tick(SECOND)
    _settle()
    question = _fresh(hall)
    assert question.state is QuestionState.OPEN
    assert question.period is not None
    assert question.period.state is Contest.PASSED
    assert (question.period.organisations, question.period.organisations_needed) == (1, 3)
    assert sign_in(hall.amal).get(f"/en/questions/{hall.id}/vote").status_code == 200
    assert "Too few have objected to the method" in client.get(hall.page).text


@pytest.mark.both
def test_the_edge_of_the_days_is_decided_in_the_transaction(hall, sign_in):
    clock.tick(WEEK - SECOND)
    sent = {"instead": "schulze"}
    assert sign_in(hall.amal).post(hall.page, data=sent).status_code == 303
    clock.tick(SECOND)
    assert sign_in(hall.rosa).post(hall.page, data=sent).status_code == 403
    with pytest.raises(AppError), transaction():
        commands.object_to_method(
            voting.fresh(hall.id), "schulze", by=Actor(person_id=hall.rosa.id)
        )
    with pytest.raises(AppError), transaction():
        commands.take_objection_back(voting.fresh(hall.id), by=Actor(person_id=hall.amal.id))
    assert contests.standing(_fresh(hall)).persons == 1


def test_whoever_may_not_vote_may_not_object(hall, sign_in, client):
    sent = {"instead": "schulze", "reason": "So.", "speaking_as": str(hall.verein.id)}
    stranger = organisation("Fremd", representative=hall.amal)
    assert client.post(hall.page, data={"instead": "schulze"}).status_code == 401
    assert sign_in(hall.amal).post(hall.page, data=sent).status_code == 403
    foreign = {**sent, "speaking_as": str(stranger.id)}
    assert sign_in(hall.amal).post(hall.page, data=foreign).status_code == 403


def test_a_second_person_releases_it_where_the_organisation_wants_that(hall, sign_in):
    with transaction():
        db.session.get_one(Organisation, hall.verein.id).four_eyes = True
    sent = {"instead": "schulze", "reason": "It is fairer.", "speaking_as": str(hall.verein.id)}
    assert sign_in(hall.rosa).post(hall.page, data=sent).status_code == 303
    assert contests.standing(_fresh(hall)).organisations == 0
    waiting = f"/en/organisations/{hall.verein.id}/releases"
    kept = db.session.scalars(select(Release.id)).one()
    deputy = sign_in(hall.dede)
    page = deputy.get(f"{waiting}/{kept}").text
    assert "Object to the method of a vote" in page
    assert "It is fairer." in page
    assert deputy.post(f"{waiting}/{kept}/release").status_code == 303
    assert contests.standing(_fresh(hall)).organisations == 1


@pytest.mark.both
def test_fifty_at_once_count_once_each(hall, app):
    people = [person(f"P {number}").id for number in range(25)]
    db.session.rollback()
    start = Barrier(50)

    def task(person_id):
        with app.app_context():
            start.wait()
            _object(hall.id, person_id)

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(task, people * 2))
    assert contests.standing(_fresh(hall)).persons == 25
    assert db.session.scalar(select(func.count()).select_from(MethodObjection)) == 25


@pytest.mark.both
def test_the_end_is_counted_once_by_two_workers(hall, app):
    _bodies_object(hall, 3)
    clock.tick(WEEK)
    db.session.rollback()

    def task(_number):
        with app.app_context(), transaction():
            commands.end_objections(voting.fresh(hall.id))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(task, range(4)))
    _settle()
    assert db.session.scalar(
        select(func.count()).where(Notice.kind == Kind.METHOD_CONTESTED)
    ) == len(_told(Kind.METHOD_CONTESTED))
    assert _told(Kind.METHOD_CONTESTED) == {hall.moderator.id}


@pytest.mark.both
def test_a_worker_that_slept_is_late_but_right(hall):
    """Those who ask for a ballot meanwhile wait for nobody."""
    clock.tick(WEEK + DAY)
    with pytest.raises(AppError), transaction():
        commands.object_to_method(
            voting.fresh(hall.id), "schulze", by=Actor(person_id=hall.rosa.id)
        )
    _settle()
    period = _fresh(hall).period
    assert period is not None
    assert period.state is Contest.PASSED
    assert period.ended_at == clock.now()


def test_people_alone_are_enough(hall):
    needed = contests.standing(_fresh(hall)).persons_needed
    assert needed is not None
    for number in range(needed):
        _object(hall.id, person(f"Amal {number}", email_confirmed_at=None).id)
    assert contests.standing(_fresh(hall)).persons == 0  # they may not vote
    needed = contests.standing(_fresh(hall)).persons_needed
    for number in range(needed or 0):
        _object(hall.id, person(f"Bea {number}").id)
    found = contests.standing(_fresh(hall))
    assert found.enough is (found.persons == found.persons_needed)


def _contested(hall, *wanted):
    for who, body, instead in zip(hall.speakers, hall.bodies, wanted, strict=False):
        _object(hall.id, who.id, body.id, instead)
    clock.tick(WEEK)
    _settle()


def _vote_about_method(hall, sign_in) -> Question:
    browser = sign_in(hall.moderator)
    page = f"/en/questions/{hall.id}/method-vote"
    assert browser.get(page).status_code == 200
    opens_at = clock.local(clock.now() + timedelta(hours=1)).replace(second=0)
    times = {
        "title": "Which method?",
        "opens_at": f"{opens_at:%Y-%m-%dT%H:%M}",
        "closes_at": f"{opens_at + DAY:%Y-%m-%dT%H:%M}",
    }
    answer = browser.post(page, data=times)
    assert answer.status_code == 303, answer.text
    assert browser.post(page, data={**times, "title": "Again?"}).status_code in (403, 409)
    db.session.rollback()
    found = queries.get(int(answer.location.split("/")[-1]))
    assert found is not None
    return found


def _choose(hall, vote, organisations, people=None):
    """The organisations tick these options, in their order; ten people tick one of them."""
    clock.tick(timedelta(hours=2))
    _settle()
    ids = [option.id for option in voting.fresh(vote.id).options]
    for who, body, wanted in zip(hall.speakers, hall.bodies, organisations, strict=False):
        voting.cast_open(vote, who.id, body.id, {"approved": [ids[wanted]]})
    if people is not None:
        for voter in hall.voters:
            voting.cast_secret(vote, voter.id, {"approved": [ids[people]]})
    clock.tick(DAY)
    _settle()


def test_what_both_chambers_choose_becomes_the_method(hall, sign_in, client):
    hall.voters = [person(f"Voter {number}") for number in range(10)]
    _contested(hall, "schulze", "resistance", "schulze")
    question = _fresh(hall)
    assert question.state is QuestionState.PUBLISHED
    assert question.period is not None
    assert question.period.state is Contest.CONTESTED
    assert "Let those who vote choose the method" in sign_in(hall.moderator).get(hall.page).text
    assert sign_in(hall.rosa).get(f"/en/questions/{hall.id}/method-vote").status_code == 403

    cockpit = sign_in(hall.moderator).get(f"/en/dialogues/{hall.dialogue.id}/moderate").text
    assert "Enough object to the method" in cockpit
    assert "Enough have objected." in client.get(f"/en/rounds/{hall.round.id}/procedure").text
    vote = _vote_about_method(hall, sign_in)
    assert vote.about_method_of == hall.id
    period = _fresh(hall).period
    assert period is not None
    assert (vote.method, period.methods) == ("approval", ["approval", "schulze", "resistance"])
    assert vote.round.kind is RoundKind.VOTE
    assert vote.round.state is RoundState.OPEN
    assert vote.period is None  # nobody objects to how one decides about objections
    for question_id in (hall.id, vote.id):  # neither can be taken back meanwhile
        page = f"/en/questions/{question_id}/withdraw"
        assert sign_in(hall.moderator).post(page).status_code == 403
    assert "The vote about the method" in client.get(f"/en/questions/{hall.id}").text

    _choose(hall, vote, [1, 1, 2, 1], people=1)
    question = _fresh(hall)
    assert question.method == "schulze"
    assert question.state is QuestionState.OPEN
    assert [o.title for o in question.options[:3]] == ["Rot", "Grün", "Blau"]
    assert question.period is not None
    assert (question.period.state, question.period.method) == (Contest.SETTLED, "schulze")
    assert hall.rosa.id in _told(Kind.METHOD_SETTLED)
    assert "Decided by that vote" in client.get(f"/en/questions/{hall.id}").text
    decides = client.get(f"/en/questions/{vote.id}").text
    assert "The question whose method this decides" in decides
    traced = client.get(f"/en/trace/{vote.id}").text.split("What it led to")[1]
    assert f"/questions/{hall.id}" in traced


def test_where_the_chambers_differ_the_announced_method_stays(hall, sign_in):
    hall.voters = [person(f"Voter {number}") for number in range(10)]
    _contested(hall, "schulze", "resistance", "schulze")
    vote = _vote_about_method(hall, sign_in)
    _choose(hall, vote, [1, 1, 1], people=2)
    question = _fresh(hall)
    assert (question.method, question.state) == ("approval", QuestionState.OPEN)
    assert question.period is not None
    assert question.period.method == "approval"


def test_nobody_votes_and_the_announced_method_stays(hall, sign_in):
    _contested(hall, "schulze", "schulze", "schulze")
    vote = _vote_about_method(hall, sign_in)
    _choose(hall, vote, [])
    assert _fresh(hall).method == "approval"
    assert _fresh(hall).state is QuestionState.OPEN


def test_at_most_four_methods_in_turn(hall):
    for number in range(4):
        _object(hall.id, person(f"P {number}").id, instead="majority-judgment")
    _object(hall.id, hall.amal.id, instead="resistance")
    _bodies_object(hall, 2, "schulze")
    methods = commands.methods_to_choose(_fresh(hall))
    assert methods == ["approval", "schulze", "majority-judgment", "resistance"]


def test_where_it_cannot_be_published_by_it_the_draft_waits_for_that_method(hall, sign_in):
    hall.voters = [person(f"Voter {number}") for number in range(10)]
    _contested(hall, "schulze", "schulze", "schulze")
    vote = _vote_about_method(hall, sign_in)
    with transaction():
        rounds.close(_round(hall.round.id), by=Actor())
    _choose(hall, vote, [1, 1, 1], people=1)
    question = _fresh(hall)
    assert (question.state, question.method) == (QuestionState.DRAFT, "approval")
    assert question.period is not None
    assert question.period.method == "schulze"
    with force_locale("en"):
        said = [str(message) for _field, message in commands.problems_of(question)]
    assert any("decided for another one" in one for one in said)


def test_taken_back_and_published_again_the_days_begin_anew(hall, sign_in):
    _bodies_object(hall, 3)
    clock.tick(DAY)
    with transaction():
        commands.withdraw_question(voting.fresh(hall.id), by=Actor())
    clock.tick(DAY)
    with transaction():
        commands.publish_question(voting.fresh(hall.id), by=Actor())
    question = _fresh(hall)
    assert question.period is not None
    assert question.period.ends_at == clock.now() + WEEK
    assert contests.standing(question).organisations == 3


def test_too_little_time_is_said_before(hall, sign_in):
    clock.tick(4 * DAY)
    made = voting.question(hall.round, hall.proposals, state=QuestionState.DRAFT, title="Late?")
    browser = sign_in(hall.moderator)
    assert "It closes earlier" in browser.get(f"/en/questions/{made.id}/preview").text
    assert browser.post(f"/en/questions/{made.id}/publish").status_code == 422


def test_the_end_of_the_vote_is_not_moved_into_these_days(hall, sign_in):
    window = _round(hall.round.id).window(Activity.VOTE)
    assert window is not None
    opens_at = window.opens_at
    for days, possible in ((6, False), (8, True)):
        try:
            with transaction():
                rounds.set_window(
                    _round(hall.round.id),
                    Activity.VOTE,
                    opens_at=opens_at,
                    closes_at=clock.now() + days * DAY,
                    because="Earlier.",
                    by=Actor(),
                )
            done = True
        except AppError:
            done = False
        assert done is possible
    _contested(hall, "schulze", "schulze", "schulze")
    times = {
        "title": "Which?",
        "opens_at": f"{clock.local(clock.now()) + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "closes_at": f"{clock.local(clock.now()) + 2 * DAY:%Y-%m-%dT%H:%M}",
    }
    answer = sign_in(hall.moderator).post(f"/en/questions/{hall.id}/method-vote", data=times)
    assert answer.status_code == 422
    assert "please move its end first" in answer.text


def test_not_in_method_rounds_nor_about_amendments(hall):
    other = round_(hall.dialogue, number=2, kind=RoundKind.METHOD, open_=(Activity.VOTE,))
    made = voting.question(other, variants=["A", "B"], state=QuestionState.DRAFT, method="approval")
    assert not commands.can_be_contested(voting.fresh(made.id))


def test_while_the_round_is_paused_it_does_not_open(hall):
    with transaction():
        rounds.pause(_round(hall.round.id), by=Actor())
    clock.tick(WEEK)
    _settle()
    assert _fresh(hall).state is QuestionState.PUBLISHED
    with transaction():
        rounds.resume(_round(hall.round.id), by=Actor())
    assert _fresh(hall).state is QuestionState.OPEN


def test_the_page_costs_the_same_for_many(hall, sign_in, request):
    sent: list[str] = request.getfixturevalue("queries")
    browser = sign_in(hall.rosa)
    costs = []
    for number in (1, 4):
        _bodies_object(hall, number)
        browser.get(hall.page)
        sent.clear()
        assert browser.get(hall.page).status_code == 200
        costs.append(len(sent))
    assert costs[0] == costs[1] <= 16


def test_a_named_variant_for_each_method(hall):
    with pytest.raises(AppError), transaction():
        commands.put_method_to_vote(
            voting.fresh(hall.id),
            "Which?",
            "",
            [Variant(title="A")],
            opens_at=clock.now(),
            closes_at=clock.now() + DAY,
            by=Actor(),
        )
