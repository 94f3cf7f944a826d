"""What an answer writes into the plan names the proposal and whatever else led to it."""

import pytest
from flask import current_app
from sqlalchemy import select

from app.amendments.states import AmendmentState
from app.core import blocks, clock
from app.core.db import db
from app.core.policy import Actor
from app.core.transactions import transaction
from app.moderation.commands import publish_summary
from app.moderation.models import Part
from app.plan.models import Measure
from app.trace.queries import start, walk
from tests.factories.amendments import amendment
from tests.factories.answers import answer
from tests.factories.comments import comment
from tests.factories.proposals import proposal

WORDS = "Das Sprachcafé ist auch am Abend offen."


@pytest.fixture
def led(place):
    """A proposal with an accepted amendment, comments and a summary of its round."""
    made = proposal(place.round, title="Sprachcafé", body="Jede Woche.")
    changed = amendment(
        made,
        new="Jeden Abend.",
        state=AmendmentState.ACCEPTED,
        decided_at=clock.now(),
        made_version=2,
        merged="Jeden Abend.",
    )
    said = comment(made, target_id=changed.id, guest_name="Gast", body="Am Abend haben wir Zeit.")
    comment(made, body="Davon hält der Plan nichts fest.")
    with transaction():
        summary = publish_summary(
            place.round,
            dict.fromkeys(Part, "Abends passt es."),
            {},
            edition=0,
            by=Actor(person_id=place.moderator.id),
        )
        summary_id = summary.id
    return {
        "owed": answer(made, place.unit).id,
        "proposal": made.id,
        "amendment": changed.id,
        "comment": said.id,
        "summary": summary_id,
    }


def _adopt(place, led, browser, causes):
    address = f"/en/answers/{led['owed']}"
    sent = {
        "edition": 0,
        "outcome": "adopted",
        "reason": "Das machen wir.",
        "measure": "new",
        "title": "Sprachcafé",
        "description": WORDS,
        "fields": [place.field.id],
        "because": causes,
    }
    return browser.post(f"{address}/prepare", data=sent)


@pytest.mark.both
def test_several_are_chosen_when_the_answer_opens_the_plan(place, led, sign_in, client):
    browser = sign_in(place.clerk)
    form = browser.get(f"/en/answers/{led['owed']}/prepare").text
    for words in ("Amendment: ", "Comment: Am Abend haben wir Zeit.", "Summary: "):
        assert words in form
    causes = [led["amendment"], led["comment"], led["summary"]]
    assert _adopt(place, led, browser, causes).status_code == 303
    assert "Am Abend haben wir Zeit." in browser.get(f"/en/answers/{led['owed']}/preview").text
    browser.post(f"/en/answers/{led['owed']}/publish", data={"edition": 1})
    db.session.rollback()
    measure = db.session.scalars(select(Measure)).one()
    page = client.get(f"/en/measures/{measure.id}").text
    part = page[page.index(WORDS) : page.index("</section>", page.index(WORDS))]
    for address in (
        f"/en/proposals/{led['proposal']}",
        f"/en/amendments/{led['amendment']}",
        f"/en/comments/{led['comment']}",
        f"/en/rounds/{place.round.id}/summary",
    ):
        assert address in part
    assert "nichts fest" not in part


def test_only_what_was_offered_can_be_chosen(place, led, sign_in):
    other = proposal(place.round, title="Etwas anderes")
    assert _adopt(place, led, sign_in(place.clerk), [other.id]).status_code == 422


@pytest.mark.both
def test_the_way_leads_through_the_sentence_in_both_directions(place, led, sign_in, client):
    browser = sign_in(place.clerk)
    _adopt(place, led, browser, [led["amendment"], led["comment"]])
    browser.post(f"/en/answers/{led['owed']}/publish", data={"edition": 1})
    db.session.rollback()
    measure_id = db.session.scalars(select(Measure.id)).one()
    (sentence,) = blocks.of(measure_id)["description"]

    def walked(id):
        with current_app.test_request_context("/en/"):
            thing = start(id)
            assert thing is not None
            return walk(thing)

    on = walked(led["comment"])
    assert [[one.id for one in level] for level in on.levels] == [
        [id]
        for id in (
            led["comment"],
            led["amendment"],
            led["proposal"],
            led["owed"],
            sentence.id,
            measure_id,
        )
    ]
    level_of = {one.id: n for n, level in enumerate(on.levels) for one in level}
    assert all(level_of[a] < level_of[b] for a, b in on.edges)
    assert (led["comment"], sentence.id) in on.edges
    back = {one.id for one in walked(sentence.id).earlier}
    assert back == {led["owed"], led["amendment"], led["comment"]}
    assert [one.id for one in walked(measure_id).earlier] == [sentence.id]
    page = client.get(f"/en/trace/{sentence.id}").text
    assert WORDS in page
    assert f"/en/trace/{led['comment']}" in page
    assert f'/en/trace/{sentence.id}"' in client.get(f"/en/paragraphs/{sentence.id}").text
