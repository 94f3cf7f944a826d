"""What other features let happen to the plan."""

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.policy import SYSTEM
from app.core.search.models import SearchEntry
from app.core.transactions import transaction
from app.plan import commands, queries
from app.plan.models import Goal, MeasureState
from tests.factories.organisations import unit
from tests.factories.plan import field, plan

pytestmark = pytest.mark.usefixtures("context")


def _searched(measure_id: int) -> str:
    here = SearchEntry.kind == "measure", SearchEntry.key == measure_id
    entry = db.session.scalars(select(SearchEntry).where(*here)).one()
    return f"{entry.title}\n{entry.body}"


@pytest.mark.both
def test_a_new_measure_is_in_the_plan_with_a_version() -> None:
    made = plan()
    housing = field(made, "Housing")
    office = unit()
    with transaction():
        measure = commands.create_measure(
            made,
            title="Wohnungs­tausch für alle",
            description="Zwei Familien **tauschen**.",
            unit_id=office.id,
            districts=[9, 3],
            field_ids=[housing.id],
            reason="Because of a proposal",
            by=SYSTEM,
        )
        number = measure.id
    found = queries.measure(number)
    assert found is not None
    assert (found.state, found.city_wide) == (MeasureState.NEW, False)
    assert [row.district for row in found.districts] == [3, 9]
    assert [row.title for row in found.fields] == ["Housing"]
    assert found.unit_id == office.id
    assert "Familien tauschen" in _searched(number)
    [version], _ = queries.versions(number)
    assert (version.number, version.reason, version.by) == (1, "Because of a proposal", None)
    assert version.content["districts"] == [3, 9]


def test_two_measures_of_one_title_have_two_keys() -> None:
    made = plan()
    with transaction():
        first = commands.create_measure(made, title="Größer!", reason="x", by=SYSTEM)
        second = commands.create_measure(made, title="Größer!", reason="x", by=SYSTEM)
    assert [first.key, second.key] == ["grosser", "grosser-2"]


@pytest.mark.both
def test_changing_leaves_the_rest_and_keeps_a_version() -> None:
    made = plan()
    with transaction():
        measure = commands.create_measure(
            made, title="Garten", description="Alt", districts=[1], reason="x", by=SYSTEM
        )
    with transaction():
        goals = [{"level": "year", "year": 2027, "text": "Ein Beet"}]
        version = commands.change_measure(measure, goals=goals, reason="y", by=SYSTEM)
        assert version is not None
        assert version.number == 2
    with transaction():
        assert commands.change_measure(measure, title="Garten", reason="z", by=SYSTEM) is None
        changed = [{"level": "year", "year": 2027, "text": "Zwei Beete"}]
        commands.change_measure(measure, goals=changed, title="Gärten", reason="z", by=SYSTEM)
    found = queries.measure(measure.id)
    assert found is not None
    assert (found.title, found.description, found.city_wide) == ("Gärten", "Alt", False)
    assert [goal.text for goal in queries.parts_of(found.id).goals] == ["Zwei Beete"]
    assert [former.title for former in queries.former_names(found.id)] == ["Garten"]
    assert "Garten" in _searched(found.id)


def test_a_goal_that_is_dropped_keeps_its_row() -> None:
    made = plan()
    with transaction():
        measure = commands.create_measure(made, title="Garten", reason="x", by=SYSTEM)
        goals = [{"level": "deliverable", "text": "Ein Beet"}]
        commands.change_measure(measure, goals=goals, reason="x", by=SYSTEM)
        commands.change_measure(measure, goals=[], reason="x", by=SYSTEM)
    assert queries.parts_of(measure.id).goals == []
    [goal] = db.session.scalars(select(Goal))
    assert (goal.text, goal.dropped_at) == ("Ein Beet", clock.now())


def test_a_completed_measure_is_reopened_before_it_changes() -> None:
    made = plan()
    with transaction():
        measure = commands.create_measure(made, title="Fest", reason="x", by=SYSTEM)
        commands.change_measure(measure, state=MeasureState.COMPLETED, reason="x", by=SYSTEM)
    with pytest.raises(Conflict), transaction():
        commands.change_measure(measure, title="Feste", reason="x", by=SYSTEM)
    with pytest.raises(Invalid), transaction():
        commands.reopen(measure, because="", by=SYSTEM)
    with transaction():
        commands.reopen(measure, because="It goes on", by=SYSTEM)
        commands.change_measure(measure, title="Feste", reason="x", by=SYSTEM)
    versions, _ = queries.versions(measure.id)
    assert [version.reason for version in versions] == ["x", "It goes on", "x", "x"]
