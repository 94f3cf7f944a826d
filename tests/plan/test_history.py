"""What the plan said before: versions, any two compared, and the plan as of any day."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import clock
from app.core.policy import SYSTEM, Actor
from app.core.transactions import transaction
from app.plan import commands
from app.plan import queries as reading
from app.plan.models import MeasureState
from app.plan.queries import history
from tests.factories.accounts import person
from tests.factories.plan import field, plan
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_

START = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def told(context):
    """A measure that said three things on three days; the second because of a proposal."""
    place = plan("Stadtplan")
    editor = person("Editor")
    because = proposal(round_(dialogue(plan=place)), title="Länger öffnen")
    part = field(place, "Teilhabe")
    with clock.frozen(START), transaction():
        made = commands.create_measure(
            place,
            title="Anlaufstellen",
            description="Drei Stellen öffnen.",
            field_ids=[part.id],
            reason="Beginn",
            by=SYSTEM,
        )
    with clock.frozen(START + timedelta(days=1)), transaction():
        commands.change_measure(
            _measure(made.id),
            description="Drei Stellen öffnen.\n\nAuch am Abend.",
            reason="Wunsch aus dem Dialog",
            because=[because.id],
            by=Actor(person_id=editor.id),
        )
    with clock.frozen(START + timedelta(days=2)), transaction():
        commands.change_measure(
            _measure(made.id), title="Anlaufzentren", reason="Neuer Name", by=SYSTEM
        )
    return _measure(made.id)


def _measure(id):
    found = reading.measure(id)
    assert found is not None
    return found


def test_a_version_is_read_as_it_was(told, client):
    page = client.get(f"/en/measures/{told.id}/versions/1").text
    for words in ("Anlaufstellen", "Drei Stellen öffnen.", "Teilhabe", "City-wide", "Beginn"):
        assert words in page
    assert "Auch am Abend." not in page
    assert "This is not the newest version." in page
    assert client.get(f"/en/measures/{told.id}/versions/9").status_code == 404


def test_any_two_versions_word_by_word_with_who_and_why(told, client):
    page = client.get(f"/en/measures/{told.id}/compare?since=1&number=2").text
    for words in ("Auch am Abend.", "<ins>", "Editor", "Wunsch aus dem Dialog"):
        assert words in page
    assert "Anlaufzentren" in page  # its name now, above
    far = client.get(f"/en/measures/{told.id}/compare?since=3&number=1&view=side").text
    assert "Anlaufstellen" in far
    assert "Auch am Abend." in far


def test_today_beside_any_day(told, client):
    with clock.frozen(START + timedelta(days=5)):
        page = client.get(f"/en/measures/{told.id}/compare?day=2027-03-01").text
    assert "from version 1 to version 3" in page
    assert (
        "not part of the plan" in client.get(f"/en/measures/{told.id}/compare?day=2027-02-27").text
    )


@pytest.mark.both
def test_a_sentence_says_because_of_what_it_stands_there(told, client):
    page = client.get(f"/en/measures/{told.id}").text
    at = page.index("Auch am Abend.")
    assert "Länger öffnen" in page[at : at + 400]
    assert page.count("Because of:") == 1
    assert "Länger öffnen" in client.get(f"/en/measures/{told.id}/versions").text


@pytest.mark.both
def test_the_plan_as_of_a_day(told, client):
    def read(day):
        with clock.frozen(START + timedelta(days=5)):
            return client.get(f"/en/plan/as-of?plan={told.plan.key}&day={day}").text

    assert "had no measures yet" in read("2027-02-28")
    first = read("2027-03-01")
    assert "Anlaufstellen" in first
    assert "Auch am Abend." not in first
    assert "Anlaufzentren" in read("2027-03-03")
    assert "Anlaufzentren" in read("garbage")


EDITS = st.lists(
    st.tuples(
        st.integers(0, 90),  # minutes since the one before
        st.sampled_from(["title", "description", "partners", "state", "reopen", "participation"]),
        st.text("abc \n", min_size=1, max_size=8).map(str.strip).filter(bool),
    ),
    max_size=8,
)


def _edit(measure, part, words):
    if part == "reopen" or measure.state is MeasureState.COMPLETED:
        if measure.state is MeasureState.COMPLETED:
            commands.reopen(measure, because=words, by=SYSTEM)
        return
    value = {"partners": [words], "state": MeasureState.COMPLETED}.get(part, words)
    commands.change_measure(measure, **{part: value}, reason=words, by=SYSTEM)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=EDITS, asked=st.lists(st.integers(-10, 800), min_size=3, max_size=6))
def test_as_of_any_moment_is_what_was_shown_then(context, edits, asked):
    at, shown, place = START, [], plan()
    with clock.frozen(at), transaction():
        measure = commands.create_measure(place, title="Begun", reason="", by=SYSTEM)
        measure_id, plan_id = measure.id, measure.plan_id
    shown.append((at, _now(measure_id)))
    for minutes, part, words in edits:
        at += timedelta(minutes=minutes)
        with clock.frozen(at), transaction():
            _edit(_measure(measure_id), part, words)
        shown.append((at, _now(measure_id)))
    for minutes in asked:
        moment = START + timedelta(minutes=minutes)
        then = [content for when, content in shown if when < moment]
        found = history.plan_before(plan_id, moment)
        assert [one.content for one in found.versions] == then[-1:]
        assert found.total == len(then[-1:])


def _now(measure_id):
    """What the page of the measure is made of."""
    measure = _measure(measure_id)
    return commands.content_of(measure, reading.parts_of(measure_id))


def test_a_version_names_all_that_led_to_it(told, client, queries):
    page, text, counts = "", "Drei Stellen öffnen.", []
    for number in (1, 4):
        led = [proposal(round_(), title=f"Vorschlag {number}.{one}") for one in range(number)]
        text = f"{text}\n\nUnd {number} mehr."
        with transaction():
            commands.change_measure(
                _measure(told.id),
                description=text,
                reason=f"Wünsche, {number}",
                because=[one.id for one in led],
                by=SYSTEM,
            )
        queries.clear()
        page = client.get(f"/en/measures/{told.id}/versions?{number}").text
        counts.append(len(queries))
    newest = page.partition("Wünsche, 4")[2].partition("</li>")[0]
    assert all(f"Vorschlag 4.{one}" in newest for one in range(4))
    assert "Vorschlag 1.0" not in newest
    assert counts[0] == counts[1]
