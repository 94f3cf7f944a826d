"""Registering an organisation, correcting it, and giving it another name."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.organisations import queries
from app.organisations.models import MandateRole, Organisation, OrganisationKind
from app.organisations.states import OrganisationState
from tests.factories.accounts import person
from tests.factories.organisations import organisation

GOOD = {
    "name": "Frauenverein Linden",
    "kind": "migrant",
    "description": "Wir **beraten** Frauen.",
    "languages": ["de", "tr"],
    "districts": ["10", "1"],
    "website": "https://example.org",
    "contact_email": "kontakt@example.org",
}


def _only() -> Organisation:
    db.session.rollback()
    return db.session.scalars(select(Organisation)).one()


def test_whoever_registers_represents(context, sign_in):
    amal = person("Amal")
    browser = sign_in(amal)
    assert browser.get("/de/organisations/register").status_code == 200
    answer = browser.post("/de/organisations/register", data=GOOD)
    assert answer.status_code == 303
    made = _only()
    assert (made.state, made.kind) == (OrganisationState.REGISTERED, OrganisationKind.MIGRANT)
    assert (made.languages, made.districts) == (["de", "tr"], [1, 10])
    assert [(o.id, r) for o, r in queries.mine(amal.id)] == [(made.id, MandateRole.REPRESENTATIVE)]
    page = browser.get(answer.location)
    assert "<strong>beraten</strong>" in page.text
    assert "Türkçe" in page.text
    assert "Linden-Limmer" in page.text
    assert "Frauenverein Linden" in browser.get("/de/my/organisations").text


def test_strangers_sign_in_first_and_addresses_are_confirmed(context, sign_in, client):
    assert client.get("/de/organisations/register").status_code == 401
    unconfirmed = person("New", email_confirmed_at=None)
    assert sign_in(unconfirmed).post("/de/organisations/register", data=GOOD).status_code == 403


def test_sent_twice_is_one(context, sign_in):
    browser = sign_in(person())
    first = browser.post("/de/organisations/register", data=GOOD)
    second = browser.post("/de/organisations/register", data=GOOD)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    _only()


def test_a_look_alike_is_refused_and_names_the_public_one(context, sign_in):
    organisation("Frauenverein Linden")
    browser = sign_in(person())
    for name in ("frauenverein linden", "Frauenverein  Linden", "FRAUENVEREIN L1NDEN"):
        answer = browser.post("/en/organisations/register", data={**GOOD, "name": name})
        assert answer.status_code == 422
        assert "Frauenverein Linden" in answer.text
        assert "Wir **beraten** Frauen." in answer.text
        assert 'value="kontakt@example.org"' in answer.text
    _only()


def test_the_name_of_one_that_waits_is_not_told(context, sign_in):
    organisation("Frauenverein Linden", state=OrganisationState.REGISTERED)
    answer = sign_in(person()).post(
        "/en/organisations/register", data={**GOOD, "name": "FRAUENVEREIN LINDEN"}
    )
    assert answer.status_code == 422
    assert "Frauenverein Linden" not in answer.text


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 161),
        ("name", "C\u0430ritas"),
        ("name", "Caritas \u2705"),
        ("name", "Landeshauptstadt Hannover"),
        ("kind", "party"),
        ("kind", ""),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://example.org"),
        ("website", "https://"),
        ("website", "https://user:word@example.org"),
        ("website", "http://[x"),
        ("website", 'https://example.org/" onclick="x()'),
        ("contact_email", "nobody"),
        ("contact_email", ""),
        ("description", "x" * 5_001),
        ("languages", ["xx"]),
        ("districts", ["14"]),
        ("districts", ["one"]),
    ],
)
def test_bad_input_comes_back(context, sign_in, field, bad):
    answer = sign_in(person()).post("/en/organisations/register", data={**GOOD, field: bad})
    assert answer.status_code == 422
    assert "Please check what you entered" in answer.text
    assert "javascript:" not in answer.text.replace('value="javascript:alert(1)"', "")
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 0


def test_odd_characters_go_and_nothing_breaks(context, sign_in):
    words = {
        "name": "Frauen\u202everein\x00 Linden",
        "description": "a\x00b\u202ec",
        "website": "example.org",
    }
    answer = sign_in(person()).post("/en/organisations/register", data={**GOOD, **words})
    assert answer.status_code == 303
    made = _only()
    assert (made.name, made.description) == ("Frauenverein Linden", "abc")
    assert made.website == "https://example.org"


def test_a_megabyte_is_refused(context, sign_in):
    answer = sign_in(person()).post(
        "/en/organisations/register", data={**GOOD, "description": "x" * 2**20}
    )
    assert answer.status_code == 413


def test_not_too_many_in_a_day(context, sign_in):
    browser = sign_in(person())
    for number in range(10):
        name = f"Verein {number * 'a'}b"
        assert browser.post("/en/organisations/register", data={**GOOD, "name": name}).status_code
    answer = browser.post("/en/organisations/register", data={**GOOD, "name": "Noch einer"})
    assert answer.status_code == 429


@pytest.mark.both
def test_two_at_once_are_one(app, context, sign_in):
    browsers = [sign_in(person()) for _number in range(4)]
    start = Barrier(4)

    def register(browser) -> int:
        start.wait()
        return browser.post("/de/organisations/register", data=GOOD).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(register, browsers)) == [303, 422, 422, 422]
    _only()


def test_editors_change_the_profile(place, sign_in):
    path = f"/de/organisations/{place.verein.id}/edit"
    assert sign_in(place.stranger).get(path).status_code == 403
    assert sign_in(place.member).post(path, data=GOOD).status_code == 403
    browser = sign_in(place.editor)
    assert browser.get(path).status_code == 200
    bad = browser.post(path, data={**GOOD, "website": "javascript:x", "description": "Neu hier"})
    assert bad.status_code == 422
    assert "Neu hier" in bad.text
    assert browser.post(path, data=GOOD).status_code == 303
    db.session.rollback()
    found = queries.get(place.verein.id)
    assert found is not None
    assert (found.name, found.website) == ("Beispielverein", "https://example.org")
    assert [o.id for o in queries.directory(q="beraten").items] == [found.id]


def test_representatives_change_the_name(place, sign_in):
    organisation("Anderer Verein")
    path = f"/en/organisations/{place.verein.id}/rename"
    assert sign_in(place.deputy).post(path, data={"name": "Neu"}).status_code == 403
    browser = sign_in(place.representative)
    taken = browser.post(path, data={"name": "ANDERER VEREIN"})
    assert taken.status_code == 422
    assert "Anderer Verein" in taken.text
    assert 'value="ANDERER VEREIN"' in taken.text
    assert browser.post(path, data={"name": "BEISPIELVEREIN"}).status_code == 303
    assert "BEISPIELVEREIN" in browser.get(f"/en/organisations/{place.verein.id}").text


@pytest.mark.both
def test_a_former_name_stays_to_be_read_and_found_and_is_nobody_elses(place, sign_in, client):
    path = f"/en/organisations/{place.verein.id}"
    browser = sign_in(place.representative)
    assert browser.post(f"{path}/rename", data={"name": "Haus am Fluss"}).status_code == 303
    assert 'Called <bdi dir="auto">Beispielverein</bdi> until' in client.get(path).text
    found = client.get("/en/organisations?q=beispielverein").text
    assert "Haus am Fluss" in found
    pretender = sign_in(place.stranger).post(
        "/en/organisations/register", data={**GOOD, "name": "BEISPIEL-VEREIN"}
    )
    assert pretender.status_code == 422
    assert "Haus am Fluss" in pretender.text
    assert browser.post(f"{path}/rename", data={"name": "Beispielverein"}).status_code == 303
    assert 'Called <bdi dir="auto">Haus am Fluss</bdi> until' in client.get(path).text


def test_the_form_of_long_ago_is_not_sent_twice(context, sign_in):
    browser = sign_in(person())
    browser.post("/de/organisations/register", data=GOOD)
    clock.tick(timedelta(hours=1))
    answer = browser.post("/de/organisations/register", data=GOOD)
    assert answer.status_code == 422
    assert "Frauenverein Linden" in answer.text


@pytest.mark.both
def test_a_name_that_is_given_up_at_this_moment_is_nobodys(app, place, sign_in):
    renames, registers = sign_in(place.representative), sign_in(place.stranger)
    gate = Barrier(2)

    def run(browser, path, data):
        gate.wait()
        with app.app_context():
            return browser.post(path, data=data).status_code

    with ThreadPoolExecutor(2) as pool:
        path = f"/de/organisations/{place.verein.id}/rename"
        renamed = pool.submit(run, renames, path, {"name": "Haus am Fluss"})
        data = {**GOOD, "name": "Beispielverein"}
        registered = pool.submit(run, registers, "/de/organisations/register", data)
    assert (renamed.result(), registered.result()) == (303, 422)
    db.session.rollback()
    assert [one.name for one in db.session.scalars(select(Organisation))] == ["Haus am Fluss"]
