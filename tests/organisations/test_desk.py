"""The members' desk: what needs the organisation now, seen by its members only."""

from datetime import timedelta

import pytest

from app.answers.states import AnswerState, Outcome
from app.core import clock
from app.core.db import db
from app.core.policy import Actor
from app.core.states import Visibility
from app.core.transactions import transaction
from app.organisations.models import MandateRole
from app.proposals import commands, queries
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.states import Activity
from app.voting.models import OpenVote
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.answers import answer
from tests.factories.organisations import mandate, organisation, unit
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_
from tests.factories.voting import question

pytestmark = pytest.mark.both

OURS = ("Ein Haus für alle", "Kurse am Abend", "Ein Garten", "Noch ein Entwurf", "Brücken?")


def _fresh(made: Proposal) -> Proposal:
    found = queries.get(made.id)
    assert found is not None
    return found


@pytest.fixture
def busy(place):
    """Something of each kind waits for the Verein."""
    made = place
    made.other = organisation("Zweiter Verein", representative=made.stranger)
    made.dialogue = dialogue()
    made.round = round_(made.dialogue, open_=(Activity.VOTE, Activity.PROPOSE, Activity.AMEND))
    accredit(made.dialogue.id, made.verein)
    accredit(made.dialogue.id, made.other)
    ours = {"author": made.representative, "organisation": made.verein}
    made.public = proposal(made.round, title=OURS[0], body="Ein Haus.", **ours)
    proposal(
        made.round,
        title=OURS[1],
        visibility=Visibility.RETURNED,
        visibility_reason="Too short.",
        **ours,
    )
    proposal(made.round, title=OURS[3], state=ProposalState.DRAFT, **ours)
    amendment(made.public, new="Zwei Häuser.", author=made.stranger)
    made.theirs = proposal(
        made.round,
        title=OURS[2],
        author=made.stranger,
        organisation=made.other,
        state=ProposalState.DRAFT,
    )
    with transaction():
        commands.ask_cosponsor(
            _fresh(made.theirs), made.verein, by=Actor(person_id=made.stranger.id)
        )
    made.question = question(made.round, title=OURS[4])
    answer(made.public, unit(), outcome=Outcome.DECLINED, state=AnswerState.PUBLISHED)
    made.desk = f"/en/organisations/{made.verein.id}/desk"
    return made


def test_everything_that_waits_stands_there(busy, sign_in):
    page = sign_in(busy.deputy).get(busy.desk).text
    for title in (
        "Votes not cast yet",
        "Asked to stand behind proposals",
        "Changes that others suggest to our proposals",
        "Answers to our proposals",
        "Given back to us by the moderators",
    ):
        assert title in page, title
    for title in OURS:
        assert title in page, title
    assert "declined" in page
    assert "It is clearer." in page


def test_whoever_cannot_read_a_draft_of_others_does_not_hear_of_it(busy, sign_in):
    page = sign_in(busy.member).get(busy.desk).text
    assert OURS[2] not in page
    assert OURS[3] in page
    assert "Brücken?" in page


def test_what_is_done_does_not_wait_any_more(busy, sign_in):
    with transaction() as session:
        session.add(
            OpenVote(
                question_id=busy.question.id,
                organisation_id=busy.verein.id,
                cast_by_id=busy.deputy.id,
                content={"choice": "yes"},
            )
        )
        commands.answer_cosponsor(
            _fresh(busy.theirs),
            busy.verein.id,
            accept=False,
            note="",
            by=Actor(person_id=busy.deputy.id),
        )
    clock.tick(timedelta(days=61))
    page = sign_in(busy.representative).get(busy.desk).text
    for gone in ("Votes not cast yet", "Asked to stand behind", "Answers to our proposals"):
        assert gone not in page


def test_nothing_waits(place, sign_in):
    page = sign_in(place.member).get(f"/en/organisations/{place.verein.id}/desk").text
    assert "Nothing waits for you." in page
    assert "No draft is being written." in page


def test_only_members_open_it(busy, sign_in, client):
    assert client.get(busy.desk).status_code == 401
    for somebody in (busy.stranger, busy.registry, busy.operator):
        assert sign_in(somebody).get(busy.desk).status_code == 403


def test_a_mandate_that_ends_soon_is_spoken_of(place, sign_in):
    soon = person("Sabah")
    mandate(soon, place.verein, MandateRole.DEPUTY, ends_on=clock.today() + timedelta(days=9))
    page = sign_in(place.member).get(f"/en/organisations/{place.verein.id}/desk").text
    assert "Mandates that end soon" in page
    assert "Sabah" in page


def test_a_full_desk_costs_no_more_than_a_light_one(busy, sign_in, queries):
    browser = sign_in(busy.representative)

    def cost() -> int:
        browser.get(busy.desk)
        queries.clear()
        assert browser.get(busy.desk).status_code == 200
        return len(queries)

    few = cost()
    ours = {"author": busy.representative, "organisation": busy.verein}
    for number in range(12):
        made = proposal(busy.round, title=f"Nummer {number}", body="Ein Satz.", **ours)
        proposal(busy.round, title=f"Entwurf {number}", state=ProposalState.DRAFT, **ours)
        amendment(made, new="Zwei Sätze.", author=busy.stranger)
        answer(
            made,
            unit(),
            outcome=Outcome.DEFERRED,
            state=AnswerState.PUBLISHED,
            deferred_until=clock.today(),
        )
    db.session.rollback()
    assert cost() == few <= 16, queries


def test_my_organisations_lead_to_it(place, sign_in):
    assert f"{place.verein.id}/desk" in sign_in(place.member).get("/en/my/organisations").text
