"""Everybody reads dialogues and rounds; drafts are for their moderators."""

import pytest

from app.rounds.models import Procedure
from app.rounds.states import Activity, RoundState
from tests.factories import accounts, organisations, rounds


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


def test_the_number_of_queries_does_not_grow(app, client, queries):
    with app.app_context():
        for _number in range(3):
            dialogue = rounds.dialogue()
            rounds_ = [rounds.round_(dialogue, number=n) for n in (1, 2, 3)]
        paths = ["/en/dialogues", f"/en/dialogues/{dialogue.id}", f"/en/rounds/{rounds_[0].id}"]
    for path in paths:
        queries.clear()
        assert client.get(path).status_code == 200
        assert len(queries) <= 8, path
