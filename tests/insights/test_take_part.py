"""Saying what one thinks of statements, one after the other; adding one."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.core import clock
from app.core.db import db
from app.core.states import Visibility
from app.insights.models import PersonOpinion, Statement, StatementCount
from app.insights.states import LandscapeState, Opinion
from app.rounds.models import Procedure
from app.rounds.states import Activity
from tests.factories.accounts import person
from tests.factories.insights import landscape
from tests.factories.rounds import dialogue, round_

pytestmark = pytest.mark.both
DAY = timedelta(days=1)


@pytest.fixture
def place(context):
    moderator = person("Moderator")
    hall = dialogue(moderator=moderator)
    one = round_(hall, open_=(Activity.VOTE,), procedure=Procedure())
    found = landscape(one)
    return SimpleNamespace(
        moderator=moderator,
        round=one,
        found=found,
        amal=person("Amal"),
        page=f"/en/landscapes/{found.id}",
    )


def _shown(browser, place):
    """The address of the statement that is shown."""
    page = browser.get(f"{place.page}/next").text
    found = re.search(rf'action="({place.page}/statements/\d+)"', page)
    return found[1] if found else None


def _fresh(model):
    db.session.rollback()
    return db.session.query(model)


def test_one_after_the_other_until_all_are_answered(place, sign_in):
    browser = sign_in(place.amal)
    seen = []
    while (statement := _shown(browser, place)) is not None:
        seen.append(statement)
        assert browser.post(statement, data={"opinion": "agree"}).status_code == 303
    assert len(seen) == len(set(seen)) == 8
    assert "answered every statement" in browser.get(f"{place.page}/next").text


def test_what_few_have_answered_comes_first(place, sign_in):
    first = _shown(sign_in(place.amal), place)
    for statement in _fresh(Statement):
        if not str(first).endswith(f"/{statement.id}"):
            url = f"{place.page}/statements/{statement.id}"
            sign_in(place.amal).post(url, data={"opinion": "pass"})
    assert _shown(sign_in(person("Kim")), place) == first


def test_an_answer_can_be_changed_and_is_counted_once(place, sign_in):
    browser = sign_in(place.amal)
    statement = _shown(browser, place)
    for opinion in ("agree", "disagree", "disagree"):
        browser.post(statement, data={"opinion": opinion})
    assert [one.opinion for one in _fresh(PersonOpinion)] == [Opinion.DISAGREE]
    assert sum(one.seen for one in _fresh(StatementCount)) == 1
    mine = browser.get(f"{place.page}/mine").text
    assert "<strong>Disagree</strong>" in mine


def test_at_the_same_moment_it_is_one_opinion(place, sign_in):
    browsers = [sign_in(place.amal) for _ in range(8)]
    statement = str(_shown(browsers[0], place))

    def say(browser):
        return browser.post(statement, data={"opinion": "agree"}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(say, browsers)) == {303}
    assert _fresh(PersonOpinion).count() == 1
    assert sum(one.seen for one in _fresh(StatementCount)) == 1


@pytest.mark.parametrize("opinion", ["", "maybe", "1e9", "agree\x00"])
def test_only_one_of_the_three(place, sign_in, opinion):
    browser = sign_in(place.amal)
    statement = str(_shown(browser, place))
    assert browser.post(statement, data={"opinion": opinion}).status_code == 422
    assert _fresh(PersonOpinion).count() == 0


def test_who_may_and_when(place, client, sign_in):
    browser = sign_in(place.amal)
    statement = str(_shown(browser, place))
    assert client.post(statement, data={"opinion": "agree"}).status_code == 401
    unsure = sign_in(person("Unsure", email_confirmed_at=None))
    assert unsure.post(statement, data={"opinion": "agree"}).status_code == 403
    with clock.frozen(clock.now() + 20 * DAY):
        assert browser.post(statement, data={"opinion": "agree"}).status_code == 403
    elsewhere = landscape(place.round, title="Another")
    other = statement.replace(f"/landscapes/{place.found.id}/", f"/landscapes/{elsewhere.id}/")
    assert browser.post(other, data={"opinion": "agree"}).status_code == 404
    assert _fresh(PersonOpinion).count() == 0


def test_before_the_close_nobody_sees_how_it_stands(place, client, sign_in):
    browser = sign_in(place.amal)
    browser.post(str(_shown(browser, place)), data={"opinion": "agree"})
    for who in (client, browser, sign_in(place.moderator)):
        page = who.get(place.page).text
        assert "took part" not in page
        assert who.get(f"{place.page}/result.json").status_code in (401, 403)
        assert who.get(f"{place.page}/result.csv").status_code in (401, 403)


def test_a_statement_waits_for_a_moderator(place, sign_in):
    browser, mo = sign_in(place.amal), sign_in(place.moderator)
    add = f"{place.page}/statements/new"
    assert browser.post(add, data={"text": "Buses at night"}).status_code == 303
    assert "waits for the moderators" in browser.get(f"{place.page}/mine").text
    waiting = _fresh(Statement).filter_by(visibility=Visibility.HELD).one()
    url = f"{place.page}/statements/{waiting.id}"
    assert browser.post(url, data={"opinion": "agree"}).status_code == 404
    assert browser.post(f"{url}/show").status_code == 403
    assert "Buses at night" in mo.get(f"{place.page}/manage").text
    assert mo.post(f"{url}/show").status_code == 303
    assert browser.post(url, data={"opinion": "agree"}).status_code == 303


def test_refused_with_a_reason_that_its_author_reads(place, sign_in):
    browser, mo = sign_in(place.amal), sign_in(place.moderator)
    browser.post(f"{place.page}/statements/new", data={"text": "Buses at night"})
    waiting = _fresh(Statement).filter_by(visibility=Visibility.HELD).one()
    url = f"{place.page}/statements/{waiting.id}/refuse"
    assert mo.post(url, data={}).status_code == 422
    assert mo.post(url, data={"reason": "Two thoughts at once"}).status_code == 303
    assert "Two thoughts at once" in browser.get(f"{place.page}/mine").text


def test_what_is_nearly_there_is_shown_first(place, sign_in):
    browser = sign_in(place.amal)
    add = f"{place.page}/statements/new"
    answer = browser.post(add, data={"text": "Statement number 77"})
    assert answer.status_code == 422
    assert "nearly there already" in answer.text
    assert "Statement number 77" in answer.text
    data = {"text": "Statement number 77", "anyway": "y"}
    assert browser.post(add, data=data).status_code == 303
    assert browser.post(add, data=data).status_code == 303
    assert _fresh(Statement).filter_by(visibility=Visibility.HELD).count() == 1


@pytest.mark.parametrize("text", ["", "x" * 141, "x" * 1_000_000, "\x00"])
def test_statements_are_short(place, sign_in, text):
    answer = sign_in(place.amal).post(f"{place.page}/statements/new", data={"text": text})
    assert answer.status_code in (413, 422)
    assert _fresh(Statement).filter_by(visibility=Visibility.HELD).count() == 0


def test_as_many_queries_for_three_hundred_statements_as_for_eight(place, sign_in, queries):
    many = landscape(place.round, title="Many", statements=[f"Number {n}" for n in range(150)])
    browser = sign_in(place.amal)
    counts = []
    for page in (place.page, f"/en/landscapes/{many.id}"):
        browser.get(f"{page}/next")
        queries.clear()
        browser.get(f"{page}/next")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_a_draft_is_there_for_moderators_only(place, client, sign_in):
    draft = landscape(place.round, title="Draft", state=LandscapeState.DRAFT)
    page = f"/en/landscapes/{draft.id}"
    assert client.get(page).status_code == 404
    assert sign_in(place.amal).get(page).status_code == 404
    assert sign_in(place.moderator).get(page).status_code == 200
    assert "Draft" not in client.get(f"/en/rounds/{place.round.id}").text.split("<main")[1]
