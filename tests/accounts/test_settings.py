"""Changing one's account: name, language, password, address; signing out everywhere."""

import pytest

from app.accounts import queries
from app.accounts.commands import passwords
from app.accounts.models import Person
from app.core.db import db
from tests.factories.accounts import person

GOOD = "richtig langes Passwort"
NEW = "ein ganz anderes Passwort"


@pytest.fixture(scope="module")
def password_hash() -> str:
    return passwords.hash_password(GOOD)


@pytest.fixture
def amal(context, password_hash):
    return person("Amal", email="amal@example.org", password_hash=password_hash)


def _fresh(of: Person) -> Person:
    db.session.rollback()
    db.session.refresh(of)
    return of


def _can_sign_in(client, password, email="amal@example.org") -> bool:
    answer = client.post("/de/sign-in", data={"email": email, "password": password})
    return answer.status_code == 303


@pytest.mark.parametrize("path", ["", "/name", "/language", "/password", "/address", "/delete"])
def test_strangers_are_asked_to_sign_in(client, path):
    answer = client.get(f"/de/account{path}")
    assert answer.status_code == 401
    assert f"/de/sign-in?next=/de/account{path}" in answer.text


def test_all_settings_at_a_glance(amal, sign_in):
    sign_in(amal)
    text = sign_in(amal).get("/de/account").text
    assert "amal@example.org" in text
    assert "2 Geräten" in text
    assert "richtig" not in text


def test_another_name(amal, sign_in):
    client = sign_in(amal)
    answer = client.post("/de/account/name", data={"name": "Amal  Ḥasan"})
    assert (answer.status_code, answer.location) == (303, "/de/account")
    assert _fresh(amal).display_name == "Amal Ḥasan"
    person("Berta", name_skeleton=queries.name_key("Berta"))
    answer = client.post("/de/account/name", data={"name": "BERTA"})
    assert answer.status_code == 422
    assert 'value="BERTA"' in answer.text
    assert client.post("/de/account/name", data={"name": "amal hasan"}).status_code == 303


def test_another_language_for_mails(amal, sign_in, client, mails):
    answer = sign_in(amal).post("/de/account/language", data={"language": "ar"})
    assert answer.status_code == 303
    assert sign_in(amal).post("/de/account/language", data={"language": "xx"}).status_code == 422
    client.post("/de/sign-up", data={"email": "amal@example.org", "name": "Somebody"})
    assert "مرحبًا" in mails.to("amal@example.org").text


def test_another_password_signs_others_out(amal, sign_in, app, mails):
    client, other = sign_in(amal), sign_in(amal)
    wrong = client.post("/de/account/password", data={"old": NEW, "password": NEW})
    assert wrong.status_code == 422
    assert other.get("/de/account").status_code == 200
    answer = client.post("/de/account/password", data={"old": GOOD, "password": NEW})
    assert answer.status_code == 303
    assert client.get("/de/account").status_code == 200
    assert other.get("/de/account").status_code == 401
    assert "amal@example.org" in [mail.to for mail in mails.all()]
    assert not _can_sign_in(app.test_client(), GOOD)
    assert _can_sign_in(app.test_client(), NEW)


def test_guessing_the_password_in_a_stolen_browser_is_slowed_down(amal, sign_in):
    client = sign_in(amal)
    codes = [
        client.post("/de/account/delete", data={"password": f"geraten {n}"}).status_code
        for n in range(11)
    ]
    assert codes == [422] * 10 + [429]


def test_a_forgotten_password(amal, sign_in, client, app, mails):
    inside = sign_in(amal)
    assert client.post("/de/reset-password", data={"email": "AMAL@example.org"}).status_code == 303
    path = mails.to("amal@example.org").path
    assert client.get(path).status_code == 200
    assert client.post(path, data={"password": "short"}).status_code == 422
    assert client.post(path, data={"password": NEW}).status_code == 303
    assert client.get("/de/account").status_code == 200
    assert inside.get("/de/account").status_code == 401
    assert client.post(path, data={"password": GOOD}).status_code == 410
    assert _can_sign_in(app.test_client(), NEW)


def test_setting_a_password_where_there_was_none(context, sign_in, mails):
    client = sign_in(person("Amal", email="amal@example.org"))
    assert 'action="/de/account/link"' in client.get("/de/account/password").text
    assert client.post("/de/account/link", data={"purpose": "reset"}).status_code == 303
    assert client.post(mails.to("amal@example.org").path, data={"password": NEW}).status_code == 303


def test_another_address_is_confirmed_there_and_the_old_one_told(amal, sign_in, app, mails):
    client = sign_in(amal)
    data = {"email": "New@example.org", "password": GOOD}
    wrong = client.post("/de/account/address", data={**data, "password": NEW})
    assert wrong.status_code == 422
    assert "New@example.org" in wrong.text
    assert client.post("/de/account/address", data=data).status_code == 303
    path = mails.to("new@example.org").path
    assert app.test_client().get(path).status_code == 200
    assert _fresh(amal).email == "amal@example.org"
    assert client.post(path).status_code == 303
    assert _fresh(amal).email == "new@example.org"
    assert "/account/" not in mails.to("amal@example.org").text
    assert client.post(path).status_code == 410
    assert _can_sign_in(app.test_client(), GOOD, "new@example.org")


def test_another_address_that_is_taken_is_not_told_here(amal, sign_in, mails):
    person("Berta", email="berta@example.org")
    client = sign_in(amal)
    data = {"email": "berta@example.org", "password": GOOD}
    assert client.post("/de/account/address", data=data).location == "/de/sign-in/sent"
    assert "/account/address/" not in mails.to("berta@example.org").text


def test_another_address_taken_while_the_mail_travelled(amal, sign_in, mails):
    client = sign_in(amal)
    client.post("/de/account/address", data={"email": "new@example.org", "password": GOOD})
    path = mails.to("new@example.org").path
    person("Berta", email="new@example.org")
    assert client.post(path).status_code == 409
    assert _fresh(amal).email == "amal@example.org"


def test_a_sign_up_that_waits_does_not_block_the_address(amal, sign_in, app, mails):
    app.test_client().post("/de/sign-up", data={"email": "new@example.org", "name": "Eve"})
    mails.all()
    client = sign_in(amal)
    client.post("/de/account/address", data={"email": "new@example.org", "password": GOOD})
    assert client.post(mails.to("new@example.org").path).status_code == 303
    assert _fresh(amal).email == "new@example.org"


def test_sign_out_everywhere(amal, sign_in):
    client, other = sign_in(amal), sign_in(amal)
    assert client.post("/de/account/sessions/end").status_code == 303
    assert client.get("/de/account").status_code == 401
    assert other.get("/de/account").status_code == 401
