"""Searching everything public: what is found, how it is shown, and what never is."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from app.answers.states import AnswerState, Outcome
from app.core.db import db
from app.core.policy import Actor
from app.core.search import keeping
from app.core.search.models import SearchEntry, SearchWord
from app.core.search.sources import sources
from app.core.states import Visibility
from app.core.transactions import transaction
from app.organisations.states import OrganisationState
from app.pages import commands
from app.pages.models import LegalKind
from app.pages.views.search import KINDS
from app.proposals.states import ProposalState
from app.rounds.states import Activity, RoundState
from app.voting.states import QuestionState
from tests.factories.accounts import person
from tests.factories.answers import answer
from tests.factories.comments import comment
from tests.factories.organisations import organisation, unit
from tests.factories.plan import field, measure, plan
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_
from tests.factories.voting import question

MARKER = "Zwetschgenkuchenmarke"


def test_the_box_is_on_every_page(client):
    page = client.get("/de/").text
    assert re.search(r'<form class="find" role="search" action="/de/search" method="get"', page)
    assert 'for="site-search"' in page


def test_everything_public_in_one_list(client, context):
    there = round_(dialogue(title="Dialog über Brunnen"), title="Runde über Brunnen")
    made = proposal(there, title="Vorschlag für Brunnen")
    comment(made, body="Mehr Brunnen, bitte.")
    organisation("Brunnen e. V.")
    measure(plan(), "Brunnen bauen")
    found = client.get("/de/search?q=brunnen").text
    for url in (
        f"/de/proposals/{made.id}",
        f"/de/rounds/{there.id}",
        f"/de/dialogues/{there.dialogue_id}",
    ):
        assert f'href="{url}"' in found
    assert found.count("<mark>Brunnen</mark>") >= 6
    assert "6 Ergebnisse" in found
    only = client.get("/de/search?q=brunnen&kind=organisations").text
    assert "<mark>Brunnen</mark> e. V." in only
    assert "Vorschlag für" not in only


def test_every_address_that_is_shown_exists(client, context):
    there = round_(open_=(Activity.VOTE,))
    made = proposal(there, title="Brunnen")
    answer(made, unit(), state=AnswerState.PUBLISHED, reason="Brunnen ja", outcome=Outcome.DECLINED)
    question(there, title="Brunnen?", state=QuestionState.PUBLISHED)
    measure(plan("Brunnenplan"), "Brunnen bauen")
    keeping.rebuild()
    page = client.get("/en/search?q=brunnen").text
    addresses = re.findall(r'<h2[^>]*><a href="([^"#]+)', page)
    assert len(addresses) >= 5
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_mistyped_words_are_forgiven_and_the_page_says_so(client, context):
    proposal(round_(), title="Sprachkurse am Abend")
    page = client.get("/en/search?q=Sprachkruse").text
    assert "<mark>Sprachkurse</mark>" in page
    assert "spelt nearly like yours" in page


def test_nothing_found_says_what_to_try(client, context):
    page = client.get("/en/search?q=Nichtsdergleichen&kind=plan").text
    assert "Nothing found" in page
    assert "Type fewer words" in page
    assert 'value="Nichtsdergleichen"' in page
    assert client.get("/en/search").status_code == 200


def test_pages_by_key(client, context):
    there = round_()
    for number in range(23):
        proposal(there, title=f"Brunnen {number}")
    first = client.get("/en/search?q=brunnen").text
    assert first.count('class="card card--list"') == 20
    following = re.search(r'href="(/en/search\?[^"]*after=[^"]*)"', first)
    assert following is not None
    second = client.get(following.group(1).replace("&amp;", "&")).text
    assert second.count('class="card card--list"') == 3
    for garbage in ("x", "n", "9.9", "1.", "0." + "9" * 30, "٣.١", "n0.1"):
        assert client.get(f"/en/search?q=brunnen&after={garbage}").status_code == 200


def test_mistyped_words_go_on_over_pages(client, context):
    there = round_()
    for number in range(23):
        proposal(there, title=f"Spielplatz {number}")
    first = client.get("/en/search?q=Spielplaz").text
    following = re.search(r'href="(/en/search\?[^"]*after=n[^"]*)"', first)
    assert following is not None
    second = client.get(following.group(1).replace("&amp;", "&")).text
    assert first.count('class="card card--list"') + second.count('class="card card--list"') == 23


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>x</script>",
        '"><img src=x>',
        "a%00b",
        "x" * 1_000_000,
        "%25' OR 1=1 --",
        '" OR *',
        "%e2%80%ae",
    ],
)
def test_hostile_words_are_only_words(client, context, hostile):
    proposal(round_(), title="Brunnen")
    page = client.get("/de/search", query_string=f"q={hostile}")
    assert page.status_code in (200, 414)
    assert "<script>x" not in page.text
    assert "<img src=x" not in page.text


def test_hostile_texts_are_shown_as_text(client, context):
    proposal(round_(), title="Brunnen <script>alert(1)</script>", body="Brunnen <mark>x</mark>")
    page = client.get("/de/search?q=brunnen").text
    assert "<script>alert" not in page
    assert "<mark>x</mark>" not in page


def test_at_most_eight_statements(client, context, sign_in, queries):
    there = round_()
    for number in range(22):
        proposal(there, title=f"Brunnen {number}")
    reader = sign_in(person("Rana"))
    for browser in (client, reader):
        for q in ("brunnen", "brunen", "der brunnen nahebei", "nichts"):
            browser.get(f"/de/search?q={q}")
            queries.clear()
            browser.get(f"/de/search?q={q}")
            assert len(queries) <= 8, (q, queries)


@pytest.mark.both
def test_what_is_not_public_is_found_by_nobody(context, client, sign_in):
    """A marker in everything that is not public, looked for as every role and as a stranger."""
    moderator, author, clerk = person("Mo"), person("Amal"), person("Clerk")
    made = organisation("Verein", representative=author)
    here = dialogue(moderator=moderator)
    open_round = round_(here, open_=(Activity.VOTE, Activity.COMMENT))
    accredit(here.id, made)
    public = proposal(open_round, author=author, organisation=made, title="Öffentlich")
    mine: dict[str, Any] = {"author": author, "organisation": made, "title": MARKER}
    hidden: dict[str, Any] = {"visibility": Visibility.HIDDEN, "visibility_reason": "Off topic."}
    returned: dict[str, Any] = {"visibility": Visibility.RETURNED, "visibility_reason": "Unclear."}
    states: tuple[dict[str, Any], ...] = (
        {"state": ProposalState.DRAFT},
        {"state": ProposalState.SUBMITTED},
        {"state": ProposalState.WITHDRAWN},
        {"visibility": Visibility.HELD},
        hidden,
        returned,
    )
    for values in states:
        proposal(open_round, **mine, **values)
    below = proposal(open_round, author=author, title="Verborgen", **hidden)
    comment(below, body=MARKER)
    for visibility in (one for one in Visibility if one is not Visibility.VISIBLE):
        comment(public, author=author, body=MARKER, visibility=visibility)
    planned = round_(here, state=RoundState.DRAFT, open_=(Activity.VOTE,), number=2, title=MARKER)
    question(planned, title=MARKER, state=QuestionState.PUBLISHED)
    question(open_round, title=MARKER, state=QuestionState.DRAFT)
    secret = dialogue(moderator=moderator, title=MARKER, published_at=None)
    proposal(round_(secret, title=MARKER), **mine)
    organisation(MARKER, state=OrganisationState.REGISTERED, representative=author)
    office = unit("Amt", clerk)
    answer(public, office, reason=MARKER)
    keeping.rebuild()
    assert not any(keeping.check())
    readers = [client, *(sign_in(one) for one in (moderator, author, clerk, person("Other")))]
    for browser in readers:
        for q in (MARKER, "Zwetschgenkuchen", "Zwetschgenkuchnemarke"):
            page = browser.get(f"/de/search?q={q}").text
            assert "card--list" not in page, q
        listed = browser.get(f"/de/rounds/{open_round.id}/proposals?q={MARKER}").text
        assert "card--list" not in listed
    held = db.session.scalars(select(SearchEntry.tokens)).all()
    assert not any(MARKER.lower() in tokens for tokens in held)
    assert db.session.scalar(select(SearchWord).where(SearchWord.word == MARKER.lower())) is None


def _found(client) -> bool:
    return "card--list" in client.get(f"/de/search?q={MARKER}").text


def test_what_is_hidden_leaves_with_the_decision_and_comes_back_with_it(context, client, sign_in):
    moderator = person("Mo")
    made = proposal(round_(dialogue(moderator=moderator)), title=MARKER)
    comment(made, body=MARKER)
    browser = sign_in(moderator)
    reasons = {"rule": "insult", "facts": "No."}
    decide = f"/en/subjects/{made.id}/decision"
    assert client.get(f"/de/search?q={MARKER}").text.count("card--list") == 2
    assert browser.post(decide, data={"action": "hide", "seen": "0", **reasons}).status_code == 303
    assert not _found(client)
    shown = browser.post(decide, data={"action": "publish", "seen": "1", **reasons})
    assert shown.status_code == 303
    assert client.get(f"/de/search?q={MARKER}").text.count("card--list") == 2
    assert not any(keeping.check())


def test_what_is_withdrawn_leaves(context, client, sign_in):
    author = person("Amal")
    there = round_()
    made = proposal(there, author=author, title=MARKER)
    assert _found(client)
    answer = sign_in(author).post(f"/de/proposals/{made.id}/withdraw")
    assert answer.status_code == 303
    assert not _found(client)


def test_a_field_leads_to_its_own_plan(client, context):
    plan(title="The first plan")
    second = plan(title="The second plan")
    made = field(second, "Brunnen und Quellen")
    found = client.get("/en/search?q=Quellen").text
    assert f'href="/en/plan?plan={second.id}&amp;field={made.id}"' in found
    page = client.get(f"/en/plan?plan={second.id}&field={made.id}").text
    assert "The second plan" in page
    assert "Brunnen und Quellen" in page


@pytest.mark.both
def test_the_legal_texts_in_force_are_found(client, context):
    operator = person("Operator")

    def written(kind, language, body):
        with transaction():
            commands.change_legal_text(kind, language, body, by=Actor(person_id=operator.id))

    written(LegalKind.PRIVACY, "de", "Wir bewahren Quittungen auf.")
    written(LegalKind.PRIVACY, "de", f"Wir bewahren {MARKER} auf.")
    written(LegalKind.PRIVACY, "en", "We keep receipts.")
    in_footer = 'href="/de/legal/privacy"'
    assert client.get(f"/de/search?q={MARKER}").text.count(in_footer) == 2
    assert client.get("/de/search?q=Quittungen").text.count(in_footer) == 1
    english = client.get("/en/search?q=receipts&kind=site").text
    assert english.count('href="/en/legal/privacy"') == 2
    assert "About this site" in english
    assert not any(keeping.check())


def test_every_kind_that_can_be_found_has_a_name(sqlite_app):
    assert {source.kind for source in sources()} <= set(KINDS)
