"""Changing a measure: who may, what is kept, two at once, a completed one."""

from html import unescape

import pytest
from sqlalchemy import select

from app.accounts.models import RoleName
from app.audit.models import LogLine
from app.core import clock
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.search.models import SearchEntry
from app.core.transactions import transaction
from app.plan import commands, queries
from app.plan.commands.content import Content
from app.plan.models import MeasureState, Milestone
from tests.factories.accounts import person
from tests.factories.organisations import unit
from tests.factories.plan import field, measure, plan


class Place:
    """A measure with a unit, a goal of each kind, an entry that counts, and its people."""

    def __init__(self) -> None:
        self.clerk = person("Clerk")
        self.other = person("Clerk elsewhere")
        self.stranger = person("Stranger")
        self.operator = person("Operator", roles=(RoleName.OPERATOR,))
        office = unit("Office", self.clerk)
        unit("Other office", self.other)
        made = plan()
        self.field_id = field(made, "Housing").id
        self.second_id = field(made, "Schools").id
        found = measure(made, "Gardens", unit_id=office.id)
        self.id = found.id
        timeline: list[Content] = [
            {
                "text": "Two gardens are open",
                "qualifier": "until",
                "date": "2027-12",
                "target": {"least": 2, "most": 3},
                "contact_points": [
                    {"state": "in-operation", "number": 1, "name": "North", "mode": "by-day"}
                ],
            },
            {"text": "Talks", "qualifier": "ongoing"},
        ]
        goals: list[Content] = [
            {"level": "year", "year": 2027, "text": "A first garden"},
            {"level": "deliverable", "text": "A map"},
        ]
        with transaction():
            commands.change_measure(found, goals=goals, timeline=timeline, reason="x", by=SYSTEM)
        entries = queries.parts_of(self.id).milestones
        self.entry, self.talks = (entry.id for entry in entries)

    @property
    def address(self) -> str:
        return f"/en/measures/{self.id}/edit"

    def typed(self, **changes: object) -> dict[str, object]:
        """The form as it comes, with changes."""
        return {
            "edition": "1",
            "title": "Gardens",
            "state": "running",
            "description": "",
            "year_goals": "2027: A first garden",
            "deliverables": "A map",
            "timeline-0-id": str(self.entry),
            "timeline-0-text": "Two gardens are open",
            "timeline-0-qualifier": "until",
            "timeline-0-date": "2027-12",
            "timeline-0-state": "",
            "timeline-1-id": str(self.talks),
            "timeline-1-text": "Talks",
            "timeline-1-qualifier": "ongoing",
            "timeline-1-date": "",
            "timeline-1-state": "",
            "council_involvement": "",
            "participation": "",
            "reason": "Because of a proposal",
            **changes,
        }


def _look_again() -> None:
    """End the test's own reading transaction, which would not see what browsers did since."""
    db.session.rollback()


@pytest.fixture
def place(context) -> Place:
    return Place()


def _measure(place: Place):
    _look_again()
    found = queries.measure(place.id)
    assert found is not None
    return found


@pytest.mark.both
def test_the_unit_changes_the_texts(place, sign_in):
    browser = sign_in(place.clerk)
    page = browser.get(place.address)
    assert page.status_code == 200
    assert "2027: A first garden" in page.text
    typed = place.typed(
        title="Gardens for all",
        description="Everybody **digs**.",
        districts=["3", "9"],
        fields=[str(place.second_id), str(place.field_id)],
        year_goals="2027: A first garden\n- 2028: A second garden",
        deliverables="A map\nA list",
        council_involvement="In the committee",
        participation="Everybody may come.",
    )
    done = browser.post(place.address, data=typed)
    assert (done.status_code, done.location) == (303, f"/en/measures/{place.id}")
    page = browser.get(done.location).text
    for words in (
        "The measure is changed.",
        "Gardens for all",
        "<strong>digs</strong>",
        "Bothfeld-Vahrenheide",
        "Ricklingen",
        "Housing",
        "Goals for 2028",
        "A second garden",
        "A list",
        "In the committee",
        "Everybody may come.",
    ):
        assert words in page
    found = _measure(place)
    assert (found.version_number, found.city_wide) == (2, False)
    entry = db.session.scalars(
        select(SearchEntry).where(SearchEntry.kind == "measure", SearchEntry.key == place.id)
    ).one()
    for words in ("Gardens for all", "Everybody digs", "A second garden"):
        assert words in f"{entry.title} {entry.body}"
    [newest, *_], _key = queries.versions(place.id)
    assert (newest.reason, newest.by_id) == ("Because of a proposal", place.clerk.id)
    assert newest.content["title"] == "Gardens for all"
    events = db.session.scalars(select(LogLine.event).where(LogLine.event.like("plan.%"))).all()
    assert events[-1] == "plan.MeasureChanged"


def test_an_entry_is_done_and_keeps_what_the_form_does_not_show(place, sign_in):
    typed = place.typed(**{"timeline-0-state": "done", "timeline-0-date": "31.12.2027"})
    assert sign_in(place.clerk).post(place.address, data=typed).status_code == 303
    _look_again()
    parts = queries.parts_of(place.id)
    entry = parts.milestones[0]
    assert (entry.id, entry.target_least, entry.target_most) == (place.entry, 2, 3)
    assert (str(entry.on), entry.precision) == ("2027-12-31", "day")
    assert [point.name for point in parts.points_of(entry)] == ["North"]
    events = db.session.scalars(select(LogLine.event).where(LogLine.event.like("plan.%"))).all()
    assert events[-2:] == ["plan.MeasureChanged", "plan.MilestoneDone"]


def test_entries_come_and_go(place, sign_in):
    typed = place.typed(
        **{
            "timeline-1-text": "",
            "timeline-2-text": "A feast",
            "timeline-2-qualifier": "on",
            "timeline-2-date": "5/2028",
            "timeline-3-text": "",
            "timeline-3-qualifier": "from",
        }
    )
    assert sign_in(place.clerk).post(place.address, data=typed).status_code == 303
    _look_again()
    texts = [entry.text for entry in queries.parts_of(place.id).milestones]
    assert texts == ["Two gardens are open", "A feast"]
    dropped = db.session.get_one(Milestone, place.talks)
    assert (dropped.text, dropped.dropped_at) == ("Talks", clock.now())


@pytest.mark.both
def test_nothing_different_makes_no_version(place, sign_in):
    browser = sign_in(place.clerk)
    done = browser.post(place.address, data=place.typed())
    assert done.status_code == 303
    assert "Nothing was different" in browser.get(done.location).text
    assert _measure(place).version_number == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Please fill in this field."),
        ({"title": "x" * 201}, "1 character too long"),
        ({"reason": "  "}, "Please fill in this field."),
        ({"year_goals": "A goal without a year"}, "Line 1 does not begin with a year"),
        ({"year_goals": "2027: A\n99: B"}, "Line 2 does not begin with a year"),
        ({"deliverables": "x\n" * 51}, "At most 50 lines"),
        ({"deliverables": "x" * 2_001}, "At most 50 lines of at most 2000 characters"),
        ({"timeline-0-date": "soon"}, "Please give a day, a month or a year"),
        ({"timeline-0-date": "31.02.2027"}, "Please give a day, a month or a year"),
        ({"timeline-0-date": "0001"}, "Please give a day, a month or a year"),
        ({"timeline-0-date": ""}, "Please give a date."),
        ({"timeline-1-date": "2027"}, "What is ongoing has no date."),
        ({"timeline-0-qualifier": "never"}, "Not a valid choice"),
        ({"state": "new"}, "Not a valid choice"),
        ({"districts": ["77"]}, "is not a valid choice"),
        ({"fields": ["999999"]}, "is not a valid choice"),
        ({"description": "x" * 200_000}, "too long"),
        ({"description": ">" * 5_000}, "nested too deeply"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(place, sign_in, changes, message):
    typed = place.typed(**{"participation": "Typed with care & <love>", **changes})
    answer = sign_in(place.clerk).post(place.address, data=typed)
    assert answer.status_code == 422
    assert message in unescape(answer.text)
    assert "Typed with care & <love>" in unescape(answer.text)
    assert _measure(place).version_number == 1


def test_dirt_is_cleaned(place, sign_in):
    typed = place.typed(title="Gar\x00dens \u202efor\u2066 all\u0085")
    assert sign_in(place.clerk).post(place.address, data=typed).status_code == 303
    assert _measure(place).title == "Gardens for all"


def test_who_may(place, sign_in, client):
    for browser, status in (
        (client, 401),
        (sign_in(place.stranger), 403),
        (sign_in(place.other), 403),
        (sign_in(place.clerk), 200),
        (sign_in(place.operator), 200),
    ):
        assert browser.get(place.address).status_code == status
        if status != 200:
            assert browser.post(place.address, data=place.typed(title="X")).status_code == status
            assert "/edit" not in browser.get(f"/en/measures/{place.id}").text
        else:
            assert "/edit" in browser.get(f"/en/measures/{place.id}").text
    assert _measure(place).title == "Gardens"


def test_two_at_once_the_second_is_told_and_loses_nothing(place, sign_in):
    first, second = sign_in(place.clerk), sign_in(place.operator)
    assert first.post(place.address, data=place.typed(title="First")).status_code == 303
    typed = place.typed(title="Second", description="Written for hours")
    answer = second.post(place.address, data=typed)
    assert answer.status_code == 409
    for words in ("somebody else changed this measure", 'value="Second"', "Written for hours"):
        assert words in answer.text
    assert 'name="edition" type="hidden" value="2"' in answer.text
    assert _measure(place).title == "First"
    assert second.post(place.address, data={**typed, "edition": "2"}).status_code == 303
    assert _measure(place).title == "Second"
    _look_again()
    assert [name.title for name in queries.former_names(place.id)] == ["First", "Gardens"]


def test_a_double_submission_has_one_effect(place, sign_in):
    browser = sign_in(place.clerk)
    typed = place.typed(title="Once")
    assert browser.post(place.address, data=typed).status_code == 303
    assert browser.post(place.address, data=typed).status_code == 409
    assert _measure(place).version_number == 2


@pytest.mark.both
def test_a_completed_one_is_reopened_with_a_reason(place, sign_in):
    browser = sign_in(place.clerk)
    assert browser.post(place.address, data=place.typed(state="completed")).status_code == 303
    assert browser.get(place.address).status_code == 403
    assert browser.post(place.address, data=place.typed(edition="2")).status_code == 403
    reopen = f"/en/measures/{place.id}/reopen"
    assert reopen in browser.get(f"/en/measures/{place.id}").text
    assert sign_in(place.stranger).get(reopen).status_code == 403
    assert browser.get(reopen).status_code == 200
    assert browser.post(reopen, data={"reason": " "}).status_code == 422
    assert _measure(place).state is MeasureState.COMPLETED
    assert browser.post(reopen, data={"reason": "There is more to do"}).status_code == 303
    assert _measure(place).state is MeasureState.RUNNING
    assert browser.post(reopen, data={"reason": "Again"}).status_code == 403
    assert "There is more to do" in browser.get(f"/en/measures/{place.id}/versions").text
    assert browser.post(place.address, data=place.typed(edition="3", title="On")).status_code == 303


def test_a_name_that_comes_back_keeps_every_former_one(place, sign_in):
    browser = sign_in(place.clerk)
    for edition, title in enumerate(("A", "B", "A", "B"), 1):
        typed = place.typed(title=title, edition=str(edition))
        assert browser.post(place.address, data=typed).status_code == 303
    _look_again()
    assert {name.title for name in queries.former_names(place.id)} == {"Gardens", "A", "B"}


def test_versions_page_by_page(place, client):
    for number in range(45):
        with transaction():
            found = _measure(place)
            commands.change_measure(found, title=f"T{number}", reason=f"R{number}.", by=SYSTEM)
    address = f"/en/measures/{place.id}/versions"
    pages = [client.get(address + part).text for part in ("", "?before=27", "?before=7")]
    assert [page.count("Changed: ") for page in pages] == [20, 20, 5]
    assert "?before=27" in pages[0]
    assert "?before=7" in pages[1]
    assert "R44." in pages[0]
    assert client.get(address + "?before=x").status_code == 200
