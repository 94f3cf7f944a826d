"""What other features ask of the plan."""

import pytest

from app.plan import queries
from tests.factories import plan as make

pytestmark = pytest.mark.both


def test_a_measure_comes_with_plan_unit_fields_and_districts(context):
    plan = make.plan()
    field = make.field(plan)
    made = make.measure(plan, fields=(field,), districts=(10, 1))
    found = queries.measure(made.id)
    assert found is not None
    assert found.plan.title == plan.title
    assert found.unit is None
    assert [f.id for f in found.fields] == [field.id]
    assert [d.district for d in found.districts] == [1, 10]
    assert queries.measure(plan.id) is None


def test_measures_and_fields_of_one_plan_only(context):
    plan, other = make.plan(), make.plan()
    field = make.field(plan)
    make.field(other)
    first, second = make.measure(plan, title="B"), make.measure(plan, title="A")
    make.measure(other)
    assert [m.id for m in queries.measures_of(plan.id)] == [second.id, first.id]
    assert [f.id for f in queries.fields(plan.id)] == [field.id]
    assert [p.id for p in queries.plans()] == [plan.id, other.id]
    assert queries.get_plan(plan.id) is not None
    assert queries.get_plan(first.id) is None
