"""From anything one step in either direction, and the whole way on."""

import pytest
from flask import current_app

from app.accounts.models import Person
from app.answers import commands
from app.answers import queries as answers
from app.answers.models import Answer
from app.answers.states import Outcome
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.states import Visibility
from app.core.transactions import transaction
from app.plan import commands as plans
from app.plan.models import Milestone
from app.plan.queries import measure as measure_by_id
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.trace.queries import start, walk
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.answers import answer
from tests.factories.comments import comment
from tests.factories.organisations import unit
from tests.factories.plan import field, plan
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_


@pytest.fixture
def way(context):
    """A comment on an amendment to a proposal that was adopted; a milestone of it is done."""
    made, ids = plan(), {}
    theme, round__ = field(made), round_(dialogue(plan=made))
    one = proposal(round__, title="Sprachcafé", author=person("Author"))
    changed = amendment(one, new="Because it helps in the evening.")
    said = comment(one, target_id=changed.id, body="Auch am Abend bitte.", guest_name="Gast")
    text = commands.PlanText(title="Sprachcafé", field_ids=[theme.id])
    owed = answer(one, unit(), outcome=Outcome.ADOPTED, plan_text=text.to_json())
    with transaction():
        found = answers.get(owed.id)
        assert found is not None
        commands.publish(found, by=SYSTEM)
    measure_id = db.session.get_one(Answer, owed.id).measure_id
    entry = {"text": "Raum gefunden", "qualifier": "ongoing", "state": "done"}
    with transaction():
        measure = measure_by_id(measure_id or 0)
        assert measure is not None
        plans.change_measure(measure, timeline=[entry], reason="Es geht los", by=SYSTEM)
    milestone = db.session.query(Milestone).one()
    ids = {"comment": said.id, "amendment": changed.id, "proposal": one.id, "answer": owed.id}
    return ids | {"measure": measure_id, "milestone": milestone.id}


def _walk(id):
    with current_app.test_request_context("/en/"):
        thing = start(id)
        assert thing is not None
        return walk(thing)


def test_the_whole_way_from_a_comment_to_a_milestone(way):
    found = _walk(way["comment"])
    assert [[one.id for one in level] for level in found.levels] == [[id] for id in way.values()]
    assert found.earlier == []


@pytest.mark.both
def test_back_again_step_by_step(way):
    ids, back = list(way.values()), [way["milestone"]]
    while (earlier := _walk(back[-1]).earlier) and len(back) < 9:
        back.append(earlier[-1].id)
    assert back == ids[::-1]


def test_the_page_walks_both_ways(way, client):
    page = client.get(f"/en/trace/{way['proposal']}").text
    for kind in ("amendment", "answer"):
        assert f'/en/trace/{way[kind]}"' in page
    assert '<svg class="way"' in page
    for kind in ("comment", "amendment", "answer", "measure", "milestone"):
        assert client.get(f"/en/trace/{way[kind]}").status_code == 200


def test_every_contribution_leads_to_it(way, client):
    for path, kind in (
        (f"comments/{way['comment']}", "comment"),
        (f"amendments/{way['amendment']}", "amendment"),
        (f"proposals/{way['proposal']}", "proposal"),
        (f"proposals/{way['proposal']}", "answer"),
        (f"measures/{way['measure']}", "measure"),
        (f"measures/{way['measure']}", "milestone"),
    ):
        assert f'/en/trace/{way[kind]}"' in client.get(f"/en/{path}").text, kind


def test_ones_own_contributions_lead_to_it(way, sign_in):
    one = db.session.get_one(Proposal, way["proposal"])
    author = db.session.get_one(Person, one.author_id)
    page = sign_in(author).get("/en/my/contributions").text
    assert f'/en/trace/{way["proposal"]}"' in page


@pytest.mark.both
def test_nothing_hidden_is_named(context, client):
    round__ = round_(dialogue(plan=plan()))
    one = proposal(round__, title="Offen")
    hidden = comment(one, body="Geheim", visibility=Visibility.HIDDEN)
    draft = proposal(round__, title="Entwurf", state=ProposalState.DRAFT)
    assert "Geheim" not in client.get(f"/en/trace/{one.id}").text
    for id in (hidden.id, draft.id, round__.id, 2**31):
        assert client.get(f"/en/trace/{id}").status_code == 404


def test_as_many_queries_for_many(context, client, queries):
    round__ = round_(dialogue(plan=plan()))
    counts, page = [], ""
    for many in (1, 30):
        one = proposal(round__)
        for number in range(many):
            comment(one, body=f"Nummer {number}")
        queries.clear()
        page = client.get(f"/en/trace/{one.id}").text
        counts.append(len(queries))
    assert "30 contributions led here" in page
    assert counts[0] == counts[1] <= 16
