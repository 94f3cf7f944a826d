"""Signing in by password or link, and out again; nothing that was typed is lost."""

import re
from datetime import timedelta
from html import unescape

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from app.accounts.commands import passwords
from app.accounts.models import Session
from app.core import clock
from app.core.db import db
from app.core.transactions import transaction
from tests.factories.accounts import person

GOOD = "richtig langes Passwort"


@pytest.fixture(scope="module")
def password_hash() -> str:
    return passwords.hash_password(GOOD)


@pytest.fixture
def amal(context, password_hash):
    return person("Amal", email="amal@example.org", password_hash=password_hash)


def _sign_in(client, email="amal@example.org", password=GOOD, **more):
    return client.post("/de/sign-in", data={"email": email, "password": password, **more})


def test_by_password(amal, client):
    assert client.get("/de/sign-in").status_code == 200
    answer = _sign_in(client, email=" AMAL@example.org ")
    assert (answer.status_code, answer.location) == (303, "/de/")
    assert "Amal" in client.get("/de/account").text


def test_letters_typed_in_another_way_are_the_same_password(context, client):
    person("Jörg", email="j@example.org", password_hash=passwords.hash_password("äöüäöüäöüäöü"))
    assert _sign_in(client, "j@example.org", "äöüäöüäöüäöü").status_code == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("amal@example.org", "falsch und lang"),
        ("nobody@example.org", GOOD),
        ("amal@example.org", ""),
        ("", ""),
        ("amal@example.org", "x" * 200_000),
        ("amal@example.org\r\n", "\x00"),
    ],
)
def test_a_wrong_pair_says_the_same_and_keeps_the_address(amal, client, email, password):
    answer = _sign_in(client, email, password)
    assert answer.status_code == 422
    if email.strip():
        assert f'value="{email.strip()}"' in answer.text
    assert client.get("/de/account").status_code == 401


def test_unknown_accounts_cost_as_much_work(amal, client, monkeypatch, strong_hasher):
    worked: list[str] = []
    verify = PasswordHasher.verify

    def count(self, password_hash, password):
        worked.append(password_hash)
        return verify(self, password_hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", count)
    _sign_in(client, "nobody@example.org")
    _sign_in(client, "amal@example.org", "falsch und lang")
    assert len(worked) == 2
    real = strong_hasher.hash(GOOD)
    assert not PasswordHasher().check_needs_rehash(real), "as strong as Argon2's authors advise"
    assert not strong_hasher.check_needs_rehash(passwords.NOBODYS), "as strong as a real one"


def test_an_account_without_password_is_entered_by_none(context, client):
    person("Amal", email="amal@example.org")
    assert _sign_in(client).status_code == 422


def test_guessing_is_slowed_down(amal, client):
    codes = [_sign_in(client, password=f"falsch geraten {n}").status_code for n in range(11)]
    assert codes == [422] * 10 + [429]
    assert _sign_in(client).status_code == 429
    clock.tick(timedelta(minutes=10, seconds=1))
    assert _sign_in(client).status_code == 303


@pytest.mark.parametrize(
    ("next", "target"),
    [
        ("/de/plan?q=a%20b", "/de/plan?q=a%20b"),
        ("//evil.example", "/de/"),
        ("/\\evil.example", "/de/"),
        ("\\\\evil.example", "/de/"),
        ("/\t/evil.example", "/de/"),
        ("/\n/evil.example", "/de/"),
        ("https://evil.example", "/de/"),
        ("javascript:alert(1)", "/de/"),
        ("/de/plan\r\nSet-Cookie: a=b", "/de/"),
        ("/de/sign-out", "/de/"),
        ("/" + "x" * 3000, "/de/"),
    ],
)
def test_next_leads_to_our_own_pages_only(amal, client, next, target):
    shown = client.get("/de/sign-in", query_string={"next": next}).text
    assert "evil" not in re.findall(r'name="next"[^>]*', shown)[0]
    assert _sign_in(client, next=next).location == target


def test_a_suspended_person_is_told_until_when(amal, client, sign_in):
    inside = sign_in(amal)
    with transaction(of=amal):
        amal.suspended_until = clock.now() + timedelta(days=3)
    answer = _sign_in(client)
    assert answer.status_code == 403
    assert "4. März 2027" in answer.text
    assert inside.get("/de/account").status_code == 401
    assert "März" not in _sign_in(client, password="falsch und lang").text
    clock.tick(timedelta(days=3))
    assert _sign_in(client).status_code == 303


def test_staying_signed_in_is_a_choice(amal, client, app):
    assert "Expires" not in _sign_in(client).headers["Set-Cookie"]
    assert "Expires" in _sign_in(app.test_client(), stay="y").headers["Set-Cookie"]


def test_by_link(amal, client, mails):
    answer = client.post("/ar/sign-in/link", data={"email": "amal@example.org", "next": "/ar/plan"})
    assert answer.status_code == 303
    path = mails.to("amal@example.org").path
    assert "Amal" in client.get(path).text
    assert client.get("/de/account").status_code == 401
    assert client.post(path).location == "/ar/plan"
    assert client.get("/de/account").status_code == 200
    assert client.post(path).status_code == 410


def test_asking_for_a_link_says_nothing_about_the_address(amal, client, mails):
    known = client.post("/de/sign-in/link", data={"email": "amal@example.org"})
    unknown = client.post("/de/sign-in/link", data={"email": "nobody@example.org"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert [mail.to for mail in mails.all()] == ["amal@example.org"]


def test_asking_with_no_address_comes_back(client):
    answer = client.post("/de/sign-in/link", data={"email": "amal at example"})
    assert answer.status_code == 422
    assert "amal at example" in answer.text


def test_signing_out_ends_the_session_also_for_a_copied_cookie(amal, sign_in, app):
    client = sign_in(amal)
    copied = app.test_client()
    with client.session_transaction() as cookie, copied.session_transaction() as copy:
        copy.update(cookie)
    assert copied.get("/de/account").status_code == 200
    assert client.get("/de/sign-out").status_code == 405
    assert client.post("/de/sign-out").status_code == 303
    assert client.get("/de/account").status_code == 401
    assert copied.get("/de/account").status_code == 401
    assert client.post("/de/sign-out").status_code == 303


def test_text_typed_while_the_sign_in_ran_out_survives(amal, sign_in):
    client = sign_in(amal)
    with transaction():
        db.session.execute(update(Session).values(ended_at=clock.now()))
    typed = "Ein <b>langer</b> Name, gut überlegt"
    answer = client.post("/de/account/name", data={"name": typed})
    assert answer.status_code == 401
    packed = re.findall(r'name="kept" value="([^"]+)"', answer.text)[0]
    answer = client.post("/de/sign-in", data={"kept": packed})
    assert answer.status_code == 200
    assert f'value="{packed}"' in answer.text
    wrong = _sign_in(client, password="falsch und lang", kept=packed)
    assert f'value="{packed}"' in wrong.text
    answer = _sign_in(client, kept=packed)
    assert answer.status_code == 200
    assert 'action="/de/account/name"' in answer.text
    assert unescape(re.findall(r'name="name" value="([^"]+)"', answer.text)[0]) == typed
    assert client.post("/de/account/name", data={"name": "Amal zwei"}).status_code == 303


def test_the_text_waits_while_the_link_comes_by_mail(amal, client, mails):
    answer = client.post("/de/account/name", data={"name": "Ein neuer Name"})
    packed = re.findall(r'name="kept" value="([^"]+)"', answer.text)[0]
    answer = client.post("/de/sign-in/link", data={"email": "amal@example.org", "kept": packed})
    assert answer.status_code == 200
    assert f'value="{packed}"' in answer.text
    client.post(mails.to("amal@example.org").path)
    answer = client.post("/de/sign-in", data={"kept": packed})
    assert 'value="Ein neuer Name"' in answer.text


@pytest.mark.parametrize("packed", ["", "x", "eyJwYXRoIjoiaHR0cHM6Ly9ldmlsIn0.aaa.bbb", "\x00"])
def test_a_forged_kept_form_is_ignored(amal, client, packed):
    assert _sign_in(client, kept=packed).status_code == 303


def test_reading_writes_nothing_but_doing_keeps_the_sign_in_alive(amal, sign_in, queries):
    client = sign_in(amal)
    clock.tick(timedelta(days=20))
    queries.clear()
    client.get("/de/account")
    assert not [statement for statement in queries if not statement.startswith("SELECT")]
    client.post("/de/account/language", data={"language": "ar"})
    clock.tick(timedelta(days=20))
    assert client.get("/de/account").status_code == 200


def test_the_header_offers_to_sign_in_and_come_back(client):
    assert "/de/sign-in?next=/de/sign-up" in client.get("/de/sign-up").text
