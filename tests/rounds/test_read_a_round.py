"""Everybody reads dialogues and rounds; drafts are for their moderators."""

import re
from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.models import AccreditationState, Audience, Procedure, Window
from app.rounds.states import Activity, RoundState
from tests.factories import accounts, organisations, proposals, rounds


@pytest.mark.parametrize("state", list(RoundState))
def test_every_state_says_so(app, client, sign_in, state):
    with app.app_context():
        moderator = accounts.person()
        dialogue = rounds.dialogue(moderator=moderator)
        round_ = rounds.round_(dialogue, state=state)
        paths = [f"/de/rounds/{round_.id}", f"/ar/rounds/{round_.id}/procedure"]
    seen = 404 if state is RoundState.DRAFT else 200
    assert [client.get(path).status_code for path in paths] == [seen, seen]
    assert [sign_in(moderator).get(path).status_code for path in paths] == [200, 200]


def test_a_draft_dialogue_is_not_there_for_others(app, client, sign_in):
    with app.app_context():
        moderator, other = accounts.person(), accounts.person()
        dialogue = rounds.dialogue(moderator=moderator, published_at=None, title="Secret plan")
        rounds.dialogue(moderator=other)
        path = f"/en/dialogues/{dialogue.id}"
    for browser in (client, sign_in(other)):
        assert browser.get(path).status_code == 404
        assert "Secret plan" not in browser.get("/en/dialogues").text
    assert "Secret plan" in sign_in(moderator).get("/en/dialogues").text
    assert sign_in(moderator).get(path).status_code == 200


def test_the_round_says_what_is_open_and_what_was(app, client):
    with app.app_context():
        rules = Procedure(who_decides="The council <b>decides</b>.")
        round_ = rounds.round_(
            open_=(Activity.COMMENT,), closed=(Activity.PROPOSE,), procedure=rules
        )
        path = f"/en/rounds/{round_.id}"
    page = client.get(path).text
    assert "was possible until" in page
    assert "(in " in page
    assert "The council &lt;b&gt;decides&lt;/b&gt;." in page


def test_the_dialogue_says_who_takes_part(app, client):
    with app.app_context():
        dialogue = rounds.dialogue()
        one = organisations.organisation(name="Verein Eins")
        rounds.accredit(dialogue.id, one)
        path = f"/en/dialogues/{dialogue.id}"
    assert "1 organisation<" in client.get(path).text
    assert "Verein Eins" in client.get(f"{path}/organisations").text


@pytest.mark.both
def test_as_many_queries_for_many_proposals_as_for_few(app, sign_in, queries):
    with app.app_context():
        person, author = accounts.person(), accounts.person()
        dialogue = rounds.dialogue()
        round_ = rounds.round_(dialogue)
        for number in (2, 3):
            rounds.round_(dialogue, number=number)
        one = organisations.organisation(representative=person)
        rounds.accredit(dialogue.id, one)
        proposals.proposal(round_, author=author, organisation=one)
        ids = (round_.id, author.id, one.id)
    path, browser = f"/en/rounds/{ids[0]}", sign_in(person)
    queries.clear()
    assert browser.get(path).status_code == 200
    few = len(queries)
    with app.app_context(), transaction():
        db.session.add_all(
            Proposal(
                round_id=ids[0],
                author_id=ids[1],
                organisation_id=ids[2],
                state=ProposalState.PUBLISHED,
                visibility=Visibility.VISIBLE,
                title=f"Proposal {n}",
                body="",
                city_wide=True,
                version_number=1,
                created_at=clock.now(),
                saved_at=clock.now(),
                submitted_at=clock.now(),
                published_at=clock.now(),
            )
            for n in range(1000)
        )
    queries.clear()
    page = browser.get(path).text
    assert len(queries) == few <= 16
    assert page.count('class="card card--list"') == 20
    assert f"{path}/proposals?after=" in page


def test_the_button_is_the_most_useful_thing_the_reader_can_do(app, client, sign_in):
    with app.app_context():
        person, speaker = accounts.person(), accounts.person()
        dialogue = rounds.dialogue()
        one = organisations.organisation(representative=speaker)
        rounds.accredit(dialogue.id, one)
        everybody = Procedure(who_proposes=Audience.PERSONS)
        ids = {
            "organisations": rounds.round_(dialogue).id,
            "everybody": rounds.round_(dialogue, number=2, procedure=everybody).id,
            "support": rounds.round_(dialogue, number=3, open_=[Activity.SUPPORT]).id,
            "over": rounds.round_(dialogue, number=4, state=RoundState.CLOSED).id,
        }

    def button(browser, name):
        page = browser.get(f"/en/rounds/{ids[name]}").text
        (primary,) = re.findall(r'kern-btn--primary" href="[^"]*"><span[^>]*>([^<]*)<', page)
        return primary

    assert button(speaker_ := sign_in(speaker), "organisations") == "Make a proposal"
    for browser in (client, sign_in(person)):
        assert button(browser, "organisations") == "Read and comment on proposals"
        assert button(browser, "everybody") == "Make a proposal"
        assert button(browser, "support") == "Read and support proposals"
        assert button(browser, "over") == "Read the proposals"
    assert button(speaker_, "over") == "Read the proposals"


def test_the_round_says_what_comes_next(app, client):
    with app.app_context():
        dialogue = rounds.dialogue()
        first = rounds.round_(dialogue, open_=())
        rounds.round_(dialogue, number=2, state=RoundState.ANNOUNCED, title="The vote")
        rounds.round_(dialogue, number=3, state=RoundState.DRAFT, title="Not yet public")
        with transaction():
            opens = clock.now() + timedelta(days=3)
            db.session.add(
                Window(
                    round_id=first.id,
                    activity=Activity.COMMENT,
                    opens_at=opens,
                    closes_at=opens + timedelta(days=3),
                )
            )
        path = f"/en/rounds/{first.id}"
    page = client.get(path).text
    assert "Comment on proposals: from" in page
    assert "The vote" in page
    assert "Not yet public" not in page


def test_a_refused_organisation_reads_the_reason_and_nobody_else(app, client, sign_in):
    with app.app_context():
        speaker, other = accounts.person(), accounts.person()
        dialogue = rounds.dialogue()
        one = organisations.organisation(representative=speaker)
        rounds.accredit(dialogue.id, one, AccreditationState.REFUSED)
        page = f"/en/dialogues/{dialogue.id}"
        ask = f"{page}/organisations/{one.id}/ask"
    assert "No part in this." in sign_in(speaker).get(page).text
    assert "No part in this." in sign_in(speaker).get(ask).text
    assert "No part in this." not in client.get(page).text
    assert "No part in this." not in sign_in(other).get(page).text
    assert sign_in(other).get(ask).status_code == 403
