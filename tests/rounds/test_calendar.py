"""The dates of a dialogue and of a round in the reader's own calendar."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock
from app.core.policy import SYSTEM
from app.core.text.ical import Entry, calendar
from app.core.transactions import transaction
from app.rounds import commands, queries
from app.rounds.models import Window
from app.rounds.states import Activity, RoundState
from tests.factories import rounds

BERLIN = clock.zone()


def _unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")


def _made(app, opens_at: datetime, closes_at: datetime) -> tuple[int, int]:
    with app.app_context():
        dialogue = rounds.dialogue()
        made = rounds.round_(dialogue, state=RoundState.ANNOUNCED, open_=())
        with transaction():
            found = queries.get(made.id)
            assert found is not None
            found.windows.append(
                Window(activity=Activity.PROPOSE, opens_at=opens_at, closes_at=closes_at)
            )
        return dialogue.id, made.id


@pytest.mark.parametrize(
    ("opens", "closes", "from_", "until"),
    [
        (
            datetime(2027, 3, 27, 12, tzinfo=BERLIN),
            datetime(2027, 3, 29, 12, tzinfo=BERLIN),
            "20270327T110000Z",
            "20270329T100000Z",
        ),
        (
            datetime(2027, 10, 30, 12, tzinfo=BERLIN),
            datetime(2027, 11, 1, 12, tzinfo=BERLIN),
            "20271030T100000Z",
            "20271101T110000Z",
        ),
        (
            datetime(2028, 2, 28, 23, tzinfo=BERLIN),
            datetime(2028, 2, 29, 23, tzinfo=BERLIN),
            "20280228T220000Z",
            "20280229T220000Z",
        ),
    ],
)
def test_across_the_change_of_the_clocks_and_on_a_leap_day(
    app, client, opens, closes, from_, until
):
    dialogue_id, round_id = _made(app, opens, closes)
    for path in (f"dialogues/{dialogue_id}", f"rounds/{round_id}"):
        answer = client.get(f"/en/{path}/calendar.ics")
        assert answer.mimetype == "text/calendar"
        lines = _unfolded(answer.text)
        assert f"DTSTART:{from_}" in lines
        assert f"DTEND:{until}" in lines
        assert f"URL:http://localhost/en/rounds/{round_id}" in lines
        assert f'href="/en/{path}/calendar.ics"' in client.get(f"/en/{path}").text


def test_moved_it_is_the_same_date_with_a_higher_number(app, client):
    start = datetime(2027, 3, 1, tzinfo=UTC)
    _dialogue_id, round_id = _made(app, start, start + timedelta(days=9))
    before = _unfolded(client.get(f"/en/rounds/{round_id}/calendar.ics").text)
    with app.app_context(), transaction():
        found = queries.get(round_id)
        assert found is not None
        commands.set_window(
            found,
            Activity.PROPOSE,
            opens_at=start,
            closes_at=start + timedelta(days=20),
            by=SYSTEM,
        )
    after = _unfolded(client.get(f"/en/rounds/{round_id}/calendar.ics").text)
    uid = [line for line in before if line.startswith("UID:")]
    assert len(uid) == 1
    assert uid == [line for line in after if line.startswith("UID:")]
    assert "SEQUENCE:0" in before
    assert "SEQUENCE:1" in after
    assert "DTEND:20270321T000000Z" in after


def test_drafts_are_nobodys_dates(app, client):
    start = datetime(2027, 3, 1, tzinfo=UTC)
    dialogue_id, round_id = _made(app, start, start + timedelta(days=9))
    with app.app_context(), transaction():
        found = queries.get(round_id)
        assert found is not None
        found.state, found.announced_at = RoundState.DRAFT, None
    assert client.get(f"/en/rounds/{round_id}/calendar.ics").status_code == 404
    assert "VEVENT" not in client.get(f"/en/dialogues/{dialogue_id}/calendar.ics").text


def test_as_many_queries_for_many_rounds_as_for_one(app, client, queries):
    with app.app_context():
        dialogue = rounds.dialogue()
        rounds.round_(dialogue)
        path = f"/en/dialogues/{dialogue.id}/calendar.ics"
    queries.clear()
    client.get(path)
    few = len(queries)
    with app.app_context():
        for number in range(2, 12):
            rounds.round_(dialogue, number=number)
    queries.clear()
    assert client.get(path).text.count("BEGIN:VEVENT") == 33
    assert len(queries) == few


def test_words_stay_words_and_lines_short():
    start = datetime(2027, 3, 1, tzinfo=UTC)
    hostile = "Bänke, Bäume; \\ und\r\nEND:VCALENDAR\x00 " + "مرحبا بكم في الحوار " * 9
    text = calendar(hostile, [Entry("1@x", hostile, start, start, start)])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = _unfolded(text)
    assert lines.count("END:VCALENDAR") == 1
    (summary,) = [line for line in lines if line.startswith("SUMMARY:")]
    assert summary.startswith("SUMMARY:Bänke\\, Bäume\\; \\\\ und\\nEND:VCALENDAR مرحبا")
