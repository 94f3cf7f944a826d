"""The registry looks at organisations: verified, refused with a reason, dissolved."""

import pytest

from app.accounts.models import RoleName
from app.core.db import db
from app.core.policy import grants_of
from app.organisations import queries
from app.organisations.models import MandateRole, Organisation
from app.organisations.states import OrganisationState
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation


@pytest.fixture
def waiting(context):
    return organisation(
        "Wartender Verein", state=OrganisationState.REGISTERED, representative=person("Amal")
    )


@pytest.fixture
def registrar(context):
    return person("Registry", roles=(RoleName.REGISTRY,))


def _state(of: Organisation) -> OrganisationState:
    db.session.rollback()
    found = queries.get(of.id)
    assert found is not None
    return found.state


def test_the_list_is_for_the_registry_and_operators(waiting, registrar, sign_in, client):
    organisation("Zweiter", state=OrganisationState.REGISTERED)
    assert client.get("/de/registry").status_code == 401
    assert sign_in(person()).get("/de/registry").status_code == 403
    for who in (registrar, person(roles=(RoleName.OPERATOR,))):
        page = sign_in(who).get("/de/registry")
        assert page.status_code == 200
        assert page.text.index("Wartender Verein") < page.text.index("Zweiter")
    assert "Wartender" not in sign_in(registrar).get("/de/registry?state=refused").text
    assert sign_in(registrar).get("/de/registry?state=nonsense&after=x").status_code == 200


def test_verified_and_told(waiting, registrar, sign_in, client):
    path = f"/de/organisations/{waiting.id}"
    assert client.get(path).status_code == 404
    browser = sign_in(registrar)
    assert f"{path}/verify" in browser.get(path).text
    assert browser.post(f"{path}/verify").status_code == 303
    assert _state(waiting) is OrganisationState.VERIFIED
    assert client.get(path).status_code == 200
    assert browser.post(f"{path}/verify").status_code == 403
    amal = queries.representatives(waiting.id)[0]
    assert "Wartender Verein" in sign_in(amal).get("/de/inbox").text


def test_refused_with_a_reason_and_asked_again(waiting, registrar, sign_in, client):
    path = f"/de/organisations/{waiting.id}"
    browser, amal = sign_in(registrar), queries.representatives(waiting.id)[0]
    assert browser.get(f"{path}/refuse").status_code == 200
    assert browser.post(f"{path}/refuse", data={"reason": "  "}).status_code == 422
    assert _state(waiting) is OrganisationState.REGISTERED
    reason = {"reason": "Bitte die <b>Satzung</b> nennen."}
    assert browser.post(f"{path}/refuse", data=reason).status_code == 303
    mine = sign_in(amal)
    page = mine.get(path)
    assert "Bitte die &lt;b&gt;Satzung" in page.text
    assert "Wartender Verein" in mine.get("/de/inbox").text
    assert client.get(path).status_code == 404
    assert sign_in(person()).post(f"{path}/ask-again").status_code == 404
    assert mine.post(f"{path}/ask-again").status_code == 303
    assert _state(waiting) is OrganisationState.REGISTERED
    assert mine.post(f"{path}/ask-again").status_code == 403
    assert browser.post(f"{path}/verify").status_code == 303


def test_nobody_verifies_their_own(waiting, registrar, sign_in):
    mandate(registrar, waiting, MandateRole.MEMBER)
    assert sign_in(registrar).post(f"/de/organisations/{waiting.id}/verify").status_code == 403
    assert _state(waiting) is OrganisationState.REGISTERED


def test_dissolved_ones_remain_to_be_read(place, sign_in, client):
    path = f"/de/organisations/{place.verein.id}"
    assert sign_in(place.representative).post(f"{path}/dissolve").status_code == 403
    browser = sign_in(place.registry)
    assert browser.post(f"{path}/dissolve", data={"reason": ""}).status_code == 422
    done = browser.post(f"{path}/dissolve", data={"reason": "Der Verein wurde aufgelöst."})
    assert done.status_code == 303
    page = client.get(path)
    assert page.status_code == 200
    assert "Der Verein wurde aufgelöst." in page.text
    in_english = client.get(path.replace("/de/", "/en/")).text
    assert "This organisation was dissolved on March 1, 2027." in in_english
    assert "Beispielverein" not in client.get("/de/organisations").text
    db.session.rollback()
    assert grants_of(place.representative.id) == frozenset()
    for action in ("edit", "rename", "members", "invite", "hand-over"):
        assert sign_in(place.representative).get(f"{path}/{action}").status_code == 403
