"""Bringing a plan's file in with `flask plan import`."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import LogLine
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.subjects import Subject
from app.core.transactions import transaction
from app.plan import commands, queries
from app.plan.models import (
    Measure,
    MeasureState,
    MeasureVersion,
    Milestone,
    MilestoneState,
    Plan,
)
from app.plan.queries.plans import whole
from config import ROOT
from tests.factories.organisations import unit

HANNOVER = ROOT / "app" / "plan" / "plans" / "lokaler-integrationsplan-hannover.yaml"
GOOD = """\
format: plandialog-plan/1
plan:
  key: example
  title: Example plan
fields:
  - key: education
    title: Education
    goals: [everybody reads]
measures:
  - key: rooms
    title: Reading rooms
    state: running
    districts: [9, 10]
    fields: [education]
    goals:
      - {level: year, year: 2027, text: The first room is open}
    timeline:
      - text: Two rooms are open
        qualifier: until
        date: 2027-12
        target: {least: 2, most: 2}
        contact_points:
          - {state: in-operation, number: 1, name: Old school, mode: open-hours}
    costs:
      - {amount: 12000, period: per-year, kind: planned}
    council:
      papers:
        - {number: 12/2027, link: "https://example.org/12"}
"""
TWO_FIRST_POINTS = """\
          - {state: in-operation, number: 1, name: A, mode: by-day}
          - {state: in-operation, number: 1, name: B, mode: by-day}
"""


@pytest.fixture
def bring(app: Flask, tmp_path: Path):
    """`flask plan import` of a text: exit code and output."""

    def run(text: str | bytes, *more: str):
        file = tmp_path / "plan.yaml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return app.test_cli_runner().invoke(args=["plan", "import", str(file), *more])

    return run


@pytest.mark.both
def test_a_new_plan(context, bring):
    done = bring(GOOD, "--reason", "The council's plan")
    assert done.exit_code == 0, done.output
    assert done.output == "Example plan: 1 measures new, 0 changed.\n  new: Reading rooms\n"
    plan = queries.plan_by_key("example")
    assert plan is not None
    [measure] = queries.measures_of(plan.id)
    assert [row.district for row in measure.districts] == [9, 10]
    parts = queries.parts_of(measure.id)
    assert parts.active(parts.milestones[0]) == 1
    [version], _ = queries.versions(measure.id)
    assert version.reason == "The council's plan"


def test_the_example_of_the_documentation(context, bring):
    text = (ROOT / "docs" / "plan-format.md").read_text()
    done = bring(text.split("```yaml\n")[1].split("```")[0])
    assert done.output.startswith("Example plan: 1 measures new")


@pytest.mark.both
def test_twice_changes_nothing_and_says_so(context, bring):
    for file in (GOOD.encode(), HANNOVER.read_bytes()):
        assert bring(file).exit_code == 0
        before = _rows()
        again = bring(file)
        assert again.exit_code == 0
        assert "nothing to change" in again.output
        assert _rows() == before


def test_a_changed_file_changes_only_what_differs(context, bring):
    bring(GOOD)
    [entry] = db.session.scalars(select(Milestone))
    number = entry.id
    more = GOOD.replace("Two rooms are open", "Both rooms are open").replace(
        "target:", "state: done\n        target:"
    )
    done = bring(more)
    assert "0 measures new, 1 changed.\n  changed: Reading rooms" in done.output
    db.session.expire_all()
    [entry] = db.session.scalars(select(Milestone))
    assert (entry.id, entry.text, entry.state) == (
        number,
        "Both rooms are open",
        MilestoneState.DONE,
    )
    lines = select(LogLine).where(LogLine.event == "plan.PlanImported").order_by(LogLine.id)
    assert [line.facts["changed"] for line in db.session.scalars(lines)] == [0, 1]
    done_lines = select(LogLine.facts).where(LogLine.event == "plan.MilestoneDone")
    assert [facts["milestone_id"] for facts in db.session.scalars(done_lines)] == [number]


def test_what_a_file_does_not_name_stays(context, bring):
    bring(GOOD)
    bring(GOOD.replace("key: rooms", "key: other").replace("title: Reading rooms", "title: Other"))
    assert db.session.scalar(select(func.count()).select_from(Measure)) == 2


def test_a_completed_measure_is_not_changed(context, bring):
    bring(GOOD.replace("state: running", "state: completed"))
    done = bring(GOOD)
    assert done.exit_code == 1
    assert "line 10: this measure is completed; reopen it on its page first" in done.output
    [measure] = db.session.scalars(select(Measure))
    with transaction():
        commands.reopen(measure, because="More to do", by=SYSTEM)
    assert "nothing to change" in bring(GOOD).output
    assert db.session.scalars(select(Measure)).one().state is MeasureState.RUNNING


def test_a_running_measure_is_not_new_again(context, bring):
    bring(GOOD)
    done = bring(GOOD.replace("state: running", "state: new"))
    assert "line 10: a measure that is running does not become new" in done.output


def test_units_and_earlier_measures(context, bring):
    text = GOOD.replace(
        "    fields: [edu", "    unit: Office\n    follows: earlier\n    fields: [edu"
    )
    assert "there is no unit 'Office'; make it first" in bring(text).output
    unit("Office")
    assert "line 15: there is no measure 'earlier'" in bring(text).output
    text += "  - {key: earlier, title: Earlier, state: completed, districts: city-wide}\n"
    assert bring(text).exit_code == 0
    measure = db.session.scalar(select(Measure).where(Measure.key == "rooms").options(*whole()))
    assert measure is not None
    assert (measure.predecessor and measure.predecessor.title) == "Earlier"
    assert (measure.unit and measure.unit.name) == "Office"
    assert "nothing to change" in bring(text).output


def _broken() -> list[tuple[str, str, str]]:
    """What to replace in the good file, by what, and what the message says."""
    return [
        ("plandialog-plan/1", "plandialog-plan/2", "line 1: 'plandialog-plan/2' is not"),
        ("  title: Example plan", "  titel: Example plan", "line 4: unknown key 'titel'"),
        ("  title: Example plan\n", "", "line 3: 'title' is missing"),
        ("title: Example plan", "title:", "line 4: there is no value"),
        ("title: Example plan", "title: ~", "line 4: there is no value"),
        ("title: Example plan", "title: [a]", "line 4: a text is expected"),
        ("title: Example plan", f"title: {'x' * 201}", "line 4: this text is longer than 200"),
        ("key: example", "key: Example Plan", "line 3: 'Example Plan' is no key"),
        (
            "    title: Education",
            "    title: A\n    title: B",
            "line 8: the key 'title' stands here",
        ),
        ("[everybody reads]", "[a, a]", "line 8: 'a' stands here twice"),
        ("[everybody reads]", "text", "line 8: a list is expected"),
        ("state: running", "state: finished", "line 12: 'finished' is not one of new, running"),
        ("[9, 10]", "[9, 14]", "line 13: '14' is no number from 1 to 13"),
        ("[9, 10]", "[9, 9]", "line 13: 9 stands here twice"),
        ("[9, 10]", "[]", "line 13: a list of numbers"),
        ("[9, 10]", "everywhere", "line 13: 'everywhere' is neither 'city-wide'"),
        ("fields: [education]", "fields: [health]", "line 14: there is no field 'health'"),
        ("fields: [education]", "language: xx", "line 14: 'xx' is not one of de"),
        ("level: year,", "level: month,", "line 16: 'month' is not one of"),
        ("level: year,", "level: overarching,", "line 16: overarching goals belong"),
        ("level: year, year: 2027,", "level: year,", "line 16: 'year' is missing"),
        ("level: year,", "level: deliverable,", "line 16: only goals of the level 'year'"),
        ("year: 2027", "year: 99999", "line 16: '99999' is no number from 1900"),
        ("qualifier: until", "qualifier: untill", "line 19: 'untill' is not one of from, until"),
        ("qualifier: until", "qualifier: ongoing", "line 18: an entry has a date"),
        ("        date: 2027-12\n", "", "line 18: an entry has a date"),
        ("date: 2027-12", "date: 2027-13", "line 20: '2027-13' is no date"),
        ("date: 2027-12", "date: soon", "line 20: 'soon' is no date"),
        ("date: 2027-12", "date: 0001", "line 20: the year is not between"),
        ("least: 2,", "least: 3,", "line 21: 2 is less than 3"),
        ("least: 2,", "", "line 21: 'least' is missing"),
        ("mode: open-hours", "mode: sometimes", "line 23: 'sometimes' is not one of full-time"),
        ("number: 1,", "number: 0,", "line 23: '0' is no number from 1"),
        ("number: 1,", "number: 1, since: 2027-12,", "line 23: '2027-12' is no day"),
        (
            "          - {state: in-operation, number: 1, name: Old school, mode: open-hours}\n",
            TWO_FIRST_POINTS,
            "line 10: two contact points in-operation have the number 1",
        ),
        ("amount: 12000", "amount: -1", "line 25: '-1' is no amount"),
        ("amount: 12000", "amount: 12.5", "line 25: '12.5' is no amount"),
        ("amount: 12000", "amount: 12000, currency: euro", "line 25: this text is longer than 3"),
        ("https://example.org/12", "javascript:alert(1)", "line 28: this is no address"),
        ("https://example.org/12", "https://", "line 28: this is no address"),
        ("  - key: rooms", "  - key: rooms\n    follows: rooms", "line 11: these measures follow"),
        ("title: Reading rooms", "title: &a Reading rooms\n    source: *a", "line 12: aliases"),
        ("title: Reading rooms", "title: !!python/name:os.system x", "line 11: the tag"),
        ("title: Reading rooms", "title: " + "[" * 40 + "]" * 40, "line 11: this is nested"),
        ("title: Reading rooms", "title: Reading: rooms", "line 11: mapping values are not"),
        ("title: Reading rooms", "title: \x07", "line 11: a character that no file may hold"),
    ]


@pytest.mark.parametrize(("old", "new", "message"), _broken())
def test_a_wrong_file_names_line_and_reason_and_changes_nothing(context, bring, old, new, message):
    assert old in GOOD
    before = _rows()
    done = bring(GOOD.replace(old, new))
    assert done.exit_code == 1
    assert message in done.output
    assert "Nothing was changed." in done.output
    assert _rows() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
        (b"- a\n- b\n", "line 1: keys and values are expected here"),
        (b"format: plandialog-plan/1\nplan: \xff\n", "line 2: this is not UTF-8"),
        (b"format: plandialog-plan/1\n---\nplan: x\n", "line 2: but found another document"),
        (b"#" * 1_000_001, "the file is larger than 1000000 bytes"),
        (b"{" * 100_000, "line 1: this is nested too deeply"),
        (b"? [a]\n: b\n", "line 1: unknown key '?'"),
    ],
)
def test_what_is_no_plan_at_all(context, bring, content, message):
    done = bring(content)
    assert done.exit_code == 1
    assert message in done.output


def test_one_wrong_measure_stops_the_whole_file(context, bring):
    done = bring(GOOD + "  - {key: second, title: Second, state: new, districts: [77]}\n")
    assert "line 29" in done.output
    assert _rows() == (0, 0, 0, 0)


def test_a_measure_that_stands_twice(context, bring):
    done = bring(GOOD + "  - {key: rooms, title: Second, state: new, districts: [7]}\n")
    assert "line 29: 'rooms' stands here twice" in done.output


def _rows() -> tuple[int, ...]:
    db.session.rollback()
    return tuple(
        db.session.scalar(select(func.count()).select_from(model)) or 0
        for model in (Subject, Plan, Measure, MeasureVersion)
    )
