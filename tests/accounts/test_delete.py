"""Deleting an account: asked for, proved, and then there is no name and no address left."""

import pytest
from sqlalchemy import select

from app.accounts.commands import passwords
from app.accounts.events import AccountDeleted
from app.accounts.models import MailLink, Person, Role, RoleName
from app.core import clock, events
from app.core.db import db
from app.core.errors import Conflict
from tests.factories.accounts import person

GOOD = "richtig langes Passwort"


@pytest.fixture(scope="module")
def password_hash() -> str:
    return passwords.hash_password(GOOD)


def _assert_empty(of: Person) -> None:
    db.session.rollback()
    db.session.refresh(of)
    assert of.deleted_at == clock.now()
    assert (of.email, of.password_hash, of.name_skeleton, of.display_name) == (None, None, None, "")


def test_by_password(context, sign_in, password_hash, mails):
    amal = person("Amal", email="amal@example.org", password_hash=password_hash)
    client, other = sign_in(amal), sign_in(amal)
    assert client.get("/de/account/delete").status_code == 200
    assert client.post("/de/account/delete", data={"password": "nein nein"}).status_code == 422
    assert client.post("/de/account/delete", data={"password": GOOD}).status_code == 303
    _assert_empty(amal)
    assert client.get("/de/account").status_code == 401
    assert other.get("/de/account").status_code == 401
    assert mails.to("amal@example.org")
    answer = client.post("/de/sign-in", data={"email": "amal@example.org", "password": GOOD})
    assert answer.status_code == 422


def test_by_link_without_a_password(context, sign_in, mails):
    amal = person("Amal", email="amal@example.org")
    client = sign_in(amal)
    assert client.post("/de/account/delete", data={"password": ""}).status_code == 422
    assert client.post("/de/account/link", data={"purpose": "delete"}).status_code == 303
    path = mails.to("amal@example.org").path
    assert "Amal" in client.get(path).text
    assert client.get("/de/account").status_code == 200
    assert client.post(path).status_code == 303
    _assert_empty(amal)
    assert client.post(path).status_code == 410


def test_roles_and_open_links_end(context, sign_in, password_hash, mails, client):
    person("Olga", roles=(RoleName.OPERATOR,))
    amal = person(
        "Amal",
        email="amal@example.org",
        password_hash=password_hash,
        roles=(RoleName.OPERATOR, RoleName.REGISTRY),
    )
    client.post("/de/sign-in/link", data={"email": "amal@example.org"})
    path = mails.to("amal@example.org").path
    sign_in(amal).post("/de/account/delete", data={"password": GOOD})
    db.session.rollback()
    mine = select(Role.ended_at).where(Role.person_id == amal.id)
    assert list(db.session.scalars(mine)) == [clock.now()] * 2
    assert list(db.session.scalars(select(MailLink.used_at))) == [clock.now()]
    assert client.post(path).status_code == 410


def test_the_last_operator_stays(context, sign_in, password_hash):
    amal = person("Amal", roles=(RoleName.OPERATOR,), password_hash=password_hash)
    client = sign_in(amal)
    answer = client.post("/de/account/delete", data={"password": GOOD})
    assert answer.status_code == 409
    assert client.get("/de/account").status_code == 200


def test_another_feature_may_refuse(context, sign_in, password_hash, monkeypatch):
    heard: list[int] = []

    def refuse(event: AccountDeleted) -> None:
        heard.append(event.person_id)
        raise Conflict

    monkeypatch.setitem(events._handlers, AccountDeleted, [refuse])
    amal = person("Amal", password_hash=password_hash)
    client = sign_in(amal)
    assert client.post("/de/account/delete", data={"password": GOOD}).status_code == 409
    assert heard == [amal.id]
    assert client.get("/de/account").status_code == 200
