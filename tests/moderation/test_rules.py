"""The rules of a dialogue: versions with reasons, and each decision names the one in force."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from app.accounts.models import RoleName
from app.core import clock
from app.core.db import db
from app.moderation.models import Decision, Rulebook
from tests.conftest import NOW
from tests.factories.accounts import person
from tests.factories.comments import comment

REASONS = {"rule": "insult", "facts": "Calls somebody names."}


@pytest.fixture
def rules(place):
    return f"/en/dialogues/{place.dialogue.id}/rules"


def _write(browser, rules, seen=0, **values):
    data = {"seen": str(seen), "text_de": "Bleiben Sie beim Thema.", **values}
    return browser.post(f"{rules}/edit", data=data)


def test_before_there_are_any_the_general_rules_count(rules, client, sign_in, place):
    page = client.get(rules).text
    assert "/en/legal/rules" in page
    form = sign_in(place.moderator).get(f"{rules}/edit").text
    assert "Keine Beleidigungen" in form  # the general ones, in every language
    assert "No insults" in form


def test_versions_with_reasons_and_what_changed(rules, client, sign_in, place):
    browser = sign_in(place.moderator)
    assert _write(browser, rules).status_code == 303
    missing = _write(browser, rules, seen=1, text_de="Bleiben Sie freundlich.")
    assert missing.status_code == 422
    assert "Bleiben Sie freundlich." in missing.text
    done = _write(
        browser, rules, seen=1, text_de="Bleiben Sie freundlich.", reason="It was <b>rude</b>."
    )
    assert done.status_code == 303
    page = client.get(rules).text
    assert "Bleiben Sie freundlich." in page
    assert "<del" in page
    assert "It was &lt;b&gt;rude&lt;/b&gt;." in page
    old = client.get(f"{rules}?version=1").text
    assert "Bleiben Sie beim Thema." in old
    assert "no longer in force" in old
    assert client.get(f"{rules}?version=3").status_code == 404


def test_in_the_readers_language_and_in_a_simple_one(rules, client, sign_in, place):
    texts = {"text_ar": "ابقوا في الموضوع", "text_de_simple": "Seien Sie nett."}
    assert _write(sign_in(place.moderator), rules, **texts).status_code == 303
    arabic = rules.replace("/en/", "/ar/")
    assert "ابقوا في الموضوع" in client.get(arabic).text
    english = client.get(rules).text
    assert "Bleiben Sie beim Thema." in english
    assert 'lang="de"' in english
    assert "Seien Sie nett." in client.get(f"{rules}?in=de-simple").text


def test_a_preview_changes_nothing(rules, client, sign_in, place):
    browser = sign_in(place.moderator)
    body = "**Sachlich** <script>alert(1)</script> [x](javascript:alert(1))"
    page = _write(browser, rules, text_de=body, preview="1").text
    assert "<strong>Sachlich</strong>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "Sachlich" not in client.get(rules).text


def test_without_any_text_there_is_no_version(rules, sign_in, place):
    assert _write(sign_in(place.moderator), rules, text_de="").status_code == 422


def test_only_the_dialogues_moderators(rules, sign_in, client, place):
    for who, code in ((place.elsewhere, 404), (place.amal, 404)):
        assert _write(sign_in(who), rules).status_code == code
    assert _write(client, rules).status_code == 401


def test_a_decision_names_the_version_in_force(rules, sign_in, client, place):
    browser = sign_in(place.moderator)
    before = comment(place.proposal, author=place.amal)
    path = "/en/subjects/{}/decision"
    browser.post(path.format(before.id), data={"action": "hide", "seen": "0", **REASONS})
    _write(browser, rules)
    under = comment(place.proposal, author=place.amal)
    browser.post(path.format(under.id), data={"action": "hide", "seen": "0", **REASONS})
    _write(browser, rules, seen=1, text_de="Anders.", reason="Because.")
    db.session.rollback()
    found = dict(
        db.session.execute(select(Decision.subject_id, Decision.rulebook_number)).tuples().all()
    )
    assert found == {before.id: None, under.id: 1}
    amal = sign_in(place.amal)
    assert f"{rules}?version=1" in amal.get(f"/en/subjects/{under.id}/reasons").text
    assert "/en/legal/rules?at=" in amal.get(f"/en/subjects/{before.id}/reasons").text
    assert f"{rules}?version=1" in client.get("/en/decisions").text
    lines = client.get("/en/decisions.csv").text.splitlines()
    assert ",insult,comment,1,,de," in lines[1]
    assert ",insult,comment,,,de," in lines[2]


def test_the_general_rules_as_they_were_then(client, sign_in, context):
    operator = sign_in(person("Ola", roles=(RoleName.OPERATOR,)))
    for days, body in ((0, "Alte Regel"), (2, "Neue Regel")):
        with clock.frozen(NOW + timedelta(days=days)):
            operator.post("/de/operator/legal/rules/de", data={"body": body})
    then = (NOW + timedelta(days=1)).isoformat()
    page = client.get("/de/legal/rules", query_string={"at": then}).text
    assert "Alte Regel" in page
    assert "Neue Regel" not in page
    for none in ("", "?at=never", "?at=9999-12-31T23:59:59-23:59"):
        assert "Neue Regel" in client.get(f"/de/legal/rules{none}").text


@pytest.mark.both
def test_of_two_who_change_them_at_once_one_is_told(rules, app, sign_in, place):
    browsers = [sign_in(place.moderator) for _ in range(4)]
    start = Barrier(4)

    def run(browser):
        start.wait()
        return _write(browser, rules).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(run, browsers))
    assert codes == [303, 409, 409, 409]
    db.session.rollback()
    assert db.session.scalars(select(Rulebook.number)).all() == [1]
