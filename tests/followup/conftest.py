"""A plan whose measures report on a year."""

from datetime import UTC, datetime

import pytest

from app.core import clock
from app.plan.models import MeasureState
from tests.factories.accounts import person
from tests.factories.organisations import unit
from tests.factories.plan import field, measure, plan
from tests.factories.rounds import dialogue


class Hall:
    """A plan with two fields, two units, and a dialogue about it."""

    def __init__(self) -> None:
        self.moderator, self.clerk, self.other = person("Moderator"), person("Clerk"), person("B")
        self.plan = plan()
        self.work, self.home = field(self.plan, "Work"), field(self.plan, "Home")
        self.dialogue = dialogue(plan=self.plan, moderator=self.moderator)
        self.first, self.second = unit("First", self.clerk), unit("Second", self.other)
        self.rooms = measure(self.plan, "Rooms", fields=(self.work,), unit_id=self.first.id).id
        self.flats = measure(self.plan, "Flats", fields=(self.home,), unit_id=self.second.id).id
        self.over = measure(
            self.plan,
            "Over",
            state=MeasureState.COMPLETED,
            changed_at=datetime(2025, 5, 1, tzinfo=UTC),
            version_number=2,
        ).id
        self.lately = measure(
            self.plan,
            "Lately",
            state=MeasureState.COMPLETED,
            changed_at=clock.now(),
            version_number=2,
        ).id


@pytest.fixture
def hall(context):
    return Hall()
