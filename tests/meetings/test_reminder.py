"""Who signed up is reminded once, a set time before; nobody else, and never too late."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from app.core import clock
from app.core.db import db
from app.core.transactions import transaction
from app.meetings.jobs import remind
from app.meetings.models import Meeting, Seat
from app.meetings.states import MeetingState, SeatState
from app.notifications.models import Notice
from tests.factories.accounts import person
from tests.factories.meetings import meeting, seat
from tests.servers import smtp_server

DAY = timedelta(days=1)


@pytest.fixture
def post(app):
    """A real mail server; who got how many mails."""
    before = app.config["SETTINGS"]
    with smtp_server() as server:
        app.config["SETTINGS"] = replace(before, smtp_url=server.url)
        yield server
        app.config["SETTINGS"] = before


def _to(post):
    return sorted(address for some in post.recipients for address in some)


def _told():
    db.session.rollback()
    found = db.session.query(Notice).filter(Notice.kind == "meeting-soon")
    return [one.person_id for one in found]


@pytest.mark.both
def test_once_a_day_before_and_only_who_has_a_place(place, post, run_jobs):
    made = meeting(measure_id=place.measure.id, words={"ar": "تدريب المتطوعين"})
    amira = person("Amira", email="amira@example.org", email_confirmed_at=clock.now())
    seat(made, amira)
    seat(made, email="gast@example.org", language="ar")
    seat(made, email="waits@example.org", state=SeatState.WAITING)
    seat(made, email="back@example.org", state=SeatState.GIVEN_BACK, ended_at=clock.now())
    soon = made.starts_at + timedelta(hours=1)
    seat(made, email="unsure@example.org", confirmed_at=None, expires_at=soon)
    waits = person("Waits", email="w@example.org", email_confirmed_at=clock.now())
    seat(made, waits, state=SeatState.WAITING)
    run_jobs()
    assert _to(post) == []
    clock.tick(timedelta(days=6, minutes=1))
    run_jobs()
    assert _to(post) == ["amira@example.org", "gast@example.org"]
    assert _told() == [amira.id]
    arabic = next(one for one in post.mails if one["To"] == "gast@example.org")
    assert "تدريب المتطوعين" in arabic["Subject"]
    assert "/ar/seats/" in arabic.get_content()
    clock.tick(timedelta(hours=2))
    run_jobs()
    assert len(post.recipients) == 2


@pytest.mark.parametrize("what", ["cancelled", "draft"])
def test_not_of_what_does_not_take_place(place, post, run_jobs, what):
    made = meeting(measure_id=place.measure.id)
    seat(made)
    with transaction() as session:
        found = session.get_one(Meeting, made.id)
        found.state = MeetingState(what)
        found.cancel_reason = "Krank" if what == "cancelled" else ""
    clock.tick(timedelta(days=6, hours=1))
    run_jobs()
    assert _to(post) == []


def test_after_an_outage_late_but_not_once_it_has_begun(place, post, run_jobs):
    later, over = meeting(measure_id=place.measure.id), meeting(measure_id=place.measure.id)
    with transaction() as session:
        found = session.get_one(Meeting, later.id)
        found.starts_at += timedelta(hours=1)
        found.ends_at += timedelta(hours=1)
    seat(later, email="later@example.org")
    seat(over, email="over@example.org")
    clock.tick(timedelta(days=7, minutes=1))  # nothing ran in the meantime
    run_jobs()
    assert _to(post) == ["later@example.org"]


def test_what_waits_for_the_mail_server_is_looked_at_once_more(place, post, run_jobs):
    made = meeting(measure_id=place.measure.id)
    amira = person("Amira", email="amira@example.org", email_confirmed_at=clock.now())
    seat(made, amira)
    seat(made, email="gast@example.org")
    seat(made, email="gone@example.org")
    post.refuse = "451 later please"
    clock.tick(timedelta(days=6, minutes=1))
    run_jobs()
    with transaction() as session:
        gone = session.query(Seat).filter_by(email="gone@example.org").one()
        gone.state, gone.ended_at = SeatState.GIVEN_BACK, clock.now()
    post.refuse = None
    clock.tick(timedelta(hours=1))
    run_jobs()
    assert _to(post) == ["amira@example.org", "gast@example.org"]
    post.recipients.clear()
    other = meeting(measure_id=place.measure.id)
    seat(other, amira)
    seat(other, email="gast@example.org")
    post.refuse = "451 later please"
    clock.tick(timedelta(days=6, minutes=1))
    run_jobs()
    post.refuse = None
    clock.tick(2 * DAY)
    run_jobs()
    assert _to(post) == []


def test_moved_further_away_it_is_reminded_of_again(place, post, run_jobs):
    made = meeting(measure_id=place.measure.id)
    seat(made)
    clock.tick(timedelta(days=6, minutes=1))
    run_jobs()
    for further, mails in ((timedelta(hours=1), 1), (timedelta(days=9), 2)):
        with transaction() as session:
            found = session.get_one(Meeting, made.id)
            found.starts_at, found.ends_at = found.starts_at + further, found.ends_at + further
        clock.tick(further)
        run_jobs()
        assert len(post.recipients) == mails


@pytest.mark.both
def test_two_workers_remind_once(app, place, post, run_jobs):
    made = meeting(measure_id=place.measure.id)
    seat(made)
    clock.tick(timedelta(days=6, minutes=1))
    start = Barrier(2)

    def work(_number):
        with app.app_context():
            start.wait()
            remind()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    run_jobs()
    assert _to(post) == ["gast@example.org"]
