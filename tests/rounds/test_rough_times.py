"""Until a round is announced its times may stand in words; the announcement needs exact dates."""

import pytest

from app.core import clock
from app.core.errors import Conflict, Invalid
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.rounds import commands, queries
from app.rounds.models import Procedure
from app.rounds.states import NOT_BEGUN, Activity, RoundState
from tests.factories import accounts, rounds
from tests.factories.rounds import DAY

RULES = Procedure(who_decides="The council.", open_to_influence="The places.")
EXACT = {"opens_at": "2027-05-03T08:00", "closes_at": "2027-06-30T18:00"}


@pytest.fixture
def made(app, sign_in):
    """Makes a round; gives its moderator's browser and its id."""

    def make(state=RoundState.DRAFT, **values):
        with app.app_context():
            moderator = accounts.person()
            dialogue = rounds.dialogue(moderator=moderator)
            id = rounds.round_(dialogue, state=state, procedure=RULES, **values).id
        return sign_in(moderator), id

    return make


def _times(app, id):
    with app.app_context():
        round_ = queries.get(id)
        assert round_ is not None
        return round_.windows, queries.rough_windows(id)


@pytest.mark.both
def test_words_until_the_announcement_then_exact_dates(app, client, made):
    browser, id = made(open_=(Activity.COMMENT,))
    page = f"/en/rounds/{id}"
    assert "not known yet" in browser.get(f"{page}/windows/vote").text
    for _twice in range(2):
        said = browser.post(f"{page}/windows/vote/roughly", data={"words": " spring <b>2027 "})
        assert said.status_code == 303
    for shown in (f"{page}/manage", page, f"{page}/windows/vote"):
        assert "spring &lt;b&gt;2027" in browser.get(shown).text
    assert client.get(page).status_code == 404
    assert "exact dates" in browser.get(f"{page}/manage").text
    refused = browser.post(f"{page}/manage/announce")
    assert refused.status_code == 422
    assert "exact dates" in refused.text
    assert browser.post(f"{page}/windows/vote", data=EXACT).status_code == 303
    windows, rough = _times(app, id)
    assert ([w.activity for w in windows], rough) == ([Activity.COMMENT, Activity.VOTE], {})
    assert browser.post(f"{page}/manage/announce").status_code == 303
    assert "not known yet" not in browser.get(f"{page}/windows/vote").text


def test_words_take_the_place_of_dates_in_a_draft(app, made):
    browser, id = made(open_=(Activity.COMMENT, Activity.VOTE))
    page = f"/en/rounds/{id}/windows/vote/roughly"
    assert browser.post(page, data={"words": "after the holidays"}).status_code == 303
    windows, rough = _times(app, id)
    assert [w.activity for w in windows] == [Activity.COMMENT]
    assert rough == {Activity.VOTE: "after the holidays"}


def test_words_are_taken_back(app, made):
    browser, id = made(open_=())
    page = f"/en/rounds/{id}/windows/vote"
    browser.post(f"{page}/roughly", data={"words": "spring"})
    assert "/windows/vote/remove" in browser.get(f"/en/rounds/{id}/manage").text
    sent = [browser.post(f"{page}/remove").status_code for _ in range(2)]
    assert sent == [303, 409]
    assert _times(app, id) == ([], {})


@pytest.mark.parametrize("typed", ["", "   ", "x" * 201])
def test_what_is_not_right_is_said_and_comes_back(app, made, typed):
    browser, id = made()
    answer = browser.post(f"/en/rounds/{id}/windows/vote/roughly", data={"words": typed})
    assert answer.status_code == 422
    assert "Please check what you entered" in answer.text
    assert f'value="{typed}"' in answer.text
    assert _times(app, id)[1] == {}


@pytest.mark.parametrize("state", [s for s in RoundState if s is not RoundState.DRAFT])
def test_what_everybody_sees_has_exact_dates(app, made, state):
    browser, id = made(state)
    page = f"/en/rounds/{id}/windows/vote"
    if state in NOT_BEGUN:
        assert "not known yet" not in browser.get(page).text
    answer = browser.post(f"{page}/roughly", data={"words": "What I typed"})
    assert answer.status_code == 409
    assert "What I typed" in answer.text
    assert _times(app, id)[1] == {}


def test_others_say_nothing(app, client, made, sign_in):
    _browser, id = made()
    with app.app_context():
        other = accounts.person()
        rounds.dialogue(moderator=other)
    page = f"/en/rounds/{id}/windows/vote/roughly"
    assert sign_in(other).post(page, data={"words": "spring"}).status_code == 404
    assert client.post(page, data={"words": "spring"}).status_code == 404
    assert _times(app, id)[1] == {}


def test_the_command_refuses_too(context):
    draft = queries.get(rounds.round_(state=RoundState.DRAFT).id)
    assert draft is not None
    with pytest.raises(Invalid), transaction():
        commands.set_roughly(draft, Activity.VOTE, " ", by=SYSTEM)
    announced = queries.get(rounds.round_(state=RoundState.ANNOUNCED).id)
    assert announced is not None
    with pytest.raises(Conflict), transaction():
        commands.set_roughly(announced, Activity.VOTE, "spring", by=SYSTEM)
    now = clock.now()
    with transaction():
        commands.set_window(
            announced, Activity.VOTE, opens_at=now + DAY, closes_at=now + 2 * DAY, by=SYSTEM
        )
