"""Every event leaves one line, which stays as it is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from sqlalchemy import delete, select, update

from app.accounts.models import RoleName
from app.audit.models import AppendOnly, LogLine
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import Event, emit
from app.core.policy import Actor
from app.core.transactions import transaction
from tests.conftest import NOW
from tests.factories.accounts import person


@dataclass(frozen=True, kw_only=True)
class DoorOpened(Event):
    door_id: int


@dataclass(frozen=True, kw_only=True)
class BallotDropped(Event):
    secret: ClassVar[bool] = True
    question_id: int


def _lines() -> list[LogLine]:
    return list(db.session.scalars(select(LogLine).order_by(LogLine.id)))


@pytest.mark.both
def test_an_event_is_a_line_with_who_and_when(context):
    amal = person("Amal")
    with transaction():
        emit(DoorOpened(by=Actor(person_id=amal.id), door_id=7))
    (line,) = _lines()
    assert line.event == "audit.DoorOpened"
    assert (line.at, line.person_id, line.facts) == (NOW, amal.id, {"door_id": 7})


@pytest.mark.both
def test_a_secret_event_names_nobody_and_only_the_day(context):
    amal = person("Amal")
    clock.tick(timedelta(hours=14, minutes=30))  # half past midnight of the next day in Hannover
    with transaction():
        emit(BallotDropped(by=Actor(person_id=amal.id, organisation_id=None), question_id=7))
    (line,) = _lines()
    assert (line.person_id, line.organisation_id) == (None, None)
    assert line.at == datetime(2027, 3, 1, 23, 0, tzinfo=UTC)
    assert line.facts == {"question_id": 7}


def test_what_did_not_happen_leaves_no_line(context):
    def changes_its_mind() -> None:
        with transaction():
            emit(DoorOpened(by=Actor(), door_id=7))
            raise Conflict

    with pytest.raises(Conflict):
        changes_its_mind()
    assert _lines() == []


def _change(line: LogLine) -> None:
    line.event = "nothing"
    db.session.flush()


def _delete(line: LogLine) -> None:
    db.session.delete(line)
    db.session.flush()


def _change_all(_line: LogLine) -> None:
    db.session.execute(update(LogLine).values(event="nothing"))


def _delete_all(_line: LogLine) -> None:
    db.session.execute(delete(LogLine))


@pytest.mark.parametrize("harm", [_change, _delete, _change_all, _delete_all])
def test_a_line_is_never_changed_or_deleted(context, harm):
    with transaction():
        emit(DoorOpened(by=Actor(), door_id=7))

    def try_it() -> None:
        with transaction():
            harm(_lines()[0])

    with pytest.raises(AppendOnly):
        try_it()
    assert _lines()[0].event == "audit.DoorOpened"


def test_only_operators_read_it(context, client, sign_in):
    assert client.get("/de/audit").status_code == 401
    assert sign_in(person()).get("/de/audit").status_code == 403
    operator = sign_in(person(roles=(RoleName.OPERATOR,)))
    assert operator.get("/de/audit").status_code == 200


def test_it_is_read_newest_first_by_kind_and_page(context, sign_in):
    amal = person("Amal")
    with transaction():
        emit(BallotDropped(by=Actor(), question_id=1))
        for number in range(25):
            emit(DoorOpened(by=Actor(person_id=amal.id), door_id=100 + number))
    operator = sign_in(person(roles=(RoleName.OPERATOR,)))
    first = operator.get("/en/audit").text
    assert "Amal" in first
    assert "door_id 124" in first
    assert "door_id 104" not in first
    key = _lines()[6].id  # 20 of 26 lines have been shown
    assert f"after={key}" in first
    rest = operator.get(f"/en/audit?after={key}").text
    assert "door_id 104" in rest
    assert "question_id 1" in rest
    assert "Show earlier lines" not in rest
    chosen = operator.get("/en/audit?event=audit.BallotDropped").text
    assert "question_id 1" in chosen
    assert "door_id" not in chosen


@pytest.mark.parametrize(
    "address", ["?after=x", "?after=99999999999999999999999", "?event=%00", "?after=-1", "?after=²"]
)
def test_a_wrong_address_shows_the_first_page(context, sign_in, address):
    with transaction():
        emit(DoorOpened(by=Actor(), door_id=7))
    found = sign_in(person(roles=(RoleName.OPERATOR,))).get(f"/de/audit{address}")
    assert found.status_code == 200
    assert "door_id 7" in found.text


def test_a_long_log_costs_as_much_as_a_short_one(context, sign_in, queries):
    browser = sign_in(person(roles=(RoleName.OPERATOR,)))
    counts = []
    for number in (10, 990):
        with transaction():
            for door in range(number):
                emit(DoorOpened(by=Actor(), door_id=door))
        queries.clear()
        browser.get("/de/audit")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
