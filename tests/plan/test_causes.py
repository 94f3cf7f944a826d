"""Whoever is responsible says, also later, because of what a paragraph of the plan stands there."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.core import blocks, jobs
from app.core.db import db
from app.core.policy import SYSTEM, Actor
from app.core.states import Visibility
from app.core.transactions import transaction
from app.moderation.commands import publish_summary
from app.moderation.models import Part
from app.notifications import commands as notifications
from app.notifications.models import Notice
from app.plan import commands
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.organisations import unit
from tests.factories.plan import plan
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_


@pytest.fixture
def place(context):
    made = SimpleNamespace(clerk=person("Clerk"), stranger=person("Stranger"), mo=person("Mo"))
    city = plan()
    made.round = round_(dialogue(plan=city, moderator=made.mo))
    made.proposal = proposal(made.round, title="Längere Zeiten")
    made.comment = comment(made.proposal, body="Bitte bis zehn.")
    made.hidden = comment(made.proposal, body="Verborgen", visibility=Visibility.HIDDEN)
    office = unit("Office", made.clerk)
    with transaction():
        found = commands.create_measure(
            city,
            title="Räume",
            description="Offen bis acht.\n\nMit Tee und Kaffee.",
            unit_id=office.id,
            reason="x",
            by=SYSTEM,
        )
        made.id = found.id
    made.block = blocks.of(made.id)["description"][0].id
    made.address = f"/en/paragraphs/{made.block}/causes"
    return made


def _causes(place):
    db.session.rollback()
    found = blocks.causes_of(blocks.TextCause.block_id == place.block)
    return [cause.id for cause in found.get(place.block, [])]


@pytest.mark.both
def test_named_later_and_taken_back(place, sign_in, client):
    browser = sign_in(place.clerk)
    assert place.address in browser.get(f"/en/paragraphs/{place.block}").text
    lines = f"http://localhost/en/proposals/{place.proposal.id}\n/de/comments/{place.comment.id}"
    assert browser.post(place.address, data={"causes": lines}).status_code == 303
    assert _causes(place) == [place.proposal.id, place.comment.id]
    page = client.get(f"/en/measures/{place.id}").text
    assert "Längere Zeiten" in page
    assert "Bitte bis zehn." in page
    form = browser.get(place.address).text
    assert f"/en/comments/{place.comment.id}" in form
    browser.post(place.address, data={"causes": f"/en/comments/{place.comment.id}"})
    assert _causes(place) == [place.comment.id]


def test_a_summary_is_named_by_the_address_of_its_page(place, sign_in, client):
    with transaction():
        words = dict.fromkeys(Part, "Wie lange?")
        by = Actor(person_id=place.mo.id)
        publish_summary(place.round, words, {}, edition=0, by=by)
    address = f"/de/rounds/{place.round.id}/summary"
    assert sign_in(place.clerk).post(place.address, data={"causes": address}).status_code == 303
    assert address in client.get(f"/de/paragraphs/{place.block}").text


@pytest.mark.parametrize("line", ["nothing", "/en/comments/999999", "hidden", "measure"])
def test_what_nobody_can_read_is_no_cause(place, sign_in, line):
    known = {"hidden": f"/en/comments/{place.hidden.id}", "measure": f"/en/measures/{place.id}"}
    answer = sign_in(place.clerk).post(place.address, data={"causes": known.get(line, line)})
    assert answer.status_code == 422
    assert "One of these is nothing that everybody can read here." in answer.text
    assert known.get(line, line) in answer.text
    assert _causes(place) == []


def test_nobody_else_names_causes(place, sign_in, client):
    for browser, status in ((sign_in(place.stranger), 403), (client, 401)):
        sent = browser.post(place.address, data={"causes": f"/{place.proposal.id}"})
        assert sent.status_code == status
        assert place.address not in browser.get(f"/en/paragraphs/{place.block}").text
    assert _causes(place) == []


@pytest.mark.both
def test_an_edit_says_because_of_what_its_new_words_stand_there(place, sign_in, client):
    typed = {
        "edition": "1",
        "title": "Räume",
        "state": "new",
        "description": "Offen bis zehn, jeden Tag.\n\nMit Tee und Kaffee.",
        "reason": "Zeiten",
        "causes": f"/en/proposals/{place.proposal.id}\n/en/comments/{place.comment.id}",
    }
    browser = sign_in(place.clerk)
    assert browser.post(f"/en/measures/{place.id}/edit", data=typed).status_code == 303
    db.session.rollback()
    first, second = blocks.of(place.id)["description"]
    causes = blocks.causes_of(blocks.TextBlock.owner_id == place.id)
    assert [cause.id for cause in causes[first.id]] == [place.proposal.id, place.comment.id]
    assert second.id not in causes
    wrong = {**typed, "edition": "2", "causes": "somewhere"}
    page = browser.post(f"/en/measures/{place.id}/edit", data=wrong)
    assert page.status_code == 422
    assert "somewhere" in page.text


def _told(person_id):
    db.session.rollback()
    return [
        str(kind)
        for kind in db.session.scalars(
            select(Notice.kind).where(Notice.person_id == person_id).order_by(Notice.id)
        )
    ]


@pytest.mark.both
def test_whose_words_led_to_it_is_told_once(place, sign_in):
    author, clerk = place.comment.author_id, sign_in(place.clerk)
    address = f"/en/comments/{place.comment.id}"
    clerk.post(place.address, data={"causes": address})
    clerk.post(place.address, data={"causes": ""})
    clerk.post(place.address, data={"causes": address})
    assert _told(author) == ["in-the-plan"]
    assert _told(place.clerk.id) == []


def test_who_follows_a_measure_is_told_of_comments_on_its_paragraphs(place, sign_in):
    with transaction():
        notifications.follow(person_id=place.stranger.id, subject_id=place.id)
    typed = {"body": "Bis neun reicht.", "language": "de", "form_key": "one", "stance": ""}
    sent = sign_in(place.mo).post(f"/en/subjects/{place.block}/comments", data=typed)
    assert sent.status_code == 303
    while jobs.run_due():
        pass
    assert "comment" in _told(place.stranger.id)
