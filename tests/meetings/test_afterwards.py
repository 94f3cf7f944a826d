"""Who was there, what counts for the milestone, certificates, minutes."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select

from app.core import clock, pdf
from app.core.db import db
from app.core.policy import ANYBODY
from app.core.transactions import transaction
from app.meetings import commands
from app.meetings.models import Meeting, Seat
from app.meetings.queries import seats
from app.meetings.states import Counts, MeetingKind, SeatState
from app.notifications.models import Notice
from app.plan.models import Milestone
from tests.factories.meetings import meeting, seat


@pytest.fixture
def over(place):
    """A training for the milestone that took place yesterday, with three who had a place."""
    made = meeting(
        measure_id=place.measure.id,
        milestone_id=place.milestone.id,
        counts=Counts.PEOPLE,
        starts_at=clock.now() - timedelta(days=1),
        ends_at=clock.now() - timedelta(hours=22),
        words={"ar": "تدريب المتطوعين"},
    )
    place.seats = [seat(made, place.amal), seat(made, place.bo), seat(made)]
    place.waited = seat(made, email="x@example.org", name="Wartende", state=SeatState.WAITING)
    place.made = made
    return place


def _record(browser, place, *there, walk_ins="0"):
    data = {"there": [str(one.id) for one in there], "walk_ins": walk_ins}
    return browser.post(f"/de/meetings/{place.made.id}/attendance", data=data)


def _entry(place) -> Milestone:
    db.session.rollback()
    return db.session.get_one(Milestone, place.milestone.id)


@pytest.mark.both
def test_only_the_number_is_public_and_counts(over, sign_in, client):
    kim = sign_in(over.kim)
    assert "Wartende" not in kim.get(f"/de/meetings/{over.made.id}/attendance").text
    assert _record(kim, over, over.seats[0], over.seats[2], walk_ins="5").status_code == 303
    page = client.get(f"/de/meetings/{over.made.id}").text
    assert "7 Personen" in page
    assert "Amal" not in page
    entry = _entry(over)
    assert (entry.held, entry.attended, entry.counted) == (1, 7, 7)
    measure = client.get(f"/de/measures/{over.measure.id}").text
    for words in ("7 von 2–3", "Ziel erreicht", "7 Personen waren da"):
        assert words in measure
    assert _record(kim, over, over.seats[0]).status_code == 303
    assert _entry(over).counted == 1


def test_each_that_took_place_can_count_as_one(over, sign_in):
    kim = sign_in(over.kim)
    _record(kim, over, walk_ins="30")
    for days in (3, 4):
        over.made = meeting(
            measure_id=over.measure.id,
            milestone_id=over.milestone.id,
            counts=Counts.HELD,
            starts_at=clock.now() - timedelta(days=days),
            ends_at=clock.now() - timedelta(days=days, hours=-1),
        )
        _record(kim, over, walk_ins="9")
    entry = _entry(over)
    assert (entry.held, entry.attended, entry.counted) == (3, 48, 32)


@pytest.mark.both
def test_two_recorded_at_the_same_moment_both_count(over, app):
    ids = [over.made.id]
    for days in (3, 4, 5):
        more = meeting(
            measure_id=over.measure.id,
            milestone_id=over.milestone.id,
            counts=Counts.HELD,
            starts_at=clock.now() - timedelta(days=days),
            ends_at=clock.now() - timedelta(days=days, hours=-1),
        )
        ids.append(more.id)
    db.session.rollback()
    start = Barrier(len(ids))

    def record(id):
        with app.app_context():
            start.wait()
            found = db.session.get_one(Meeting, id)
            with transaction(of=found):
                commands.record_attendance(found, seat_ids=[], walk_ins=10, by=ANYBODY)

    threads = [Thread(target=record, args=(id,)) for id in ids]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    entry = _entry(over)
    assert (entry.held, entry.attended, entry.counted) == (4, 40, 13)


@pytest.mark.parametrize("walk_ins", ["", "-1", "x", "99999999999"])
def test_a_wrong_number_comes_back(over, sign_in, walk_ins):
    assert _record(sign_in(over.kim), over, walk_ins=walk_ins).status_code == 422
    assert _entry(over).held == 0


def test_not_before_it_begins_and_not_once_the_names_are_gone(over, sign_in):
    kim = sign_in(over.kim)
    coming = meeting(measure_id=over.measure.id)
    assert kim.get(f"/de/meetings/{coming.id}/attendance").status_code == 403
    assert kim.get(f"/de/meetings/{coming.id}/minutes/de").status_code == 403
    _record(kim, over, over.seats[0], over.seats[1], walk_ins="1")
    with transaction():
        commands.forget_seats(db.session.get_one(Meeting, over.made.id))
    assert _record(kim, over).status_code == 403
    assert _entry(over).attended == 3, "the totals stay"
    assert "3 Personen" in kim.get(f"/de/meetings/{over.made.id}").text


def test_a_certificate_for_who_was_there_in_the_readers_language(over, sign_in, client):
    kim = sign_in(over.kim)
    _record(kim, over, over.seats[0], over.seats[2])
    db.session.rollback()
    token = seats.token_of(db.session.get_one(Seat, over.seats[2].id))
    assert "certificate.pdf" in client.get(f"/ar/seats/{token}").text
    file = client.get(f"/ar/seats/{token}/certificate.pdf")
    assert file.mimetype == "application/pdf"
    assert file.data.startswith(b"%PDF-1.7")
    assert b"IBMPlexSansArabic" in file.data
    assert re.search(rb"/Lang ?\(ar\)", file.data)
    address = f"/de/meetings/{over.made.id}/certificate.pdf"
    assert sign_in(over.amal).get(address).data.startswith(b"%PDF")
    assert sign_in(over.bo).get(address).status_code == 403
    assert kim.get(address).status_code == 404
    assert client.get(address).status_code == 401


def test_what_a_certificate_says(over, client, monkeypatch):
    said: dict[str, Any] = {}

    def render(template, data, **more):
        said.update(data, **more)
        return b"%PDF"

    monkeypatch.setattr(pdf, "render", render)
    with transaction():
        held = db.session.get_one(Seat, over.seats[2].id)
        held.attended, held.name = True, "Amira <b>"
    assert client.get(f"/ar/seats/{seats.token_of(held)}/certificate.pdf").status_code == 200
    assert (said["name"], said["training"]) == ("Amira <b>", "تدريب المتطوعين")
    assert said["language"] == "ar"
    assert any("Freizeitheim Linden" in line for line in said["lines"])


def test_no_certificate_for_a_meeting_or_who_was_not_there(over, client):
    away = db.session.get_one(Seat, over.seats[2].id)
    assert client.get(f"/de/seats/{seats.token_of(away)}/certificate.pdf").status_code == 403
    with transaction():
        db.session.get_one(Meeting, over.made.id).kind = MeetingKind.MEETING
        away = db.session.get_one(Seat, over.seats[2].id)
        away.attended = True
    assert client.get(f"/de/seats/{seats.token_of(away)}/certificate.pdf").status_code == 403


@pytest.mark.both
def test_minutes_in_each_language_once_they_are_published(over, sign_in, client, run_jobs):
    kim, page = sign_in(over.kim), f"/de/meetings/{over.made.id}"
    write = f"{page}/minutes"
    assert kim.post(f"{write}/de", data={"body": "Wir haben **viel** gelernt."}).status_code == 303
    assert "gelernt" not in client.get(page).text
    assert "gelernt" in kim.get(page).text
    kim.post(f"{write}/de", data={"body": "Wir haben **viel** gelernt.", "public": "y"})
    kim.post(f"{write}/ar", data={"body": "تعلّمنا الكثير", "public": "y"})
    assert "<strong>viel</strong>" in client.get(page).text
    assert "تعلّمنا" in client.get(page.replace("/de/", "/ar/")).text
    assert "gelernt" in client.get(page.replace("/de/", "/ar/") + "?minutes=de").text
    assert kim.post(f"{write}/de", data={"body": " "}).status_code == 422
    assert kim.get(f"{write}/xx").status_code == 404
    run_jobs()
    told = list(db.session.scalars(select(Notice)))
    assert {one.kind for one in told} == {"minutes-published"}
    assert sorted(one.person_id for one in told) == sorted([over.amal.id, over.bo.id])
