"""A paused round goes on: with its times as they were, or with the pause given back."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.models import Person
from app.core import clock, jobs
from app.core.db import db
from app.core.transactions import transaction
from app.notifications import commands as notifications
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.rounds import queries
from app.rounds.states import Activity, RoundState
from tests.factories import accounts, rounds

pytestmark = pytest.mark.both
DAY = timedelta(days=1)
WHY = {"ends": "moved", "reason": "The hall was closed."}


@pytest.fixture
def moderator(app):
    with app.app_context():
        return accounts.person("Moderator")


@pytest.fixture
def paused(app, moderator):
    """An open round, paused a moment ago; what is in it still runs for ten days."""
    with app.app_context():
        moderates = db.session.get_one(Person, db.inspect(moderator).identity)
        dialogue = rounds.dialogue(moderator=moderates)
        open_, closed = [Activity.PROPOSE, Activity.COMMENT], [Activity.SUPPORT]
        made = rounds.round_(dialogue, state=RoundState.PAUSED, open_=open_, closed=closed)
        return made.id


def _times(app, id: int) -> dict[Activity, tuple[datetime, datetime]]:
    with app.app_context():
        found = queries.get(id)
        assert found is not None
        return {w.activity: (w.opens_at, w.closes_at) for w in found.windows}


def test_the_pause_is_given_back_with_a_published_reason(app, client, sign_in, moderator, paused):
    with app.app_context():
        reader = accounts.person("Reader")
        with transaction():
            notifications.follow(person_id=reader.id, subject_id=paused)
    before = _times(app, paused)
    clock.tick(3 * DAY)
    page = f"/en/rounds/{paused}/manage/resume"
    assert "paused since" in sign_in(moderator).get(page).text
    assert sign_in(moderator).post(page, data=WHY).status_code == 303
    after = _times(app, paused)
    for activity in (Activity.PROPOSE, Activity.COMMENT):
        opens_at, closes_at = before[activity]
        assert after[activity] == (opens_at, closes_at + 3 * DAY)
    assert after[Activity.SUPPORT] == before[Activity.SUPPORT]
    assert "The hall was closed." in client.get(f"/en/rounds/{paused}").text
    with app.app_context():
        jobs.run_due()
        told = db.session.scalars(db.select(Notice.kind)).all()
        assert len([kind for kind in told if kind is Kind.WINDOW_CHANGED]) == 1
    assert sign_in(moderator).post(page, data=WHY).status_code == 409


def test_without_a_reason_nothing_moves_and_what_was_typed_stays(app, sign_in, moderator, paused):
    before = _times(app, paused)
    clock.tick(DAY)
    answer = sign_in(moderator).post(
        f"/en/rounds/{paused}/manage/resume", data={"ends": "moved", "reason": " "}
    )
    assert answer.status_code == 422
    assert "give a reason" in answer.text
    assert _times(app, paused) == before
    with app.app_context():
        assert queries.get(paused).state is RoundState.PAUSED  # type: ignore[union-attr]  # it is there


def test_times_that_stay_happen_at_once_and_late(app, sign_in, moderator, paused):
    clock.tick(11 * DAY)
    with app.app_context():
        jobs.run_due()
        windows = queries.get(paused).windows  # type: ignore[union-attr]  # it is there
        assert not any(queries.edges_ran(window.id) for window in windows)
    sign_in(moderator).post(f"/en/rounds/{paused}/manage/resume", data={"ends": "stay"})
    with app.app_context():
        assert all(len(queries.edges_ran(window.id)) == 2 for window in windows)


def test_a_worker_that_slept_through_a_closing_runs_nothing_of_what_was_given_back(
    app, sign_in, moderator, paused
):
    clock.tick(11 * DAY)  # the closing came in the pause, and nobody ran it
    sign_in(moderator).post(f"/en/rounds/{paused}/manage/resume", data=WHY)
    with app.app_context():
        jobs.run_due()
        assert {w.activity for w in queries.windows_running(paused)} == {
            Activity.PROPOSE,
            Activity.COMMENT,
        }


@pytest.mark.parametrize(
    "change", [datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)]
)
def test_an_hour_is_an_hour_when_the_clocks_change(app, sign_in, moderator, change):
    """Both ways: what is given back is what was taken, to the second."""
    clock.tick(change - clock.now() - timedelta(hours=2))
    with app.app_context():
        moderates = db.session.get_one(Person, db.inspect(moderator).identity)
        dialogue = rounds.dialogue(moderator=moderates)
        id = rounds.round_(dialogue, state=RoundState.PAUSED, open_=[Activity.COMMENT]).id
    _, closes_at = _times(app, id)[Activity.COMMENT]
    clock.tick(timedelta(hours=4))
    sign_in(moderator).post(f"/en/rounds/{id}/manage/resume", data=WHY)
    assert _times(app, id)[Activity.COMMENT][1] - closes_at == timedelta(hours=4)
