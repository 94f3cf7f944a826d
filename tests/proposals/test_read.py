"""Reading a proposal: what everybody sees, what only its own people and the moderators see."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.policy import ANYBODY, Actor, grants_of
from app.core.states import Visibility
from app.core.transactions import transaction
from app.organisations.models import MandateRole
from app.proposals import queries
from app.proposals.models import Proposal, ProposalVersion
from app.proposals.states import ProposalState
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_


@pytest.fixture
def place(context):
    """A round with a moderator, and an organisation with a representative and a member."""
    made = SimpleNamespace(
        moderator=person("Moderator"),
        representative=person("Representative"),
        member=person("Member"),
        stranger=person("Stranger"),
        other_moderator=person("Moderator elsewhere"),
    )
    made.dialogue = dialogue(moderator=made.moderator)
    dialogue(moderator=made.other_moderator)
    made.round = round_(made.dialogue)
    made.verein = organisation("Beispielverein", representative=made.representative)
    mandate(made.member, made.verein, MandateRole.MEMBER)
    accredit(made.dialogue.id, made.verein)
    return made


def test_everybody_reads_a_published_one(place, client):
    made = proposal(
        place.round,
        organisation=place.verein,
        title="Anlaufstelle an fünf Tagen öffnen",
        body="Ein **fester** Ort.",
        goal="Weniger Wege",
        cost_cents=49_501_600,
        districts=(1, 9),
    )
    page = client.get(f"/de/proposals/{made.id}")
    assert page.status_code == 200
    for words in ("Anlaufstelle an fünf Tagen", "<strong>fester</strong>", "Beispielverein"):
        assert words in page.text
    assert "495.016\xa0€" in page.text
    assert "Ricklingen" in page.text
    assert "€495,016" in client.get(f"/en/proposals/{made.id}").text


ALL = [
    *((state, Visibility.HELD) for state in (ProposalState.DRAFT, ProposalState.SUBMITTED)),
    (ProposalState.DRAFT, Visibility.RETURNED),
    (ProposalState.SUBMITTED, Visibility.HIDDEN),
    (ProposalState.PUBLISHED, Visibility.VISIBLE),
    (ProposalState.PUBLISHED, Visibility.HIDDEN),
    (ProposalState.PUBLISHED, Visibility.RETURNED),
    (ProposalState.WITHDRAWN, Visibility.VISIBLE),
    (ProposalState.SHORTLISTED, Visibility.VISIBLE),
    (ProposalState.DECIDED, Visibility.VISIBLE),
]


def _actor(who) -> Actor:
    return Actor(person_id=who.id, grants=grants_of(who.id)) if who else ANYBODY


def test_the_page_and_the_predicate_agree(place, sign_in, client):
    made = [
        proposal(
            place.round,
            organisation=org,
            author=place.representative,
            state=state,
            visibility=visibility,
            visibility_reason="Names a neighbour." if visibility != "visible" else "",
            title=f"Secret title {number}",
        )
        for number, (state, visibility) in enumerate(ALL)
        for org in (place.verein, None)
    ]
    everybody = (
        None,
        place.stranger,
        place.member,
        place.representative,
        place.moderator,
        place.other_moderator,
    )
    for who in everybody:
        browser = sign_in(who) if who else client
        seen = set(db.session.scalars(select(Proposal.id).where(queries.visible_to(_actor(who)))))
        for one in made:
            page = browser.get(f"/en/proposals/{one.id}")
            reads = page.status_code == 200 and one.title in page.text
            assert reads == (one.id in seen), (who, one.state, one.visibility)
            if not reads and one.published_at is None:
                assert page.status_code == 404
            elif not reads:
                assert page.status_code == 200
                assert "Names a neighbour." in page.text


def test_drafts_are_seen_by_the_organisation_only(place):
    draft = proposal(place.round, organisation=place.verein, state=ProposalState.DRAFT)
    readers = {
        who.display_name
        for who in (place.representative, place.member, place.moderator, place.stranger)
        if queries.is_visible(draft.id, _actor(who))
    }
    assert readers == {"Representative", "Member"}


def test_who_left_the_organisation_no_longer_sees_its_drafts(place):
    author = person("Former author")
    draft = proposal(
        place.round, organisation=place.verein, author=author, state=ProposalState.DRAFT
    )
    assert not queries.is_visible(draft.id, _actor(author))


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        '<div onclick="x()"><img src=x onerror="y()"></div>',
        "![p](https://evil.example/x.png)",
        "<a href='data:text/html,x'>x</a>",
    ],
)
def test_markup_is_harmless(place, client, body):
    made = proposal(place.round, body=body, title=body[:60], goal=body, carried_by=body)
    main = client.get(f"/en/proposals/{made.id}").text.partition("<main")[2].partition("</main")[0]
    for bad in ("<script", 'href="javascript', "<img", 'href="data:', "<div onclick"):
        assert bad not in main


def test_no_such_proposal(place, client):
    assert client.get("/en/proposals/999999").status_code == 404
    assert client.get("/en/proposals/99999999999999999999999").status_code == 404
    assert client.get(f"/en/proposals/{place.round.id}").status_code == 404


def test_the_page_costs_at_most_sixteen_queries(place, sign_in, queries):
    made = proposal(place.round, organisation=place.verein, districts=(1, 2, 3))
    browser = sign_in(place.representative)
    browser.get(f"/en/proposals/{made.id}")
    queries.clear()
    assert browser.get(f"/en/proposals/{made.id}").status_code == 200
    assert len(queries) <= 16, queries


def test_two_versions_are_compared_word_by_word(hall, client):
    known = proposal(hall.round, title="A house", body="A house for all <b>of us</b>.")
    with transaction():
        db.session.add(
            ProposalVersion(
                proposal_id=known.id,
                number=2,
                title="A garden",
                body="A garden for all <b>of us</b>.",
                by_id=hall.rosa.id,
                at=clock.now(),
            )
        )
        db.session.get_one(Proposal, known.id).version_number = 2
    versions = f"/en/proposals/{known.id}/versions"
    assert f'href="{versions}/2"' in client.get(versions).text
    page = client.get(f"{versions}/2").text
    assert "<del>" in page
    assert "<ins>" in page
    assert "&lt;b&gt;of us" in page
    assert "added:" in page
    for number in ("1", "3", "0"):
        assert client.get(f"{versions}/{number}").status_code == 404
