"""A round with a moderator, two units with their people, and a plan with a field."""

from types import SimpleNamespace

import pytest

from tests.factories.accounts import person
from tests.factories.organisations import unit
from tests.factories.plan import field, plan
from tests.factories.rounds import dialogue, round_


@pytest.fixture
def place(context):
    made = SimpleNamespace(
        moderator=person("Moderator"),
        clerk=person("Clerk"),
        colleague=person("Colleague"),
        other_clerk=person("Clerk elsewhere"),
        stranger=person("Stranger"),
    )
    made.plan = plan()
    made.field = field(made.plan, "Language")
    made.dialogue = dialogue(moderator=made.moderator, plan=made.plan)
    made.round = round_(made.dialogue)
    made.unit = unit("Beispielamt", made.clerk, made.colleague)
    made.other_unit = unit("Anderes Amt", made.other_clerk)
    return made
