"""Overarching goals are edited in the browser; all that they said stays to be read."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.accounts.models import RoleName
from app.core import clock
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands, queries
from app.plan.models import Field
from tests.factories.accounts import person
from tests.factories.organisations import unit
from tests.factories.plan import field, measure, plan
from tests.plan.test_import import HANNOVER

OPEN = "ist eine weltoffene Stadt mit Willkommenskultur."
QUARTERS = "lebt durch aktive Quartiere mit guten Treffpunkten."
AGE = "ermöglicht ein selbstbestimmtes Leben bis ins hohe Alter."


@pytest.fixture
def place(context):
    made = SimpleNamespace(
        operator=person("Operator", roles=(RoleName.OPERATOR,)),
        clerk=person("Clerk"),
        other=person("Clerk elsewhere"),
    )
    city = plan()
    row = field(city, "Teilhabe")
    office = unit("Office", made.clerk)
    unit("Other office", made.other)
    measure(city, "Räume", fields=(row,), unit_id=office.id)
    made.id, made.plan = row.id, city.key
    made.edit = f"/en/fields/{row.id}/edit"
    made.page = f"/en/fields/{row.id}"
    return made


def typed(edition, *goals, **more):
    lead = "Hannover 2030 …"
    return {
        "edition": str(edition),
        "title": "Teilhabe",
        "goals_lead": lead,
        "goals": "\n".join(goals),
        "reason": "Beschluss des Rates",
        **more,
    }


def goals_of(place):
    db.session.rollback()
    return {goal.text: goal.id for goal in queries.overarching([place.id])}


@pytest.mark.both
def test_changed_in_the_browser_with_a_version_each_time(place, sign_in, client):
    browser = sign_in(place.clerk)
    assert place.edit in browser.get(place.page).text
    assert browser.post(place.edit, data=typed(0, OPEN, QUARTERS)).status_code == 303
    first = goals_of(place)
    clock.tick(timedelta(days=1))
    changed = OPEN.replace("weltoffene", "weltoffene, vielfältige")
    sent = typed(1, AGE, changed, QUARTERS, reason="Neuer Beschluss")
    assert browser.post(place.edit, data=sent).status_code == 303
    now = goals_of(place)
    assert list(now) == [AGE, changed, QUARTERS]
    assert now[changed] == first[OPEN]  # what points to a goal stays with it
    assert now[QUARTERS] == first[QUARTERS]
    page = client.get(place.page).text
    for words in (AGE, changed, QUARTERS, "Hannover 2030 …"):
        assert words in page
    listed = client.get(f"{place.page}/versions").text
    for words in ("Clerk", "Neuer Beschluss", "Beschluss des Rates", "Version 2"):
        assert words in listed
    assert AGE not in client.get(f"{place.page}/versions/1").text
    difference = client.get(f"{place.page}/compare?number=2").text
    assert "vielfältige" in difference
    assert "<ins>" in difference
    assert "vielfältige" in client.get(f"{place.page}/compare?since=1&view=side").text


def test_as_of_a_day_and_compared_with_it(place, sign_in, client):
    browser = sign_in(place.operator)
    day = clock.today().isoformat()
    before = (clock.today() - timedelta(days=1)).isoformat()
    browser.post(place.edit, data=typed(0, OPEN))
    clock.tick(timedelta(days=2))
    browser.post(place.edit, data=typed(1, QUARTERS))
    then = client.get(f"/en/plan/as-of?plan={place.plan}&day={day}").text
    assert OPEN in then
    assert QUARTERS not in then
    assert QUARTERS in client.get(f"/en/plan/as-of?plan={place.plan}").text
    assert OPEN not in client.get(f"/en/plan/as-of?plan={place.plan}&day={before}").text
    assert "from version 1 to version 2" in client.get(f"{place.page}/compare?day={day}").text
    assert "not part of the plan yet" in client.get(f"{place.page}/compare?day={before}").text


def test_the_same_again_makes_no_version(place, sign_in):
    browser = sign_in(place.clerk)
    browser.post(place.edit, data=typed(0, OPEN))
    page = browser.post(place.edit, data=typed(1, OPEN), follow_redirects=True)
    assert "Nothing was different" in page.text
    db.session.rollback()
    assert db.session.get_one(Field, place.id).version_number == 1


def test_of_two_editors_the_second_compares(place, sign_in):
    first, second = sign_in(place.clerk), sign_in(place.operator)
    first.post(place.edit, data=typed(0, OPEN))
    late = second.post(place.edit, data=typed(0, QUARTERS))
    assert late.status_code == 409
    assert QUARTERS in late.text
    assert 'name="edition" type="hidden" value="1"' in late.text


@pytest.mark.parametrize("who", ["other", None])
def test_nobody_else_changes_it(place, sign_in, client, who):
    browser = client if who is None else sign_in(getattr(place, who))
    assert browser.post(place.edit, data=typed(0, OPEN)).status_code == (403 if who else 401)
    assert place.edit not in browser.get(place.page).text
    assert goals_of(place) == {}


def test_what_is_missing_is_said_and_the_text_kept(place, sign_in):
    answer = sign_in(place.clerk).post(place.edit, data=typed(0, OPEN, reason=""))
    assert answer.status_code == 422
    assert OPEN in answer.text


def test_an_import_keeps_a_version_where_it_changes_something(context, client):
    def bring():
        with transaction():
            return commands.import_plan(HANNOVER.read_bytes(), by=SYSTEM).plan.id

    plan_id = bring()
    assert bring() == plan_id
    (one,) = [row for row in queries.fields(plan_id) if queries.overarching([row.id])][:1]
    assert one.version_number == 1
    assert "MEIN HANNOVER 2030" in client.get(f"/de/fields/{one.id}/versions/1").text
    assert f"/de/fields/{one.id}" in client.get("/de/plan").text


def test_a_goal_of_a_year_goes_on_in_the_next(context):
    city = plan()
    with transaction():
        made = commands.create_measure(city, title="Räume", reason="x", by=SYSTEM)
        _goals(made, (2027, "Ein Raum ist offen."))
    (before,) = queries.parts_of(made.id).goals
    with transaction():
        _goals(made, (2028, "Ein Raum ist offen."), (2027, "Ein Plan ist da."))
    now = {goal.text: goal for goal in queries.parts_of(made.id).goals}
    assert now["Ein Raum ist offen."].id == before.id
    assert now["Ein Raum ist offen."].year == 2028
    assert now["Ein Plan ist da."].id != before.id


def _goals(made, *wanted):
    found = queries.measure(made.id)
    assert found is not None
    goals = [{"level": "year", "year": year, "text": text} for year, text in wanted]
    commands.change_measure(found, goals=goals, reason="x", by=SYSTEM)
