"""Where organisations and people differ in a vote, the answer speaks to each."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from app.answers.models import Answer
from app.answers.states import AnswerState, Outcome
from app.core.db import db
from app.rounds.states import Activity
from app.voting.states import QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.answers import answer
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, round_

pytestmark = pytest.mark.both
BOTH = {"to_organisations": "You wanted it.", "to_persons": "You did not want it."}
TYPED = {"outcome": "declined", "reason": "There is no room."}


@pytest.fixture
def voted(place):
    """A proposal that an organisation wants and ten people do not, before the count."""
    place.round = round_(place.dialogue, open_=(Activity.VOTE,), number=2)
    rosa = person("Rosa")
    verein = organisation("Verein", representative=rosa)
    accredit(place.dialogue.id, verein)
    place.proposal = proposal(place.round, title="Sprachtandems")
    people = [person() for _ in range(10)]
    place.question = voting.question(place.round, [place.proposal])
    voting.cast_open(place.question, rosa.id, verein.id, {"choice": "yes"})
    for one in people:
        voting.cast_secret(place.question, one.id, {"choice": "no"})
    return place


def _count(place):
    voting.advance(place.question, QuestionState.COUNTED)
    db.session.rollback()


def _fresh(owed):
    db.session.rollback()
    found = db.session.get(Answer, owed.id, populate_existing=True)
    assert found is not None
    return found


def test_owed_before_the_count_it_is_owed_to_each_after(voted, sign_in):
    owed = answer(voted.proposal, voted.unit)
    _count(voted)
    assert _fresh(owed).to_chambers
    browser = sign_in(voted.clerk)
    assert "to each of the two" in browser.get("/en/answers").text
    page = f"/en/answers/{owed.id}/prepare"
    assert "organisations and people differed" in browser.get(page).text
    refused = browser.post(page, data={"edition": 0, **TYPED, "to_persons": "Only for you"})
    assert refused.status_code == 422
    assert "Only for you" in refused.text
    assert browser.post(page, data={"edition": 0, **TYPED, **BOTH}).status_code == 303


def test_published_both_are_read(voted, sign_in, client):
    owed = answer(voted.proposal, voted.unit)
    _count(voted)
    browser = sign_in(voted.clerk)
    browser.post(f"/en/answers/{owed.id}/prepare", data={"edition": 0, **TYPED, **BOTH})
    published = browser.post(f"/en/answers/{owed.id}/publish", data={"edition": 1})
    assert published.status_code == 303
    page = client.get(f"/en/proposals/{voted.proposal.id}").text
    for words in ("To the organisations", "You wanted it.", "To the people", "You did not want it"):
        assert words in page


def test_prepared_before_the_count_it_cannot_be_published_without(voted, sign_in):
    owed = answer(voted.proposal, voted.unit)
    browser = sign_in(voted.clerk)
    browser.post(f"/en/answers/{owed.id}/prepare", data={"edition": 0, **TYPED})
    _count(voted)
    refused = browser.post(f"/en/answers/{owed.id}/publish", data={"edition": 1})
    assert refused.status_code == 422
    assert _fresh(owed).published_at is None


def test_named_after_the_count_it_is_owed_to_each(voted, sign_in):
    _count(voted)
    data = {"unit": str(voted.unit.id), "proposal": str(voted.proposal.id)}
    browser = sign_in(voted.moderator)
    assert browser.post(f"/en/rounds/{voted.round.id}/answers", data=data).status_code == 303
    db.session.rollback()
    assert db.session.query(Answer).one().to_chambers


def test_where_they_agree_nothing_more_is_asked(place, sign_in):
    owed = answer(proposal(place.round), place.unit)
    browser = sign_in(place.clerk)
    page = f"/en/answers/{owed.id}/prepare"
    assert "To the organisations" not in browser.get(page).text
    assert browser.post(page, data={"edition": 0, **TYPED, **BOTH}).status_code == 303
    assert _fresh(owed).to_organisations == ""


def test_the_database_refuses_it_too(voted):
    half: dict[str, Any] = {"to_chambers": True, "to_organisations": "Only to you"}
    with pytest.raises(IntegrityError, match="both_chambers_answered"):
        answer(
            voted.proposal,
            voted.unit,
            outcome=Outcome.DECLINED,
            state=AnswerState.PUBLISHED,
            **half,
        )


def test_the_way_of_the_proposal_says_how_they_voted(voted, client):
    _count(voted)
    assert "they differ" in client.get(f"/en/proposals/{voted.proposal.id}").text
