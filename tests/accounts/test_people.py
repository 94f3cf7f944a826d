"""Operators find people and give and end roles."""

import pytest

from app.accounts import queries as people_queries
from app.accounts.models import Person, RoleName
from app.core import clock
from app.core.db import db
from app.core.transactions import transaction
from tests.factories.accounts import person


@pytest.fixture
def olga(context):
    return person("Olga", roles=(RoleName.OPERATOR,))


def _holds(of: Person) -> list[RoleName]:
    db.session.rollback()
    return people_queries.roles_of_people([of.id]).get(of.id, [])


def test_only_operators(context, olga, client, sign_in):
    amal = person("Amal")
    registrar = sign_in(person("Rita", roles=(RoleName.REGISTRY,)))
    for path in ("/de/operator/people", f"/de/operator/people/{amal.id}"):
        assert client.get(path).status_code == 401
        assert registrar.get(path).status_code == 403
    for path in ("roles", "roles/end"):
        address = f"/de/operator/people/{amal.id}/{path}"
        assert client.post(address, data={"role": "operator"}).status_code == 401
        assert registrar.post(address, data={"role": "operator"}).status_code == 403
    assert _holds(amal) == []
    assert "/de/operator/people" not in registrar.get("/de/account").text
    assert "/de/operator/people" in sign_in(olga).get("/de/account").text


def test_give_and_end_a_role(olga, sign_in):
    amal, client = person("Amal"), sign_in(olga)
    address = f"/de/operator/people/{amal.id}"
    for _ in range(2):
        assert client.post(f"{address}/roles", data={"role": "registry"}).status_code == 303
    assert _holds(amal) == [RoleName.REGISTRY]
    assert 'class="badge badge--info">' in client.get("/de/operator/people?q=Amal").text
    assert client.post(f"{address}/roles/end", data={"role": "registry"}).status_code == 303
    assert client.post(f"{address}/roles/end", data={"role": "registry"}).status_code == 303
    assert _holds(amal) == []


@pytest.mark.parametrize("role", ["", "moderator", "operator'--", "\x00"])
def test_there_are_no_other_roles(olga, sign_in, role):
    amal = person("Amal")
    address = f"/de/operator/people/{amal.id}/roles"
    assert sign_in(olga).post(address, data={"role": role}).status_code == 422
    assert _holds(amal) == []


def test_the_last_operator_cannot_be_removed(olga, sign_in):
    client = sign_in(olga)
    address = f"/de/operator/people/{olga.id}/roles/end"
    assert client.post(address, data={"role": "operator"}).status_code == 409
    other = person("Otto", roles=(RoleName.OPERATOR,))
    assert client.post(address, data={"role": "operator"}).status_code == 303
    assert _holds(olga) == []
    assert _holds(other) == [RoleName.OPERATOR]
    assert client.get("/de/operator/people").status_code == 403


def test_no_role_for_who_cannot_be_reached(olga, sign_in):
    client = sign_in(olga)
    waiting = person("Amal", email_confirmed_at=None)
    gone = person("", email=None, email_confirmed_at=None, deleted_at=clock.now())
    for whose in (waiting, gone):
        address = f"/de/operator/people/{whose.id}/roles"
        assert client.post(address, data={"role": "registry"}).status_code == 403
        shown = client.get(f"/de/operator/people/{whose.id}")
        assert shown.status_code == 200
        assert f"<title>{whose.display_name or 'Gelöschtes Konto'} " in shown.text
    assert client.get("/de/operator/people/999").status_code == 404


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Jörg", True),
        ("jorg", True),
        ("joerg@EXAMPLE", True),
        ("%", False),
        ("' OR 1=1 --", False),
        ("\x00\ud800", None),
        ("x" * 50_000, False),
    ],
)
def test_finding_people(olga, sign_in, words, found):
    person(
        "Jörg Müller",
        email="joerg@example.org",
        name_skeleton=people_queries.name_key("Jörg Müller"),
    )
    answer = sign_in(olga).get(
        "/de/operator/people", query_string={"q": words.encode(errors="surrogatepass")}
    )
    assert answer.status_code == 200
    if found is not None:
        assert ("Jörg Müller" in answer.text) is found


def test_page_by_page_at_the_same_cost(olga, sign_in, queries):
    client = sign_in(olga)
    for number in range(9):
        person(f"Nummer {number}")

    def cost(path: str) -> int:
        queries.clear()
        assert client.get(path).status_code == 200
        return len(queries)

    few = cost("/de/operator/people")
    with transaction() as session:
        session.add_all(
            Person(
                email=f"viele{n}@example.org",
                display_name=f"Viele {n}",
                name_skeleton=f"viele{n}",
                created_at=clock.now(),
            )
            for n in range(1000)
        )
    assert cost("/de/operator/people") == few <= 8
    first = client.get("/de/operator/people").text
    assert first.count('class="card card--list"') == 20
    assert "after=" in first
    last = people_queries.people(after=str(olga.id))
    assert (last.people, last.next) == ([], None)
    for nonsense in ("x", "-1", "9" * 400, "١٢"):
        answer = client.get("/de/operator/people", query_string={"after": nonsense})
        assert answer.status_code == 200
