"""Windows where the city's clock jumps, on a leap day, at midnight, and after a long sleep."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.rounds import commands, jobs, queries
from app.rounds.models import Round, WindowEdge
from app.rounds.policy import window_open
from app.rounds.states import Activity, Edge
from tests.factories.rounds import round_

pytestmark = pytest.mark.both
BERLIN = ZoneInfo("Europe/Berlin")
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
COMMENT = Activity.COMMENT


def _wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 — a wall clock has no zone


def _open(opens: datetime, closes: datetime) -> Round:
    """A round with one window, typed on the city's clock."""
    made = round_(open_=())
    with transaction():
        commands.set_window(
            _fresh(made),
            COMMENT,
            opens_at=clock.from_local(opens),
            closes_at=clock.from_local(closes),
            because="As planned.",
            by=SYSTEM,
        )
    return made


def _fresh(made: Round) -> Round:
    found = queries.get(made.id)
    assert found is not None
    return found


def _is_open(made: Round, at: datetime) -> bool:
    with clock.frozen(at):
        return window_open(_fresh(made), COMMENT) is True


@pytest.mark.parametrize(
    ("opens", "closes", "hours"),
    [
        pytest.param(_wall(2027, 3, 28), _wall(2027, 3, 29), 23, id="clocks go forward"),
        pytest.param(_wall(2027, 10, 31), _wall(2027, 11, 1), 25, id="clocks go back"),
        pytest.param(_wall(2028, 2, 28), _wall(2028, 3, 1), 48, id="leap day"),
        pytest.param(_wall(2027, 2, 28, 12), _wall(2027, 3, 1, 12), 24, id="no leap day"),
    ],
)
def test_a_day_is_as_long_as_the_citys_clock_makes_it(context, opens, closes, hours):
    with clock.frozen(datetime(2027, 2, 1, tzinfo=BERLIN)):
        made = _open(opens, closes)
        window = _fresh(made).window(COMMENT)
    assert window is not None
    assert window.closes_at - window.opens_at == hours * HOUR
    assert not _is_open(made, window.opens_at - SECOND)
    assert _is_open(made, window.opens_at)
    assert _is_open(made, window.closes_at - SECOND)
    assert not _is_open(made, window.closes_at)


def test_what_ends_at_midnight_ends_with_the_day(context):
    made = _open(_wall(2027, 3, 5), _wall(2027, 3, 10))
    assert _is_open(made, datetime(2027, 3, 9, 23, 59, 59, 999_999, tzinfo=BERLIN))
    assert not _is_open(made, datetime(2027, 3, 10, tzinfo=BERLIN))


def test_an_hour_that_comes_twice_is_open_twice(context):
    """Between two and three on the night on which the clocks go back."""
    made = _open(_wall(2027, 10, 31, 1), _wall(2027, 10, 31, 4))
    first = datetime(2027, 10, 31, 2, 30, fold=0, tzinfo=BERLIN)
    second = datetime(2027, 10, 31, 2, 30, fold=1, tzinfo=BERLIN)
    assert second.timestamp() - first.timestamp() == 3600
    assert _is_open(made, first)
    assert _is_open(made, second)


def test_a_time_that_does_not_exist_is_the_one_after_the_jump(context):
    """Half past two on the night on which the clocks go forward: half past three."""
    made = _open(_wall(2027, 3, 28, 2, 30), _wall(2027, 3, 28, 6))
    assert not _is_open(made, datetime(2027, 3, 28, 3, 29, 59, tzinfo=BERLIN))
    assert _is_open(made, datetime(2027, 3, 28, 3, 30, tzinfo=BERLIN))


def test_a_pause_over_the_jump_gives_back_the_time_that_was_taken(context):
    """From noon to noon of the day that has 23 hours."""
    made = _open(_wall(2027, 3, 20), _wall(2027, 3, 30, 18))
    with clock.frozen(datetime(2027, 3, 27, 12, tzinfo=BERLIN)), transaction():
        commands.pause(_fresh(made), by=SYSTEM)
    with clock.frozen(datetime(2027, 3, 28, 12, tzinfo=BERLIN)), transaction():
        commands.resume(_fresh(made), add_pause=True, because="It was dark.", by=SYSTEM)
    window = _fresh(made).window(COMMENT)
    assert window is not None
    assert clock.local(window.closes_at).replace(tzinfo=None) == _wall(2027, 3, 31, 17)


def test_a_worker_that_slept_through_it_does_it_late_once_and_says_so(context):
    made = _open(_wall(2027, 3, 2), _wall(2027, 3, 3))
    awake = datetime(2027, 3, 20, 8, tzinfo=BERLIN)
    assert not _is_open(made, awake), "closed although nothing has run"
    with clock.frozen(awake):
        for _twice in range(2):
            jobs.run_edges()
    edges = db.session.scalars(select(WindowEdge).order_by(WindowEdge.id)).all()
    assert [one.edge for one in edges] == [Edge.OPENS, Edge.CLOSES]
    assert [clock.local(one.due_at).day for one in edges] == [2, 3]
    assert {one.ran_at for one in edges} == {awake.astimezone(edges[0].ran_at.tzinfo)}
