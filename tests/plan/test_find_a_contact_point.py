"""The contact points of a plan, and that nobody learns who looked for what."""

import logging
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import text

from app.core.db import Base, db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands
from app.plan import queries as plans
from tests.factories.plan import measure, plan
from tools.serve import _granian

MARK = "Zitronenfalter"


def _point(number, name, **more):
    first = {"state": "in-operation", "number": number, "name": name, "mode": "full-time"}
    return {**first, **more}


class Place:
    def __init__(self) -> None:
        self.plan = plan()
        self.id = measure(self.plan, "Advice").id
        self.set(
            _point(
                1,
                "North",
                district=13,
                service="Erstberatung",
                target_group="Geflüchtete",
                further=[{"service": "Arbeit", "target_group": "Mütter"}],
                languages=["ar", "ku"],
                step_free="yes",
            ),
            _point(2, "South", district=7, mode="by-day", languages=["ckb"]),
            {**_point(1, "West"), "state": "in-preparation"},
        )
        self.address = f"/en/plan/contact-points?plan={self.plan.key}"

    def set(self, *points):
        with transaction():
            found = plans.measure(self.id)
            assert found is not None
            commands.change_measure(found, contact_points=list(points), reason="x", by=SYSTEM)


@pytest.fixture
def place(context):
    return Place()


def _names(page):
    return [name for name in ("North", "South", "West") if f">{name}</bdi>" in page]


@pytest.mark.both
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["North", "South", "West"]),
        ({"words": "GEFLUCHTETE erstberatung"}, ["North"]),
        ({"words": "mutter"}, ["North"]),
        ({"words": "nothing"}, []),
        ({"district": "7"}, ["South"]),
        ({"spoken": "ku"}, ["North"]),
        ({"spoken": "ckb"}, ["South"]),
        ({"mode": "by-day"}, ["South"]),
        ({"state": "in-preparation"}, ["West"]),
        ({"step_free": "yes"}, ["North"]),
        ({"step_free": "yes", "district": "7"}, []),
    ],
)
def test_by_what_somebody_needs(place, client, asked, found):
    assert _names(client.post(place.address, data=asked).text) == found


def test_what_is_not_offered_is_said(place, client):
    reply = client.post(place.address, data={"district": "99"})
    assert reply.status_code == 422
    assert _names(reply.text) == ["North", "South", "West"]


@pytest.mark.both
def test_nothing_tells_who_looked_for_what(app, place, client, caplog, folder):
    caplog.set_level(logging.DEBUG)
    reply = client.post(place.address, data={"words": MARK, "spoken": "ar"})
    assert MARK in reply.text  # the form shows it again
    assert MARK not in str(reply.headers)
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert MARK not in caplog.text
    db.session.rollback()
    for table in Base.metadata.sorted_tables:
        rows = db.session.execute(text(f'SELECT * FROM "{table.name}"')).all()  # noqa: S608
        assert MARK not in str(rows), table.name
    for path in Path(folder).rglob("*"):
        if path.is_file():
            assert MARK.encode() not in path.read_bytes(), path
    assert MARK not in client.get(place.address).text


def test_an_address_cannot_hold_a_filter(place, client):
    """Nor can somebody be sent a link that would put one into a log."""
    assert _names(client.get(f"{place.address}&words=nothing&district=7").text) == [
        "North",
        "South",
        "West",
    ]
    form = client.get(place.address).text.split("<form", 2)[2].split(">", 1)[0]
    assert 'method="post"' in unescape(form)


def test_the_server_keeps_no_log_of_requests():
    assert not any("access" in one for one in _granian("127.0.0.1", 8000))


def test_twenty_at_a_time(place, client, queries):
    place.set(*(_point(number, f"P{number:02}") for number in range(1, 46)))
    seen, sent = [], set()
    after: str | None = ""
    while after is not None:
        queries.clear()
        page = client.post(place.address, data={"words": "p", "after": after}).text
        sent.add(len(queries))
        seen += [n for n in range(1, 46) if f">P{n:02}</bdi>" in page]
        after = page.split('name="after" value="', 1)[1].split('"')[0] if "after" in page else None
    assert seen == list(range(1, 46))
    assert max(sent) <= 8
