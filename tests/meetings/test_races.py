"""The last place, wanted by fifty at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.policy import ANYBODY
from app.core.transactions import transaction
from app.meetings import commands
from app.meetings.models import Meeting, Seat
from app.meetings.states import SeatState
from tests.factories.meetings import meeting, seat

pytestmark = pytest.mark.both

MANY = 50


def _at_once(app, tasks):
    start = Barrier(len(tasks))

    def run(task):
        with app.app_context():
            start.wait()
            task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        list(pool.map(run, tasks))
    db.session.rollback()


def _sign_up(meeting_id, number):
    found = db.session.get_one(Meeting, meeting_id)
    with transaction(of=found):
        commands.sign_up(
            found,
            name=f"Gast {number}",
            email=f"gast{number}@example.org",
            language="de",
            hours=24,
            by=ANYBODY,
        )


def _states():
    return list(db.session.scalars(select(Seat.state).order_by(Seat.id)))


def test_one_of_fifty_gets_the_last_place_and_the_others_wait(place, app):
    made = meeting(measure_id=place.measure.id, capacity=3)
    seat(made, place.bo)
    seat(made, place.amal)
    id = made.id
    db.session.rollback()
    _at_once(app, [lambda n=n: _sign_up(id, n) for n in range(MANY)])
    states = _states()
    assert states.count(SeatState.PLACE) == 3
    assert states.count(SeatState.WAITING) == MANY - 1


def test_given_back_while_others_sign_up_no_place_is_lost_or_given_twice(place, app):
    made = meeting(measure_id=place.measure.id, capacity=2)
    held = [seat(made, place.bo).id, seat(made, place.amal).id]
    for n in range(4):
        seat(made, email=f"wartet{n}@example.org", state=SeatState.WAITING)
    id = made.id
    db.session.rollback()

    def leave(seat_id):
        found = db.session.get_one(Meeting, id)
        with transaction(of=found):
            commands.give_back(db.session.get_one(Seat, seat_id), found, by=ANYBODY)

    tasks = [lambda n=n: _sign_up(id, n) for n in range(6)]
    _at_once(app, [*tasks, *(lambda n=n: leave(n) for n in held)])
    states = _states()
    assert states.count(SeatState.PLACE) == 2
    assert states.count(SeatState.GIVEN_BACK) == 2
    up = select(Seat.email).where(Seat.state == SeatState.PLACE).order_by(Seat.id)
    assert list(db.session.scalars(up)) == ["wartet0@example.org", "wartet1@example.org"]
