"""Reports are read in other languages, written there by the unit, and say where they are behind."""

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.followup import commands, queries
from app.followup.commands import Words
from app.rounds.models import Round, TranslatedText
from app.rounds.states import RoundState
from tests.factories.followup import follow_up, report
from tests.factories.plan import measure

SAID = Words(done="Zwei Räume sind offen", late="Der dritte", why="Kein Haus", next="Fragen")
DONE, NEXT = "غرفتان مفتوحتان", "السؤال مجددا"


@pytest.fixture
def made(hall):
    return report(follow_up(hall.dialogue), hall.rooms, SAID)


def _path(made, language="ar"):
    return f"/en/subjects/{made.id}/translations/{language}"


def _write(browser, path, **words):
    of = browser.get(path).text.split('name="of" type="hidden" value="')[1].split('"')[0]
    return browser.post(path, data={"of": of, **words})


def _pages(made):
    return (
        f"/ar/reports/{made.id}",
        f"/ar/rounds/{made.round_id}/follow-up",
        f"/ar/measures/{made.measure_id}",
    )


@pytest.mark.both
def test_read_part_by_part_wherever_it_stands(hall, made, sign_in, client):
    clerk = sign_in(hall.clerk)
    assert _path(made) in clerk.get(f"/en/reports/{made.id}").text
    sent = _write(clerk, _path(made), done=DONE, next=NEXT)
    assert sent.status_code == 303
    assert sent.location == f"/en/reports/{made.id}"
    for page in _pages(made):
        text = client.get(page).text
        for words in (DONE, NEXT, SAID.late, SAID.why):
            assert words in text, (page, words)
        assert SAID.done not in text, page
        assert 'lang="ar" dir="auto">' + DONE in text, page
    assert SAID.done in client.get(f"/ar/reports/{made.id}?original=1").text
    german = client.get(f"/de/reports/{made.id}").text
    assert SAID.done in german
    assert DONE not in german


def test_what_is_corrected_is_marked_until_it_is_looked_at(hall, made, sign_in, client):
    clerk = sign_in(hall.clerk)
    _write(clerk, _path(made), done=DONE)
    path = f"/ar/reports/{made.id}"
    mark = "تغيّر النص الأصلي بعد ترجمته"
    assert mark not in client.get(path).text
    with transaction():
        fresh = queries.get(made.id)
        assert fresh is not None
        new = Words(done="Drei Räume sind offen")
        commands.correct(fresh, new, because="Gezählt", edition=fresh.edition, by=SYSTEM)
    for page in _pages(made):
        text = client.get(page).text
        assert mark in text, page
        assert DONE in text, page
    _write(clerk, _path(made), done="ثلاث غرف مفتوحة")
    assert mark not in client.get(path).text


def test_only_the_unit_writes_and_only_what_is_published(hall, made, sign_in, client):
    assert client.post(_path(made), data={"done": "x"}).status_code == 401
    for somebody in (hall.other, hall.moderator):
        browser = sign_in(somebody)
        assert browser.get(_path(made)).status_code == 403
        assert browser.post(_path(made), data={"done": "x"}).status_code == 403
        assert _path(made) not in browser.get(f"/en/reports/{made.id}").text
    owed = report(follow_up(hall.dialogue, year=2027), hall.rooms)
    assert sign_in(hall.clerk).get(_path(owed)).status_code == 403
    assert sign_in(hall.clerk).get(_path(made, "de")).status_code == 404
    with transaction():
        db.session.get_one(Round, made.round_id).state = RoundState.ARCHIVED
    assert sign_in(hall.clerk).get(_path(made)).status_code == 403
    assert db.session.scalar(select(func.count()).select_from(TranslatedText)) == 0


def test_one_that_is_written_in_another_language_gets_german(hall, sign_in, client):
    there = follow_up(hall.dialogue)
    made = report(there, hall.rooms, Words(done="Two rooms are open", language="en"))
    clerk = sign_in(hall.clerk)
    assert clerk.get(_path(made, "en")).status_code == 404
    assert _write(clerk, _path(made, "de"), done=SAID.done).status_code == 303
    assert SAID.done in client.get(f"/de/reports/{made.id}").text
    assert "Two rooms are open" in client.get(f"/en/reports/{made.id}").text


def test_as_many_queries_for_twenty_translated_as_for_one(hall, sign_in, client, queries):
    there = follow_up(hall.dialogue)
    clerk, counts = sign_in(hall.clerk), []
    _write(clerk, _path(report(there, hall.rooms, SAID)), done=DONE)
    for year in (2026, 2025):
        if year == 2025:
            more = [measure(hall.plan, unit_id=hall.first.id).id for _ in range(10)]
            there = follow_up(hall.dialogue, year=year)
            for id in (hall.rooms, *more):
                _write(clerk, _path(report(there, id, SAID)), done=DONE)
        page = f"/ar/rounds/{there.round_id}/follow-up"
        client.get(page)
        queries.clear()
        assert client.get(f"{page}?show=").text.count(DONE) == (1 if year == 2026 else 11)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 11


def test_markup_is_harmless(hall, made, sign_in, client):
    _write(sign_in(hall.clerk), _path(made), done="<script>alert(1)</script>")
    for page in _pages(made):
        assert "<script>alert" not in client.get(page).text.partition("<main")[2], page
