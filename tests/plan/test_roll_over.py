"""A goal of a year that is not reached rolls over to a later one, and everybody sees since when."""

from html import unescape

import pytest

from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands, queries
from tests.factories.accounts import person
from tests.factories.organisations import unit
from tests.factories.plan import measure, plan

GOALS = [
    {"level": "year", "year": 2026, "text": "Ten rooms"},
    {"level": "year", "year": 2026, "text": "Two gardens"},
]


class Place:
    def __init__(self) -> None:
        self.clerk = person("Clerk")
        self.plan = plan()
        made = measure(self.plan, "Rooms", unit_id=unit("Office", self.clerk).id)
        self.id = made.id
        with transaction():
            commands.change_measure(made, goals=GOALS, reason="x", by=SYSTEM)

    def goals(self):
        db.session.rollback()
        return queries.parts_of(self.id).goals

    def typed(self, goals, edition):
        return {
            "edition": str(edition),
            "title": "Rooms",
            "state": "running",
            "year_goals": goals,
            "reason": "Not reached",
        }


@pytest.fixture
def place(context):
    return Place()


@pytest.mark.both
def test_it_keeps_its_row_and_says_since_when(place, sign_in, client):
    ids = {goal.text: goal.id for goal in place.goals()}
    browser, address = sign_in(place.clerk), f"/en/measures/{place.id}/edit"
    reply = browser.post(address, data=place.typed("2027: Ten rooms\n2026: Two gardens", 1))
    assert reply.status_code == 303
    found = {goal.text: goal for goal in place.goals()}
    assert found["Ten rooms"].id == ids["Ten rooms"]  # what is said about it stays with it
    assert (found["Ten rooms"].year, found["Ten rooms"].since_year) == (2027, 2026)
    assert found["Two gardens"].since_year is None
    page = unescape(client.get(f"/en/measures/{place.id}").text)
    part = page.split("Goals for 2027", 1)[1].split("</section>", 1)[0]
    assert "Ten rooms" in part
    assert "(since 2026)" in part
    browser.post(address, data=place.typed("2028: Ten rooms\n2026: Two gardens", 2))
    goal = next(goal for goal in place.goals() if goal.text == "Ten rooms")
    assert (goal.id, goal.year, goal.since_year) == (ids["Ten rooms"], 2028, 2026)
    compared = client.get(f"/en/measures/{place.id}/compare?since=1&number=3").text
    assert "2028" in compared
    assert "2026" in compared


@pytest.mark.both
def test_a_file_takes_it_along(place):
    with transaction():
        found = queries.measure(place.id)
        assert found is not None
        wanted = [{"level": "year", "year": 2027, "text": "Ten rooms"}]
        commands.change_measure(found, goals=wanted, reason="x", by=SYSTEM)
    text = commands.export_plan(place.plan)
    assert "since: 2026" in text
    with transaction():
        assert not commands.import_plan(text.encode(), by=SYSTEM).changes
    wrong = text.replace("since: 2026", "since: 2027")
    with pytest.raises(commands.WrongFile, match="from an earlier year only"):
        commands.import_plan(wrong.encode(), by=SYSTEM)


def test_an_earlier_year_is_no_rolling_over(place):
    with transaction():
        found = queries.measure(place.id)
        assert found is not None
        wanted = [{"level": "year", "year": 2025, "text": "Ten rooms"}]
        commands.change_measure(found, goals=wanted, reason="x", by=SYSTEM)
    assert [goal.since_year for goal in place.goals()] == [None]
