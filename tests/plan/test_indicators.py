"""By what one sees whether a measure does what it is for: typed, drawn, kept, exported."""

import re
from html import unescape

import pytest

from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands, queries
from app.plan.models import Measure
from tests.factories.accounts import person
from tests.factories.organisations import unit
from tests.factories.plan import measure, plan

FILE = """\
format: plandialog-plan/1
plan: {key: counted, title: Counted}
measures:
  - key: flats
    title: Flats
    state: running
    districts: city-wide
    indicators:
      - title: Families in flats of their own
        counted_in: families
        baseline: 120
        target: {value: 300.5, date: 2028}
        source: Office for housing
        actual:
          - {date: 2025, value: 180}
          - {date: 2026-06, value: 210.25}
      - {title: Balance, baseline: 0, actual: [{date: 2026-12-31, value: -3}]}
"""


class Place:
    def __init__(self) -> None:
        self.clerk = person("Clerk")
        self.id = measure(plan(), "Flats", unit_id=unit("Office", self.clerk).id).id
        self.address = f"/en/measures/{self.id}/edit/indicators"

    def typed(self, **changes: object) -> dict[str, object]:
        first = {
            "title": "Families",
            "counted_in": "families",
            "baseline": "1.200",
            "target": "3,000",
            "by": "12/2028",
            "actual": "2026: 1.800,5\n31.12.2025: 1500",
            "source": "Office",
        }
        return {
            "edition": "0",
            **{f"indicators-0-{key}": value for key, value in first.items()},
            "reason": "Counted",
            **changes,
        }

    def content(self) -> list[dict[str, object]]:
        db.session.rollback()
        found = queries.measure(self.id)
        assert found is not None
        return commands.content_of(found, queries.parts_of(self.id)).get("indicators", [])


@pytest.fixture
def place(context) -> Place:
    return Place()


@pytest.mark.both
def test_the_unit_types_them_and_everybody_sees_them(place, sign_in, client):
    browser = sign_in(place.clerk)
    assert browser.post(place.address, data=place.typed()).status_code == 303
    assert place.content() == [
        {
            "title": "Families",
            "counted_in": "families",
            "baseline": 1200,
            "target": {"value": 3000, "date": "2028-12"},
            "source": "Office",
            "actual": [
                {"date": "2025-12-31", "value": 1500},
                {"date": "2026", "value": "1800.50"},
            ],
        }
    ]
    page = unescape(client.get(f"/en/measures/{place.id}").text)
    part = page.split('id="indicators"', 1)[1].split("</section>", 1)[0]
    for words in ("1,200", "3,000 until December 2028", "<polyline"):
        assert words in part
    assert part.index("2026</th>") < part.index("Dec 31, 2025</th>")
    assert "<td>1,800.5</td>" in part
    german = unescape(client.get(f"/de/measures/{place.id}").text)
    assert "<td>1.800,5</td>" in german
    again = browser.get(place.address).text
    assert 'value="2028-12"' in again
    assert "2026: 1800.50" in again
    history = client.get(f"/en/measures/{place.id}/versions").text
    assert "Changed" not in history  # the first version has nothing before it
    said = unescape(client.get(f"/en/measures/{place.id}/versions/1").text)
    assert "Families · families · At the beginning: 1,200 · Target: 3,000" in said


def test_the_picture_runs_the_way_the_language_does(place, sign_in, client):
    sign_in(place.clerk).post(place.address, data=place.typed())
    found = {}
    for language in ("en", "ar"):
        page = client.get(f"/{language}/measures/{place.id}").text
        points = re.findall(r'points="([^"]+)"', page)[0]
        found[language] = [int(pair.split(",")[0]) for pair in points.split()]
    assert found["en"][0] < found["en"][1]
    assert found["ar"][0] > found["ar"][1]


@pytest.mark.parametrize(
    ("baseline", "target", "last", "reached"),
    [
        ("10", "20", "20", True),
        ("10", "20", "19", False),
        ("20", "10", "9", True),
        ("", "5", "4", False),
    ],
)
def test_a_target_is_reached_whichever_way_it_lies(
    place, sign_in, client, baseline, target, last, reached
):
    changes = {
        "indicators-0-baseline": baseline,
        "indicators-0-target": target,
        "indicators-0-actual": f"2026: {last}",
    }
    sign_in(place.clerk).post(place.address, data=place.typed(**changes))
    page = client.get(f"/en/measures/{place.id}").text
    assert ("target reached" in page) is reached


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"indicators-0-target": "many"}, "such as 120 or 12.5"),
        ({"indicators-0-title": ""}, "Please fill in this field"),
        ({"indicators-0-target": ""}, "what is to be reached by then"),
        ({"indicators-0-actual": "last year: 12"}, "Line 1 is not a date"),
        ({"indicators-0-actual": "2026: 1\n2026: 2"}, "Each date can stand here once"),
        ({"reason": ""}, "Please fill in this field"),
    ],
)
def test_what_cannot_be_right_comes_back(place, sign_in, changes, said):
    browser = sign_in(place.clerk)
    typed = place.typed(**changes)
    if "indicators-0-title" in changes:  # of a new row: one that was there would be taken out
        typed["indicators-0-title"] = ""
    reply = browser.post(place.address, data=typed)
    assert reply.status_code == 422
    assert said in unescape(reply.text)
    assert place.content() == []


def test_nobody_else_changes_them(place, sign_in, client):
    assert client.post(place.address, data=place.typed()).status_code in (302, 303, 401)
    assert sign_in(person("Other")).post(place.address, data=place.typed()).status_code == 403
    assert place.content() == []


def test_what_somebody_else_changed_meanwhile_is_said(place, sign_in):
    browser = sign_in(place.clerk)
    browser.post(place.address, data=place.typed())
    reply = browser.post(place.address, data=place.typed(reason="Again"))
    assert reply.status_code == 409
    assert "1.800,5" in reply.text


@pytest.mark.both
def test_a_file_brings_them_and_takes_them_along(context):
    with transaction():
        made = commands.import_plan(FILE.encode(), by=SYSTEM).plan
    again = commands.export_plan(made)
    with transaction():
        assert not commands.import_plan(again.encode(), by=SYSTEM).changes
    for words in ("value: '210.25'", "value: -3", "baseline: 0", "value: '300.50'"):
        assert words in again


@pytest.mark.parametrize(
    ("was", "wrong", "said"),
    [
        ("value: 180", "value: 1.800.5", "no number such as"),
        ("{date: 2025, value: 180}", "{value: 180}", "'date' is missing"),
        ("date: 2026-06", "date: 2024", "the oldest comes first"),
        ("counted_in", "countedin", "unknown key 'countedin'"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_line(context, was, wrong, said):
    with pytest.raises(commands.WrongFile, match=said):
        commands.import_plan(FILE.replace(was, wrong).encode(), by=SYSTEM)


@pytest.mark.both
def test_ten_indicators_cost_no_query_more(place, client, queries):
    sent = []
    for count in (1, 10):
        with transaction():
            found = db.session.get_one(Measure, place.id)
            wanted = [
                {
                    "title": f"I{n}",
                    "actual": [{"date": str(2000 + y), "value": y} for y in range(20)],
                }
                for n in range(count)
            ]
            commands.change_measure(found, indicators=wanted, reason=str(count), by=SYSTEM)
        queries.clear()
        assert client.get(f"/en/measures/{place.id}").status_code == 200
        sent.append(len(queries))
    assert sent[0] == sent[1] <= 16
