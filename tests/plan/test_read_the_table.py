"""The plan as a table: filters, overdue by itself, the timelines as a picture, what is lacking."""

import re
from datetime import UTC, datetime

import pytest

from app.core import clock
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands
from app.plan import queries as plans
from app.plan.models import Goal, GoalLevel, MeasureState
from tests.factories.accounts import person
from tests.factories.organisations import unit
from tests.factories.plan import field, measure, plan


def _goal(plan_id, field_id, text):
    with transaction():
        goal = Goal(plan_id=plan_id, field_id=field_id, level=GoalLevel.OVERARCHING, text=text)
        db.session.add(goal)
        db.session.flush()
        return goal.id


class Place:
    """Three measures: for the city, for a district, completed; one field has none."""

    def __init__(self) -> None:
        self.clerk = person("Clerk")
        self.plan = plan()
        self.work, self.home = field(self.plan, "Work"), field(self.plan, "Home")
        self.empty = field(self.plan, "Empty")
        self.goal = _goal(self.plan.id, self.work.id, "Everybody works")
        _goal(self.plan.id, self.empty.id, "Nobody thought of this")
        office = unit("Office", self.clerk)
        self.city = measure(self.plan, "City", fields=(self.work,), unit_id=office.id).id
        self.north = measure(self.plan, "North", fields=(self.home,), districts=(13,)).id
        self.done = measure(
            self.plan, "Done", fields=(self.home,), state=MeasureState.COMPLETED, districts=(1,)
        ).id
        entries = [
            {"text": "Begun", "qualifier": "from", "date": "2026-02"},
            {"text": "Forgotten", "qualifier": "until", "date": "2026-06-30", "state": "running"},
            {"text": "Kept", "qualifier": "until", "date": "2026", "state": "done"},
        ]
        goals = [{"level": "year", "year": 2026, "text": "Ten places"}]
        with transaction():
            found = plans.measure(self.city)
            assert found is not None
            commands.change_measure(found, timeline=entries, goals=goals, reason="x", by=SYSTEM)


@pytest.fixture
def place(context):
    return Place()


def _read(client, place, **asked):
    with clock.frozen(datetime(2027, 1, 15, tzinfo=UTC)):
        return client.get("/en/plan/table", query_string={"plan": place.plan.key, **asked}).text


def _titles(page):
    head = page.split("<h2", 1)[0]
    return re.findall(r'/measures/\d+"><bdi dir="auto">([^<]*)<', head)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["City", "Done", "North"]),
        ({"district": "13"}, ["City", "North"]),
        ({"state": "completed"}, ["Done"]),
        ({"goal": "year-2026"}, ["City"]),
        ({"goal": "year-1999"}, ["City", "Done", "North"]),
        ({"goal": "goal-99999999999999999999"}, ["City", "Done", "North"]),
        ({"unit": "x"}, ["City", "Done", "North"]),
        ({"state": "completed", "district": "13"}, []),
    ],
)
def test_filters(place, client, asked, found):
    assert _titles(_read(client, place, **asked)) == found


def test_by_field_goal_and_unit(place, client):
    assert _titles(_read(client, place, field=place.work.id)) == ["City"]
    assert _titles(_read(client, place, goal=f"goal-{place.goal}")) == ["City"]
    page = _read(client, place)
    office = re.search(r'<option value="(\d+)">Office<', page)
    assert office
    assert _titles(_read(client, place, unit=office[1])) == ["City"]


def test_overdue_shows_by_itself(place, client):
    page = _read(client, place)
    assert "1 overdue" in page
    row = page[page.index(">Forgotten<") :]
    assert "overdue" in row[: row.index("</tr>")]
    kept = page[page.index(">Kept<") :]
    assert "overdue" not in kept[: kept.index("</tr>")]


def test_the_picture_says_what_the_table_says(place, client):
    page = _read(client, place)
    picture = page[page.index('<svg class="way way--time"') :]
    picture = picture[: picture.index("</svg>")]
    assert picture.count('class="late"') == 1
    assert picture.count('class="met"') == 1
    assert picture.count('class="to-come"') == 1
    assert ">2026<" in picture


def test_the_picture_runs_the_way_the_language_does(place, client):
    def places(language):
        page = client.get(f"/{language}/plan/table?plan={place.plan.key}").text
        return [int(x) for x in re.findall(r'<circle class="[\w-]+" cx="(\d+)"', page)]

    assert places("ar") == [320 - x for x in places("de")]


def test_what_the_plan_lacks_is_for_those_who_write_it(place, client, sign_in):
    assert "What the plan lacks" not in _read(client, place)
    page = sign_in(place.clerk).get(f"/en/plan/table?plan={place.plan.key}").text
    lacks = page[page.index("What the plan lacks") : page.index("Not in this language yet")]
    assert "Nobody thought of this" in lacks
    assert ">North<" in lacks  # its field has no goal
    assert ">City<" not in lacks


def test_as_many_queries_for_many(place, client, queries):
    counts = []
    for _times in range(2):
        queries.clear()
        _read(client, place)
        counts.append(len(queries))
        for number in range(12):
            measure(place.plan, f"More {number}", fields=(place.work, place.home))
    assert counts[0] == counts[1] <= 16
