"""Getting a plan as a file with `flask plan export`."""

import pytest
import yaml
from flask import Flask

from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands
from app.plan.commands.exchange.reading import read
from app.plan.models import MeasureState
from tests.factories.organisations import unit
from tests.factories.plan import field, measure, plan
from tests.plan.test_import import GOOD, HANNOVER

FULL = """\
format: plandialog-plan/1
plan: {key: full, title: Full, summary: "A summary.\\n\\nIn two paragraphs."}
fields:
  - {key: b, title: B, goals_lead: We…, goals: [read, "write: well"]}
  - {key: a, title: A}
measures:
  - key: second
    title: Second
    follows: first
    unit: Office
    state: new
    districts: [13, 1]
    fields: [a, b]
    source: "no"
    description: "  - one\\n  - two\\n\\nEnd: *yes*  \\n# x"
    goals: [{level: deliverable, text: D}, {level: year, year: 2027, text: "2027"}]
    timeline:
      - {text: "On: a day", qualifier: on, date: 2027-01-31, state: planned}
      - {text: Always, qualifier: ongoing, state: running}
    contact_points:
      - {state: in-preparation, number: 1, name: P, mode: by-day, since: 2027-01-02}
      - {state: in-operation, number: 2, name: O2, mode: full-time, district: 9, street: S}
      - state: in-operation
        number: 1
        name: O1
        mode: open-hours
        opening_hours: "Mon\\nTue"
        exceptions: [{date: 2027-12-24, text: closed}]
        service: S1
        further: [{service: S2}, {service: S3, target_group: T3}]
        languages: [ar, de]
        step_free: partly
        access_notes: "Lift"
    indicators:
      - {title: I, counted_in: people, baseline: 0, target: {value: 12.5, date: 2028-01}}
      - {title: J, source: S, actual: [{date: 2026, value: -1}, {date: 2026-12, value: 2}]}
    costs:
      - {amount: 12.50, currency: CHF, period: once, kind: approved, note: N}
      - {amount: 7.00, period: once, kind: spent}
    council:
      papers: [{number: 1/27, kind: K, body: B, date: 2027-02-03, outcome: O}]
    partners: [سوريون, "null"]
    participation: P
  - {key: first, title: First, state: completed, districts: city-wide, language: ar}
"""


@pytest.fixture
def export(app: Flask):
    def run(key: str):
        return app.test_cli_runner().invoke(args=["plan", "export", key])

    return run


def _bring(content: bytes) -> None:
    with transaction():
        commands.import_plan(content, by=SYSTEM)


@pytest.mark.both
@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("lokaler-integrationsplan", HANNOVER.read_bytes()),
        ("example", GOOD.encode()),
        ("full", FULL.encode()),
    ],
)
def test_a_file_comes_back_with_the_same_facts(context, export, key, content):
    unit("Office")
    _bring(content)
    done = export(key)
    assert done.exit_code == 0
    assert _facts(done.output.encode()) == _facts(content)


def test_what_was_made_here_comes_back_elsewhere(context, export):
    made = plan(key="here", title="Hier")
    one = measure(made, "Eins", fields=(field(made, "Feld"),), districts=(3,))
    with transaction():
        commands.change_measure(
            one,
            description="Erster Absatz.\n\nZweiter.",
            state=MeasureState.COMPLETED,
            reason="x",
            by=SYSTEM,
        )
    first = export("here").output
    _bring(first.encode().replace(b"key: here", b"key: there"))
    assert export("there").output.replace("key: there", "key: here") == first


def test_an_empty_plan(context, export):
    plan(key="empty", title="Leer")
    assert yaml.safe_load(export("empty").output) == {
        "format": "plandialog-plan/1",
        "plan": {"key": "empty", "title": "Leer"},
    }


def test_a_plan_that_is_not_there(context, export):
    plan(key="one")
    done = export("two")
    assert done.exit_code == 1
    assert "There is no plan 'two'. Known: one." in done.output


def test_many_measures_need_as_many_queries_as_one(context, export, queries):
    made = plan(key="big")
    for _ in range(3):
        measure(made)
    queries.clear()
    export("big")
    few = len(queries)
    for _ in range(30):
        measure(made)
    queries.clear()
    export("big")
    assert len(queries) == few


def _facts(content: bytes):
    said = read(content)
    measures = {one.content["key"]: one.content for one in said.measures}
    return said.plan, said.fields, measures
