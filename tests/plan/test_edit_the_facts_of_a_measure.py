"""Changing who is responsible, costs, papers of the council, partners and the source."""

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


class Place:
    """A measure that has one of everything, its unit and another one."""

    def __init__(self) -> None:
        self.clerk = person("Clerk")
        self.other = person("Clerk elsewhere")
        self.office_id = unit("Office", self.clerk).id
        self.second_id = unit("Other office", self.other).id
        found = measure(plan(), "Gardens", unit_id=self.office_id)
        self.id = found.id
        with transaction():
            commands.change_measure(
                found,
                costs=[
                    {"amount": 495016, "currency": "EUR", "period": "per-year", "kind": "planned"}
                ],
                council_involvement="In the committee",
                papers=[{"number": "0001/2027", "date": "2027-03-01"}],
                partners=["First club"],
                timeline=[{"text": "Talks", "qualifier": "ongoing"}],
                source="The page of the city",
                reason="x",
                by=SYSTEM,
            )

    @property
    def address(self) -> str:
        return f"/en/measures/{self.id}/edit/facts"

    def typed(self, **changes: object) -> dict[str, object]:
        """The form as it comes, with changes."""
        return {
            "edition": "1",
            "unit": str(self.office_id),
            "costs-0-amount": "495016",
            "costs-0-currency": "EUR",
            "costs-0-period": "per-year",
            "costs-0-kind": "planned",
            "costs-1-amount": "",
            "costs-1-currency": "EUR",
            "costs-1-period": "per-year",
            "costs-1-kind": "planned",
            "papers-0-number": "0001/2027",
            "papers-0-date": "2027-03-01",
            "partners": "First club",
            "source": "The page of the city",
            "reason": "The council decided",
            **changes,
        }

    def content(self) -> Content:
        """What the measure says now."""
        db.session.rollback()
        found = queries.measure(self.id)
        assert found is not None
        return commands.content_of(found, queries.parts_of(self.id))


@pytest.fixture
def place(context) -> Place:
    return Place()


@pytest.mark.both
def test_the_unit_changes_costs_papers_and_partners(place, sign_in):
    browser = sign_in(place.clerk)
    page = browser.get(place.address).text
    for shown in ('value="495016"', 'value="0001/2027"', "First club", "The page of the city"):
        assert shown in page
    assert place.address in browser.get(f"/en/measures/{place.id}/edit").text
    typed = place.typed(
        **{
            "costs-0-kind": "approved",
            "costs-1-amount": "1.250,5 €",
            "costs-1-period": "once",
            "costs-1-note": "For the fence",
            "papers-1-number": "0002/2027",
            "papers-1-body": "Council",
            "papers-1-date": "2.4.2027",
            "papers-1-outcome": "adopted",
            "papers-1-link": "https://council.example.org/2",
            "partners": "First club\n- Second club\nFirst club",
            "language": "en",
            "source": "",
        }
    )
    done = browser.post(place.address, data=typed)
    assert (done.status_code, done.location) == (303, f"/en/measures/{place.id}")
    page = browser.get(done.location).text
    for words in ("€495,016", "approved", "€1,250.50", "For the fence", "Second club", "0002/2027"):
        assert words in page
    assert 'href="https://council.example.org/2"' in page
    said = place.content()
    assert said["council"]["involvement"] == "In the committee"
    assert said["timeline"] == [{"text": "Talks", "qualifier": "ongoing"}]
    assert [paper.get("date") for paper in said["council"]["papers"]] == [
        "2027-03-01",
        "2027-04-02",
    ]
    assert "source" not in said
    assert said["partners"] == ["First club", "Second club"]
    assert said["language"] == "en"
    [newest, *_], _key = queries.versions(place.id)
    assert (newest.reason, newest.content) == ("The council decided", said)


def test_emptied_rows_are_taken_out(place, sign_in):
    typed = place.typed(
        **{"costs-0-amount": "", "papers-0-number": "", "papers-0-date": "", "partners": " "}
    )
    assert sign_in(place.clerk).post(place.address, data=typed).status_code == 303
    said = place.content()
    assert "costs" not in said
    assert "partners" not in said
    assert said["council"] == {"involvement": "In the committee"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12", 12),
        ("0", 0),
        ("12.50", "12.50"),
        ("12,5", "12.50"),
        ("495.016", 495016),
        ("495,016.50", "495016.50"),
        ("1 250 000 €", 1250000),
        ("1.250.000,00", 1250000),
    ],
)
def test_amounts_as_people_write_them(place, sign_in, typed, kept):
    sent = place.typed(**{"costs-0-amount": typed, "source": "Changed"})
    assert sign_in(place.clerk).post(place.address, data=sent).status_code == 303
    assert [cost["amount"] for cost in place.content()["costs"]] == [kept]


def test_nothing_different_makes_no_version(place, sign_in):
    browser = sign_in(place.clerk)
    done = browser.post(place.address, data=place.typed())
    assert "Nothing was different" in browser.get(done.location).text
    assert len(queries.versions(place.id)[0]) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": " "}, "Please fill in this field."),
        ({"language": "xx"}, "Not a valid choice"),
        ({"unit": ""}, "Not a valid choice"),
        ({"unit": "999999"}, "Not a valid choice"),
        ({"costs-0-amount": "much"}, "Please give an amount"),
        ({"costs-0-amount": "-5"}, "Please give an amount"),
        ({"costs-0-amount": "NaN"}, "Please give an amount"),
        ({"costs-0-amount": "1e9"}, "Please give an amount"),
        ({"costs-0-amount": "12.3456"}, "Please give an amount"),
        ({"costs-0-amount": "9" * 30}, "Please give an amount"),
        ({"costs-1-note": "Without an amount"}, "Please give an amount"),
        ({"costs-0-currency": "euro"}, "too long"),
        ({"costs-0-currency": "eur"}, "three capital letters"),
        ({"costs-0-period": "never"}, "Not a valid choice"),
        ({"papers-0-number": ""}, "Papers of the council 1, Number: Please fill in this field."),
        ({"papers-0-date": "2027"}, "Please give a day"),
        ({"papers-0-date": "31.02.2027"}, "Please give a day"),
        ({"papers-0-link": "javascript:alert(1)"}, "begin with https:// or http://"),
        ({"partners": "x\n" * 101}, "At most 100 lines"),
        ({"partners": "x" * 201}, "At most 100 lines of at most 200 characters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(place, sign_in, changes, message):
    typed = place.typed(**{"costs-0-note": "Typed with care & <love>", **changes})
    answer = sign_in(place.clerk).post(place.address, data=typed)
    assert answer.status_code == 422
    assert message in unescape(answer.text)
    assert "Typed with care & <love>" in unescape(answer.text)
    assert len(queries.versions(place.id)[0]) == 1


@pytest.mark.both
def test_a_measure_is_handed_over_to_another_unit(place, sign_in):
    first, second = sign_in(place.clerk), sign_in(place.other)
    assert second.get(place.address).status_code == 403
    typed = place.typed(unit=str(place.second_id))
    assert first.post(place.address, data=typed).status_code == 303
    assert "Other office" in first.get(f"/en/measures/{place.id}").text
    assert first.get(place.address).status_code == 403
    assert first.post(place.address, data={**typed, "edition": "2"}).status_code == 403
    assert second.get(place.address).status_code == 200


def test_two_at_once_the_second_is_told_and_loses_nothing(place, sign_in):
    first, second = sign_in(place.clerk), sign_in(place.clerk)
    assert first.post(place.address, data=place.typed(source="First")).status_code == 303
    typed = place.typed(source="Second", **{"costs-1-amount": "77"})
    answer = second.post(place.address, data=typed)
    assert answer.status_code == 409
    for words in ("somebody else changed this measure", 'value="Second"', 'value="77"'):
        assert words in answer.text
    assert place.content()["source"] == "First"
    assert second.post(place.address, data={**typed, "edition": "2"}).status_code == 303
    assert place.content()["source"] == "Second"


def test_who_may(place, sign_in, client):
    stranger = sign_in(person("Stranger"))
    for browser, status in ((client, 401), (stranger, 403)):
        assert browser.get(place.address).status_code == status
        assert browser.post(place.address, data=place.typed(source="X")).status_code == status
    assert place.content()["source"] == "The page of the city"
