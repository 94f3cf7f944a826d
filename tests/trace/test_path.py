"""The way of a proposal on its page, and back from the measure."""

import pytest

from app.answers import commands
from app.answers import queries as answers
from app.answers.models import Answer
from app.answers.states import Outcome
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.proposals import queries as proposals
from app.proposals.states import ProposalState
from app.trace.queries import What, because_of, path_of
from tests.factories.answers import answer
from tests.factories.organisations import unit
from tests.factories.plan import field, measure, plan
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_


@pytest.fixture
def place(context):
    made = plan()
    return made, field(made), round_(dialogue(plan=made))


def _path(id):
    db.session.rollback()
    found = proposals.get(id)
    assert found is not None
    return [(step.what, step.state) for step in path_of(found)]


def _adopt(place, **values):
    made, theme, round__ = place
    old = measure(made, "Old", fields=(theme,)).id
    owed = answer(
        proposal(round__, **values), unit(), outcome=Outcome.MERGED, measure_id=old, plan_text={}
    ).id
    with transaction():
        found = answers.get(owed)
        assert found is not None
        commands.publish(found, by=SYSTEM)
    return db.session.get_one(Answer, owed).proposal_id, old


def test_drafts_and_waiting_ones(place):
    draft = proposal(place[2], state=ProposalState.DRAFT).id
    assert _path(draft) == [(What.DRAFT, "current"), (What.PUBLISHED, "todo")]
    public = proposal(place[2]).id
    assert _path(public)[-1] == (What.ANSWER, "current")
    gone = proposal(place[2], state=ProposalState.WITHDRAWN).id
    assert _path(gone)[-1] == (What.WITHDRAWN, "done")


def test_to_the_measure_in_two_queries(place, queries):
    id, old = _adopt(place)
    assert _path(id)[-2:] == [(What.ANSWER, "done"), (What.MEASURE, "done")]
    known = proposals.get(id)
    assert known is not None
    queries.clear()
    path_of(known)
    assert len(queries) <= 2
    queries.clear()
    assert [a.proposal_id for a in because_of(old)] == [id]
    assert len(queries) == 1


def test_the_page_shows_it(place, client):
    id = proposal(place[2]).id
    page = client.get(f"/en/proposals/{id}")
    assert "The way of this proposal" in page.text
    assert "due by" in page.text
