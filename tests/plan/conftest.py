"""Hannover's plan, as the shipped file brings it."""

import pytest

from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands, queries
from app.plan.models import Measure
from tests.plan.test_import import HANNOVER


@pytest.fixture
def hannover(context) -> Measure:
    """The measure of the city's page."""
    with transaction():
        plan_id = commands.import_plan(HANNOVER.read_bytes(), by=SYSTEM).plan.id
    measure = queries.measure_by_key(plan_id, "integrationskonzept-fluechtlinge")
    assert measure is not None
    return measure
