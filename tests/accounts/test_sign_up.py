"""Signing up: the address proves itself, then name and password; strangers learn nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts import jobs, queries
from app.accounts.models import MailLink, Person, Session
from app.core import clock
from app.core.db import db
from tests.factories.accounts import person

GOOD = "richtig langes Passwort"


def _sign_up(client, email="amal@example.org", name="Amal aus Linden", lang="de", **more):
    return client.post(f"/{lang}/sign-up", data={"email": email, "name": name, **more})


def _account(email: str = "amal@example.org") -> Person:
    db.session.rollback()
    found = queries.by_email(email)
    assert found is not None
    return found


def _people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def test_two_steps_and_the_person_is_signed_in(context, client, mails):
    answer = _sign_up(client, next="/de/plan")
    assert (answer.status_code, answer.location) == (303, "/de/sign-in/sent")
    assert "Mail" in client.get(answer.location).text
    mail = mails.to("amal@example.org")
    assert client.get(mail.path).status_code == 200
    db.session.rollback()
    assert db.session.scalars(select(MailLink)).one().used_at is None, "GET changes nothing"
    answer = client.post(mail.path, data={"name": "Amal aus Linden", "password": GOOD})
    assert (answer.status_code, answer.location) == (303, "/de/plan")
    assert "Amal aus Linden" in client.get("/de/account").text
    made = _account("AMAL@example.org")
    assert made.email_confirmed_at == clock.now()
    assert made.password_hash is not None
    assert GOOD not in made.password_hash


def test_a_link_works_once(context, client, app, mails):
    _sign_up(client)
    path = mails.to("amal@example.org").path
    client.post(path, data={"name": "Amal", "password": GOOD})
    other = app.test_client()
    assert other.get(path).status_code == 410
    assert other.post(path, data={"name": "Eve", "password": GOOD}).status_code == 410


def test_a_link_ends_after_a_while(context, client, mails):
    _sign_up(client)
    path = mails.to("amal@example.org").path
    clock.tick(timedelta(minutes=61))
    assert client.post(path, data={"name": "Amal", "password": GOOD}).status_code == 410
    assert db.session.scalar(select(func.count()).select_from(Session)) == 0


def test_a_link_is_good_for_its_purpose_only(context, client, mails):
    _sign_up(client)
    token = mails.to("amal@example.org").path.rpartition("/")[2]
    for path in ("sign-in/link", "reset-password", "account/address", "account/delete"):
        assert client.post(f"/de/{path}/{token}", data={"password": GOOD}).status_code == 410


def test_a_known_address_gets_the_same_answer_and_a_mail(context, client, mails):
    person("Berta", email="amal@example.org")
    answer = _sign_up(client, email="Amal@Example.org")
    assert (answer.status_code, answer.location) == (303, "/de/sign-in/sent")
    assert "sign-up/confirm" not in mails.to("amal@example.org").text
    assert _people() == 1
    # Nor does the name tell: it is reserved by no sign-up before it is confirmed.
    assert _sign_up(client).status_code == 303
    assert _sign_up(client, email="new@example.org").status_code == 303


def test_only_who_reads_the_mail_chooses_the_password(context, client, app, mails):
    """Somebody who signs up with a foreign address first has nothing of it."""
    _sign_up(client, name="Eve")
    first = mails.to("amal@example.org").path
    _sign_up(app.test_client(), name="Amal")
    second = mails.to("amal@example.org").path
    assert client.get(first).status_code == 410, "only the last mail works"
    assert client.post(second, data={"name": "Amal", "password": GOOD}).status_code == 303
    assert _people() == 1


@pytest.mark.parametrize(("lang", "word"), [("de", "Adresse"), ("ar", "عنوان"), ("en", "address")])
def test_the_mail_speaks_the_language_of_the_page(context, client, mails, lang, word):
    _sign_up(client, lang=lang)
    mail = mails.to("amal@example.org")
    assert word in mail.subject
    assert f"/{lang}/sign-up/confirm/" in mail.path
    assert "Amal" not in mail.text, "a stranger's words are not sent to others"


@pytest.mark.parametrize(
    "name",
    ["Klaus Beispiel", "KLAUS BEISPIEL", "K1aus Beispiel", "Кlaus Bеispiel", "Klaus.Beispiel"],
)
def test_a_name_that_looks_like_another_is_refused(context, client, name):
    person("Klaus Beispiel", name_skeleton=queries.name_key("Klaus Beispiel"))
    answer = _sign_up(client, name=name)
    assert answer.status_code == 422
    assert "amal@example.org" in answer.text


@pytest.mark.parametrize(
    "name", ["", "   ", "\u202eevil", "A\u200bmal", "Amal ✔", "x" * 81, "Moderation", "PLANDlALOG"]
)
def test_names_that_pretend_are_refused_or_cleaned(context, client, mails, name):
    answer = _sign_up(client, name=name)
    if answer.status_code == 303:  # invisible characters go silently
        path = mails.to("amal@example.org").path
        assert client.post(path, data={"name": name, "password": GOOD}).status_code == 303
        assert _account().display_name in ("evil", "Amal")
    else:
        assert answer.status_code == 422
        assert "amal@example.org" in answer.text


@pytest.mark.parametrize(
    "email",
    [
        "nobody",
        "a@b@c.org",
        "amal@example.org\r\nBcc: all@example.org",
        "amal@example.org, eve@example.org",
        "x" * 300 + "@example.org",
        "x" * 200_000,
    ],
)
def test_addresses_that_are_none_come_back(context, client, email):
    answer = _sign_up(client, email=email, name="Amal aus Linden")
    assert answer.status_code == 422
    assert "Amal aus Linden" in answer.text


def test_nul_and_lone_surrogates(context, client, mails):
    _sign_up(client, email="am\x00al@example.org", name="Am\x00al")
    body = b"email=eve%40example.org&name=E%ED%A0%80ve"
    answer = client.post("/de/sign-up", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (303, 422)
    assert mails.to("amal@example.org")


def test_a_megabyte_is_too_much(context, client):
    assert _sign_up(client, name="x" * 1_000_000).status_code == 413


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaaaa", "x1" * 400])
def test_a_password_that_is_none_is_asked_again(context, client, mails, password):
    _sign_up(client)
    path = mails.to("amal@example.org").path
    answer = client.post(path, data={"name": "Amal", "password": password})
    assert answer.status_code == 422
    assert 'value="Amal"' in answer.text
    assert client.post(path, data={"name": "Amal", "password": GOOD}).status_code == 303


def test_a_name_taken_between_the_steps_is_asked_again(context, client, mails):
    _sign_up(client, name="Klaus")
    path = mails.to("amal@example.org").path
    person("Klaus", name_skeleton=queries.name_key("Klaus"))
    answer = client.post(path, data={"name": "Klaus", "password": GOOD})
    assert answer.status_code == 422
    assert client.post(path, data={"name": "Klaus B.", "password": GOOD}).status_code == 303


def test_one_letter_box_is_not_flooded(context, client, mails):
    codes = [_sign_up(client).status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]


def test_unconfirmed_sign_ups_are_forgotten(context, client, mails):
    person("Berta")
    _sign_up(client)
    assert mails.to("amal@example.org")
    clock.tick(timedelta(days=9))
    jobs.forget()
    assert _people() == 1
    assert queries.by_email("amal@example.org") is None
