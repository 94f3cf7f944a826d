"""The page of a measure names the proposals that led to it."""

import pytest
from sqlalchemy import select

from app.answers import commands
from app.answers import queries as answers
from app.answers.states import Outcome
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands as plan_commands
from app.plan import queries as plan_queries
from app.trace.models import EdgeKind, TraceEdge
from tests.factories.answers import answer
from tests.factories.organisations import unit
from tests.factories.plan import field, measure, plan
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_


@pytest.fixture
def adopted(context):
    made = plan()
    old = measure(made, "Old", fields=(field(made),)).id
    made_ = proposal(round_(dialogue(plan=made)), title="<b>Sprachcafé</b>")
    asked = made_.id
    owed = answer(
        made_,
        unit(),
        outcome=Outcome.MERGED,
        measure_id=old,
        plan_text={},
        reason="[x](javascript:alert(1)) <script>alert(2)</script> **strong**",
    ).id
    return asked, old, owed


def _publish(owed):
    with transaction():
        found = answers.get(owed)
        assert found is not None
        commands.publish(found, by=SYSTEM)


def test_the_measure_names_the_proposal_once_the_answer_is_public(adopted, client):
    asked, old, owed = adopted
    assert "because-of" not in client.get(f"/en/measures/{old}").text
    _publish(owed)
    page = client.get(f"/en/measures/{old}").text
    assert "because-of" in page
    assert f"/en/proposals/{asked}" in page
    assert "&lt;b&gt;Sprachcafé" in page


def test_the_proposal_page_shows_answer_and_measure(adopted, client, queries):
    asked, old, owed = adopted
    _publish(owed)
    client.get(f"/en/proposals/{asked}")
    queries.clear()
    page = client.get(f"/en/proposals/{asked}")
    assert page.status_code == 200
    assert len(queries) <= 16, queries
    assert f"/en/measures/{old}" in page.text
    assert "<strong>strong</strong>" in page.text
    assert 'href="javascript:' not in page.text
    assert "<script>alert(2)" not in page.text


def test_the_measure_page_stays_cheap(adopted, client, queries):
    _asked, old, owed = adopted
    _publish(owed)
    client.get(f"/en/measures/{old}")
    queries.clear()
    assert client.get(f"/en/measures/{old}").status_code == 200
    assert len(queries) <= 16, queries


def test_a_milestone_that_is_done_is_on_the_way(adopted):
    """The measure's entry becomes done: from then on an edge leads there, once."""
    _asked, old, owed = adopted
    _publish(owed)
    entry = {"text": "The first group has begun", "qualifier": "ongoing"}
    for state in ("running", "done", "done"):
        with transaction():
            found = plan_queries.measure(old)
            assert found is not None
            plan_commands.change_measure(
                found, timeline=[{**entry, "state": state}], reason="It went on", by=SYSTEM
            )
    db.session.rollback()
    edges = db.session.scalars(select(TraceEdge).where(TraceEdge.kind == EdgeKind.MILESTONE)).all()
    assert [edge.source_id for edge in edges] == [old]
