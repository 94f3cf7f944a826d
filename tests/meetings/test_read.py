"""Lists, the calendar, and what it costs to show them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.search.models import SearchEntry
from app.meetings.models import Meeting
from app.meetings.states import MeetingKind, MeetingState
from tests.factories.meetings import meeting, seat


@pytest.fixture
def some(place):
    now = clock.now()
    meeting(
        "Fahrt nach Linden",
        dialogue_id=place.dialogue.id,
        spoken=["tr"],
        district=10,
        kind=MeetingKind.MEETING,
    )
    meeting(
        "Im Netz",
        measure_id=place.measure.id,
        district=None,
        place="",
        online_url="https://example.org/x",
        spoken=["de"],
        starts_at=now + timedelta(days=40),
        ends_at=now + timedelta(days=40, hours=1),
    )
    meeting(
        "Vorbei",
        measure_id=place.measure.id,
        spoken=["ar"],
        starts_at=now - timedelta(days=3),
        ends_at=now - timedelta(days=3, hours=-1),
    )
    meeting("Entwurf", measure_id=place.measure.id, state=MeetingState.DRAFT, published_at=None)
    return ("Fahrt nach Linden", "Im Netz", "Vorbei", "Entwurf")


@pytest.mark.both
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", (0, 1)),
        ("past=1", (2,)),
        ("kind=meeting", (0,)),
        ("district=10", (0,)),
        ("district=0", (1,)),
        ("language=tr", (0,)),
        ("since=2027-04-01", (1,)),
        ("until=2027-03-08", (0,)),
        ("since=2027-03-09&until=2027-03-20", ()),
        ("kind=x&district=99&language=%27&since=32&until=x&after=x", (0, 1)),
    ],
)
def test_filters(client, some, query, shown):
    page = client.get(f"/de/meetings?{query}")
    assert page.status_code == 200
    assert tuple(n for n, title in enumerate(some) if f">{title}<" in page.text) == shown


def test_twenty_at_a_time(place, client):
    for n in range(23):
        meeting(f"Termin {n:02}", measure_id=place.measure.id)
    first = client.get("/de/meetings?kind=training").text
    assert "Termin 19" in first
    assert "Termin 20" not in first
    last = db.session.scalars(select(Meeting.id).order_by(Meeting.id)).all()[19]
    link = f"/de/meetings?kind=training&amp;after={last}"
    assert link in first
    second = client.get(link.replace("&amp;", "&")).text
    assert "Termin 22" in second
    assert "Termin 19" not in second


@pytest.mark.parametrize("signed_in", [False, True])
def test_many_cost_no_more_than_few(place, client, sign_in, queries, signed_in):
    browser = sign_in(place.kim) if signed_in else client
    made = meeting(measure_id=place.measure.id, words={"ar": "تدريب"})
    counts = []
    for more in (0, 30):
        for n in range(more):
            one = meeting(f"Termin {n}", dialogue_id=place.dialogue.id, words={"ar": "لقاء"})
            seat(one)
            seat(made, email=f"x{n}@example.org")
        queries.clear()
        assert browser.get("/ar/meetings").status_code == 200
        listed = len(queries)
        queries.clear()
        assert browser.get(f"/ar/meetings/{made.id}").status_code == 200
        counts.append((listed, len(queries)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 8
    assert counts[0][1] <= 16


def test_the_calendar_of_all_and_of_one(some, client):
    text = client.get("/de/meetings/calendar.ics")
    assert text.mimetype == "text/calendar"
    assert text.text.count("BEGIN:VEVENT") == 3
    assert "LOCATION:Freizeitheim Linden\\, Saal 1\\, Linden-Limmer" in text.text
    assert "Entwurf" not in text.text


def test_search_finds_it_in_each_language(place, client):
    made = meeting("Ehrenamt schulen", measure_id=place.measure.id, words={"ar": "تدريب المتطوعين"})
    for q in ("Ehrenamt", "المتطوعين", "Freizeitheim"):
        assert f"/de/meetings/{made.id}" in client.get(f"/de/search?q={q}&kind=meetings").text
    assert db.session.scalar(select(SearchEntry.id).where(SearchEntry.kind == "meeting"))
