"""Moderators say what is possible when, on the city's clock; once begun, with a reason."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.models import Person
from app.core import clock, jobs
from app.core.db import db
from app.core.transactions import transaction
from app.notifications import commands as notifications
from app.rounds import queries
from app.rounds.states import Activity, RoundState
from tests.factories import accounts, rounds

DAY = timedelta(days=1)


@pytest.fixture
def moderator(app):
    with app.app_context():
        return accounts.person("Moderator")


@pytest.fixture
def made(app, moderator):
    """Makes a round of the moderator's dialogue and gives the address of its windows."""

    def make(state: RoundState) -> str:
        with app.app_context():
            moderates = db.session.get_one(Person, db.inspect(moderator).identity)
            dialogue = rounds.dialogue(moderator=moderates)
            return f"/en/rounds/{rounds.round_(dialogue, state=state).id}"

    return make


def _window(app, page, activity=Activity.VOTE):
    with app.app_context():
        found = queries.get(int(page.split("/")[3]))
        assert found is not None
        window = found.window(activity)
        return (window.opens_at, window.closes_at) if window is not None else None


def test_typed_on_the_citys_clock_in_winter_and_summer(app, sign_in, moderator, made):
    page = made(RoundState.DRAFT)
    data = {"opens_at": "2027-01-31T18:00", "closes_at": "2027-07-31T18:00"}
    assert sign_in(moderator).post(f"{page}/windows/vote", data=data).status_code == 303
    assert _window(app, page) == (
        datetime(2027, 1, 31, 17, tzinfo=UTC),
        datetime(2027, 7, 31, 16, tzinfo=UTC),
    )
    again = sign_in(moderator).get(f"{page}/windows/vote").text
    assert "2027-01-31T18:00" in again
    assert "2027-07-31T18:00" in again


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "words"),
    [
        ("2027-03-28T02:30", "2027-07-31T18:00", "no such time"),
        ("2027-07-31T18:00", "2027-07-31T18:00", "after the beginning"),
        ("2020-07-31T18:00", "2020-08-31T18:00", "in the future"),
        ("soon", "2027-07-31T18:00", "day and a time"),
        ("", "", "fill in"),
    ],
)
def test_impossible_times_are_said(app, sign_in, moderator, made, opens_at, closes_at, words):
    page = made(RoundState.DRAFT)
    data = {"opens_at": opens_at, "closes_at": closes_at}
    answer = sign_in(moderator).post(f"{page}/windows/vote", data=data)
    assert answer.status_code == 422
    assert words in answer.text
    assert opens_at in answer.text
    assert _window(app, page) is None


def test_take_back_until_it_has_opened(app, sign_in, moderator, made):
    draft, running = made(RoundState.DRAFT), made(RoundState.OPEN)
    browser = sign_in(moderator)
    assert browser.get(f"{draft}/windows/propose/remove").status_code == 200
    sent = [browser.post(f"{draft}/windows/propose/remove").status_code for _ in range(2)]
    assert sent == [303, 409]
    assert _window(app, draft, Activity.PROPOSE) is None
    late = browser.post(f"{running}/windows/propose/remove", data={"reason": "Sorry"})
    assert late.status_code == 409
    assert _window(app, running, Activity.PROPOSE) is not None
    assert browser.get(f"{draft}/windows/party").status_code == 404


def test_moved_with_a_reason_that_everybody_reads_and_followers_are_told(
    app, client, sign_in, moderator, made
):
    page = made(RoundState.OPEN)
    id = int(page.split("/")[3])
    with app.app_context():
        follower = accounts.person("Follower", language="en")
        with transaction():
            notifications.follow(person_id=follower.id, subject_id=id)
    clock.tick(DAY)
    browser = sign_in(moderator)
    form = browser.get(f"{page}/windows/propose").text
    opens = form.split('name="opens_at"')[1].split('value="')[1].split('"')[0]
    data = {"opens_at": opens, "closes_at": "2030-01-31T18:00"}
    refused = browser.post(f"{page}/windows/propose", data=data)
    assert refused.status_code == 422
    assert "2030-01-31T18:00" in refused.text
    data["reason"] = "The holidays <b>count</b>"
    assert browser.post(f"{page}/windows/propose", data=data).status_code == 303
    assert "The holidays &lt;b&gt;count&lt;/b&gt;" in client.get(page).text
    with app.app_context():
        jobs.run_due()
    assert "times of a round have changed" in sign_in(follower).get("/en/inbox").text
    assert "times of a round" not in sign_in(moderator).get("/en/inbox").text


def test_nobody_hears_of_a_drafts_times(app, sign_in, moderator, made):
    page = made(RoundState.DRAFT)
    with app.app_context():
        follower = accounts.person(language="en")
        with transaction():
            notifications.follow(person_id=follower.id, subject_id=int(page.split("/")[3]))
    data = {"opens_at": "2027-01-31T18:00", "closes_at": "2027-07-31T18:00"}
    assert sign_in(moderator).post(f"{page}/windows/vote", data=data).status_code == 303
    with app.app_context():
        jobs.run_due()
    assert "times of a round" not in sign_in(follower).get("/en/inbox").text
