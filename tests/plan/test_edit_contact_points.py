"""Changing the contact points of a measure, and the targets that they are counted for."""

from html import unescape

import pytest

from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands, queries
from app.plan.commands.content import Content
from tests.factories.accounts import person
from tests.factories.organisations import unit
from tests.factories.plan import measure, plan

NORTH: Content = {"state": "in-operation", "number": 1, "name": "North", "mode": "by-day"}
EAST: Content = {"state": "in-preparation", "number": 1, "name": "East", "mode": "full-time"}


class Place:
    """A measure with one contact point that an entry counts, and one that none counts."""

    def __init__(self) -> None:
        self.clerk = person("Clerk")
        found = measure(plan(), "Gardens", unit_id=unit("Office", self.clerk).id)
        self.id = found.id
        opened: Content = {"text": "Gardens are open", "qualifier": "until", "date": "2027-12"}
        with transaction():
            commands.change_measure(
                found,
                timeline=[
                    {**opened, "target": {"least": 2, "most": 3}, "contact_points": [NORTH]},
                    {"text": "Talks", "qualifier": "ongoing"},
                ],
                contact_points=[EAST],
                reason="x",
                by=SYSTEM,
            )
        self.entry, self.talks = (entry.id for entry in queries.parts_of(self.id).milestones)

    @property
    def address(self) -> str:
        return f"/en/measures/{self.id}/edit/contact-points"

    def typed(self, **changes: object) -> dict[str, object]:
        """The form as it comes, with changes."""
        return {
            "edition": "1",
            **_point(0, name="North", mode="by-day", entry=str(self.entry)),
            **_point(1, name="East", state="in-preparation"),
            **_point(2, name=""),
            "targets-0-entry": str(self.entry),
            "targets-0-target": "2–3",
            "targets-1-entry": str(self.talks),
            "targets-1-target": "",
            "reason": "It opened",
            **changes,
        }

    def content(self) -> Content:
        """What the measure says now."""
        db.session.rollback()
        found = queries.measure(self.id)
        assert found is not None
        return commands.content_of(found, queries.parts_of(self.id))


def _point(number: int, **values: str) -> dict[str, str]:
    first = {"state": "in-operation", "mode": "full-time", "district": "", "entry": ""}
    return {f"points-{number}-{key}": value for key, value in {**first, **values}.items()}


@pytest.fixture
def place(context) -> Place:
    return Place()


@pytest.mark.both
def test_points_open_come_and_go(place, sign_in):
    browser = sign_in(place.clerk)
    page = browser.get(place.address).text
    for shown in ('value="North"', 'value="East"', 'value="2–3"', "Gardens are open"):
        assert shown in page
    west = {
        "name": "West",
        "district": "10",
        "street": "Long Street 1",
        "since": "1.3.2027",
        "opening_hours": "Mondays\n10 to 12",
        "service": "Advice",
        "target_group": "Everybody",
        "partners": "A club",
        "entry": str(place.entry),
    }
    typed = place.typed(**{"points-1-state": "in-operation"}, **_point(2, **west))
    done = browser.post(place.address, data=typed)
    assert (done.status_code, done.location) == (303, f"/en/measures/{place.id}")
    page = browser.get(done.location).text
    for words in ("2 of 2–3 active", "West", "Long Street 1", "Linden-Limmer", "Advice"):
        assert words in page
    said = place.content()
    assert [(point["number"], point["name"]) for point in said["contact_points"]] == [(2, "East")]
    first, second = said["timeline"]
    assert [(point["number"], point["name"]) for point in first["contact_points"]] == [
        (1, "North"),
        (3, "West"),
    ]
    assert first["contact_points"][1]["since"] == "2027-03-01"
    assert second == {"text": "Talks", "qualifier": "ongoing"}
    assert [entry.id for entry in queries.parts_of(place.id).milestones] == [
        place.entry,
        place.talks,
    ]
    typed = place.typed(edition="2", **{"points-0-name": "", "points-1-name": ""})
    assert browser.post(place.address, data=typed).status_code == 303
    said = place.content()
    assert "contact_points" not in said
    assert "contact_points" not in said["timeline"][0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("4", {"least": 4, "most": 4}), ("1 - 5", {"least": 1, "most": 5}), ("", None)],
)
def test_targets(place, sign_in, typed, kept):
    sent = place.typed(**{"targets-0-target": typed})
    assert sign_in(place.clerk).post(place.address, data=sent).status_code == 303
    assert place.content()["timeline"][0].get("target") == kept


def test_nothing_different_makes_no_version(place, sign_in):
    browser = sign_in(place.clerk)
    done = browser.post(place.address, data=place.typed())
    assert "Nothing was different" in browser.get(done.location).text
    assert len(queries.versions(place.id)[0]) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": ""}, "Please fill in this field."),
        ({"points-2-street": "A street"}, "Contact points 3, Name of the contact point: Please"),
        ({"points-0-name": "x" * 201}, "1 character too long"),
        ({"points-0-state": "closed"}, "Not a valid choice"),
        ({"points-0-mode": "never"}, "Not a valid choice"),
        ({"points-0-district": "77"}, "Not a valid choice"),
        ({"points-0-entry": "999999"}, "Not a valid choice"),
        ({"points-0-since": "2027"}, "Contact points 1, Since: Please give a day"),
        ({"targets-0-target": "3-2"}, "Please give a number or a range"),
        ({"targets-0-target": "many"}, "Please give a number or a range"),
        ({"targets-0-target": "-1"}, "Please give a number or a range"),
        ({"targets-0-target": "1e9"}, "Please give a number or a range"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(place, sign_in, changes, message):
    typed = place.typed(**{"points-0-service": "Typed with care & <love>", **changes})
    answer = sign_in(place.clerk).post(place.address, data=typed)
    assert answer.status_code == 422
    assert message in unescape(answer.text)
    assert "Typed with care & <love>" in unescape(answer.text)
    assert len(queries.versions(place.id)[0]) == 1


def test_two_at_once_the_second_is_told_and_loses_nothing(place, sign_in):
    first, second = sign_in(place.clerk), sign_in(place.clerk)
    sent = place.typed(**{"points-0-name": "First"})
    assert first.post(place.address, data=sent).status_code == 303
    typed = place.typed(**{"points-0-name": "Second"})
    answer = second.post(place.address, data=typed)
    assert answer.status_code == 409
    for words in ("somebody else changed this measure", 'value="Second"'):
        assert words in answer.text
    assert place.content()["timeline"][0]["contact_points"][0]["name"] == "First"
    assert second.post(place.address, data={**typed, "edition": "2"}).status_code == 303
    assert place.content()["timeline"][0]["contact_points"][0]["name"] == "Second"


def test_who_may(place, sign_in, client):
    stranger = sign_in(person("Stranger"))
    for browser, status in ((client, 401), (stranger, 403)):
        assert browser.get(place.address).status_code == status
        assert browser.post(place.address, data=place.typed()).status_code == status


def test_more_than_one_service_languages_access_and_other_hours(place, sign_in, client):
    more = {
        "points-0-service": "First advice",
        "points-0-target_group": "families",
        "points-0-further": "Advice on work | young people\nTea",
        "points-0-languages": ["ar", "tr"],
        "points-0-step_free": "partly",
        "points-0-access_notes": "Ring at the back",
        "points-0-exceptions": "24.12.2027: closed\n2026-12-24: closed",
    }
    assert sign_in(place.clerk).post(place.address, data=place.typed(**more)).status_code == 303
    point = place.content()["timeline"][0]["contact_points"][0]
    assert point["further"] == [
        {"service": "Advice on work", "target_group": "young people"},
        {"service": "Tea"},
    ]
    assert point["exceptions"][0] == {"date": "2027-12-24", "text": "closed"}
    assert (point["languages"], point["step_free"]) == (["ar", "tr"], "partly")
    page = unescape(client.get(f"/en/measures/{place.id}").text)
    for words in ("Advice on work – young people", "العربية", "in part", "Ring at the back"):
        assert words in page
    assert "December 24, 2027" in page
    assert "December 24, 2026" not in page  # over
    form = sign_in(place.clerk).get(place.address).text
    assert "Advice on work | young people" in form
    assert "2027-12-24: closed" in form


@pytest.mark.parametrize("typed", ["24.12.: closed", "2027-12: closed", "closed", "2027-02-30: x"])
def test_other_hours_need_a_day(place, sign_in, typed):
    reply = sign_in(place.clerk).post(
        place.address, data=place.typed(**{"points-0-exceptions": typed})
    )
    assert reply.status_code == 422
    assert typed in unescape(reply.text)
