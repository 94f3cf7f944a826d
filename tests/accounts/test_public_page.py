"""What a person wrote in public on one page: only if they want it, and only what is public."""

from html import unescape

import pytest

from app.accounts import commands
from app.accounts.models import Person
from app.answers.states import AnswerState, Outcome
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.states import Visibility
from app.core.transactions import transaction
from app.proposals.models import Proposal
from app.trace import commands as trace
from app.trace.models import EdgeKind
from tests.factories.accounts import person
from tests.factories.answers import answer
from tests.factories.comments import comment
from tests.factories.organisations import organisation, unit
from tests.factories.plan import measure, plan
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_


class Hall:
    def __init__(self) -> None:
        self.author = person("Zaubernuss")
        self.plan = plan()
        self.round = round_(dialogue(plan=self.plan))
        made = proposal(self.round, author=self.author, title="A garden")
        self.made = made.id
        partner = organisation("Partner")
        self.theirs = proposal(
            self.round, author=self.author, organisation=partner, title="Of the partner"
        ).id
        self.said = comment(made, author=self.author, body="I wrote this").id
        self.hidden = comment(
            made,
            author=self.author,
            body="MARK",
            visibility=Visibility.HIDDEN,
            visibility_reason="Because",
        ).id
        self.address = f"/en/people/{self.author.id}"


@pytest.fixture
def hall(context):
    return Hall()


def _show(hall):
    with transaction():
        commands.show_profile(db.session.get_one(Person, hall.author.id), by=SYSTEM)


@pytest.mark.both
def test_nobody_sees_it_before_its_person_wants_that(hall, sign_in, client):
    assert client.get(hall.address).status_code == 404
    assert sign_in(person("Other")).get(hall.address).status_code == 404
    browser = sign_in(hall.author)
    assert "Only you see this page" in browser.get(hall.address).text
    assert f"/people/{hall.author.id}" not in client.get(f"/en/proposals/{hall.made}").text
    assert browser.post("/en/account/profile", data={"show": "yes"}).status_code == 303
    page = unescape(client.get(hall.address).text)
    for words in ("Zaubernuss", "A garden", "I wrote this", f"/trace/{hall.made}"):
        assert words in page
    assert f"/people/{hall.author.id}" in client.get(f"/en/proposals/{hall.made}").text
    browser.post("/en/account/profile", data={"show": "no"})
    assert client.get(hall.address).status_code == 404


def test_only_what_is_public_and_their_own(hall, client):
    _show(hall)
    page = client.get(hall.address).text
    assert "MARK" not in page
    assert "Of the partner" not in page


def test_it_ends_with_the_account(hall, client):
    _show(hall)
    with transaction():
        commands.delete(db.session.get_one(Person, hall.author.id), by=SYSTEM)
    assert client.get(hall.address).status_code == 404


@pytest.mark.both
def test_what_became_of_it(hall, client):
    _show(hall)
    gardens = measure(hall.plan, "Gardens").id
    given = answer(
        db.session.get_one(Proposal, hall.made),
        unit("Office"),
        outcome=Outcome.ADOPTED,
        state=AnswerState.PUBLISHED,
        measure_id=gardens,
    )
    with transaction():
        trace.link(hall.made, given.id, EdgeKind.ANSWERED_BY)
    page = unescape(client.get(hall.address).text)
    assert "adopted" in page.lower()
    assert f"/measures/{gardens}" in page


def test_as_many_queries_for_30_as_for_one(hall, client, queries):
    _show(hall)
    sent = []
    for more in (0, 30):
        for n in range(more):
            made = proposal(hall.round, author=hall.author, title=f"P {n}")
            comment(made, author=hall.author, body=f"C {n}")
        queries.clear()
        assert client.get(hall.address).status_code == 200
        sent.append(len(queries))
    assert sent[0] == sent[1] <= 12
