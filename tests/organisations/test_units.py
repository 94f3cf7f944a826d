"""Units of the administration: made and ended by operators, with the people who act for them."""

import pytest

from app.core.db import db
from app.core.policy import grants_of
from app.organisations import queries
from tests.factories.accounts import person
from tests.factories.organisations import unit


def test_operators_only(place, sign_in, client):
    office = unit("Amt")
    assert client.get("/de/operator/units").status_code == 401
    for who in (place.stranger, place.registry, place.representative):
        browser = sign_in(who)
        assert browser.get("/de/operator/units").status_code == 403
        assert browser.post("/de/operator/units", data={"name": "X"}).status_code == 403
        for action in ("people", "rename", "end"):
            path = f"/de/operator/units/{office.id}/{action}"
            assert browser.post(path, data={"email": who.email}).status_code == 403


def test_creating_and_appointing(place, sign_in):
    browser = sign_in(place.operator)
    made = browser.post("/en/operator/units", data={"name": "Sachgebiet Integration"})
    assert made.status_code == 303
    path = made.location
    nobody = browser.post(f"{path}/people", data={"email": "nobody@example.org"})
    assert nobody.status_code == 422
    assert "Nobody has a confirmed account" in nobody.text
    assert 'value="nobody@example.org"' in nobody.text
    waiting = person(email_confirmed_at=None)
    answer = browser.post(f"{path}/people", data={"email": waiting.email})
    assert answer.status_code == 422
    for _twice in range(2):
        data = {"email": place.stranger.email.upper()}
        assert browser.post(f"{path}/people", data=data).status_code == 303
    page = browser.get(path).text
    assert page.count(place.stranger.email) == 1
    db.session.rollback()
    office = queries.unit_named("Sachgebiet Integration")
    assert office is not None
    assert ("unit", office.id) in grants_of(place.stranger.id)


@pytest.mark.parametrize("bad", ["", "   ", "x" * 161, "Amt \u2705"])
def test_bad_names(place, sign_in, bad):
    answer = sign_in(place.operator).post("/de/operator/units", data={"name": bad})
    assert answer.status_code == 422
    assert queries.units() == []


def test_a_name_once(place, sign_in):
    browser = sign_in(place.operator)
    unit("Amt")
    other = unit("Anderes Amt")
    assert browser.post("/en/operator/units", data={"name": "Amt"}).status_code == 422
    path = f"/en/operator/units/{other.id}/rename"
    taken = browser.post(path, data={"name": "Amt"})
    assert taken.status_code == 422
    assert "unit with this name" in taken.text
    assert browser.post(path, data={"name": "Neues Amt"}).status_code == 303
    assert "Neues Amt" in browser.get("/en/operator/units").text


def test_ending_a_mandate(place, sign_in):
    office = unit("Amt", place.stranger)
    made = queries.unit_mandates(office.id)[0]
    path = f"/de/operator/units/people/{made.id}/end"
    assert sign_in(place.stranger).post(path).status_code == 403
    assert sign_in(place.operator).post(path).status_code == 303
    db.session.rollback()
    assert not grants_of(place.stranger.id)


def test_ending_a_unit(place, sign_in):
    office = unit("Amt", place.stranger)
    browser = sign_in(place.operator)
    path = f"/de/operator/units/{office.id}"
    assert browser.get(f"{path}/end").status_code == 200
    assert browser.post(f"{path}/end").status_code == 303
    db.session.rollback()
    assert queries.units() == []
    assert not grants_of(place.stranger.id)
    assert browser.get(path).status_code == 200
    assert browser.post(f"{path}/end").status_code == 403
    data = {"email": place.stranger.email}
    assert browser.post(f"{path}/people", data=data).status_code == 403
