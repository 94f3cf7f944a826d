"""Members: who is there, other roles, leaving, handing over; what an ex-member can no longer do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from app.accounts.commands import passwords
from app.accounts.models import Person
from app.core import clock
from app.core.db import db
from app.organisations import queries
from app.organisations.models import Mandate, MandateRole
from app.organisations.states import OrganisationState
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation, unit

GOOD = "richtig langes Passwort"


def _mandate(of: Person, where) -> Mandate | None:
    db.session.rollback()
    return queries.mandate_of(of.id, where.id)


def _role(of: Person, where) -> MandateRole | None:
    found = _mandate(of, where)
    return found.role if found is not None else None


def test_members_only(place, sign_in, client):
    path = f"/en/organisations/{place.verein.id}/members"
    assert client.get(path).status_code == 401
    assert sign_in(place.stranger).get(path).status_code == 403
    assert sign_in(place.operator).get(path).status_code == 403
    page = sign_in(place.member).get(path)
    assert page.status_code == 200
    assert "Deputy" in page.text
    assert "Open invitations" not in page.text
    assert "Open invitations" in sign_in(place.representative).get(path).text


def test_leaving(place, sign_in):
    made = place.mandates[MandateRole.MEMBER]
    browser = sign_in(place.member)
    assert browser.get(f"/de/mandates/{made.id}/end").status_code == 200
    assert _role(place.member, place.verein) is MandateRole.MEMBER
    assert browser.post(f"/de/mandates/{made.id}/end").status_code == 303
    assert _role(place.member, place.verein) is None
    assert browser.get(f"/de/organisations/{place.verein.id}/members").status_code == 403
    assert browser.post(f"/de/mandates/{made.id}/end").status_code == 403


def test_representatives_end_the_mandates_of_others(place, sign_in):
    made = place.mandates[MandateRole.EDITOR]
    for who in (place.stranger, place.member, place.deputy):
        assert sign_in(who).post(f"/de/mandates/{made.id}/end").status_code == 403
    editor = sign_in(place.editor)
    edit = f"/de/organisations/{place.verein.id}/edit"
    assert editor.get(edit).status_code == 200
    answer = sign_in(place.representative).post(f"/de/mandates/{made.id}/end")
    assert answer.status_code == 303
    assert editor.get(edit).status_code == 403
    assert editor.post(edit, data={"speaking_as": str(place.verein.id)}).status_code == 403


def test_a_representative_of_another_organisation_cannot(place, sign_in):
    other = person("Other")
    organisation("Anderer", representative=other)
    made = place.mandates[MandateRole.EDITOR]
    for action in ("end", "change"):
        assert sign_in(other).post(f"/de/mandates/{made.id}/{action}").status_code == 403


def test_the_last_representative_stays(place, sign_in):
    browser = sign_in(place.representative)
    own = _mandate(place.representative, place.verein)
    assert own is not None
    answer = browser.post(f"/en/mandates/{own.id}/end")
    assert answer.status_code == 409
    assert "last representative" in answer.text
    change = f"/en/mandates/{own.id}/change"
    assert browser.post(change, data={"role": "member"}).status_code == 409
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = browser.post(change, data={"role": "representative", "until": tomorrow})
    assert answer.status_code == 409
    assert _role(place.representative, place.verein) is MandateRole.REPRESENTATIVE


def test_another_role_and_a_last_day(place, sign_in):
    browser = sign_in(place.representative)
    made = place.mandates[MandateRole.MEMBER]
    path = f"/de/mandates/{made.id}/change"
    assert browser.get(path).status_code == 200
    assert sign_in(place.deputy).post(path, data={"role": "deputy"}).status_code == 403
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    bad = browser.post(path, data={"role": "deputy", "until": yesterday})
    assert bad.status_code == 422
    assert yesterday in bad.text
    assert browser.post(path, data={"role": "deputy", "until": "32.13."}).status_code == 422
    assert browser.post(path, data={"role": "king"}).status_code == 422
    until = clock.today() + timedelta(days=1)
    done = browser.post(path, data={"role": "deputy", "until": until.isoformat()})
    assert done.status_code == 303
    found = _mandate(place.member, place.verein)
    assert found is not None
    assert (found.role, found.ends_on) == (MandateRole.DEPUTY, until)
    clock.tick(timedelta(days=2))
    assert _mandate(place.member, place.verein) is None


def test_handing_over(place, sign_in):
    browser = sign_in(place.representative)
    path = f"/de/organisations/{place.verein.id}/hand-over"
    successor = place.mandates[MandateRole.DEPUTY]
    assert browser.get(path).status_code == 200
    assert browser.post(path, data={"successor": "999999"}).status_code == 422
    assert browser.post(path).status_code == 422
    assert sign_in(place.deputy).post(path, data={"successor": successor.id}).status_code == 403
    assert browser.post(path, data={"successor": successor.id}).status_code == 303
    assert _role(place.deputy, place.verein) is MandateRole.REPRESENTATIVE
    assert _role(place.representative, place.verein) is MandateRole.MEMBER


def test_nobody_to_hand_over_to(context, sign_in):
    amal = person("Amal")
    house = organisation("Haus", representative=amal)
    page = sign_in(amal).get(f"/en/organisations/{house.id}/hand-over")
    assert "only member" in page.text


@pytest.mark.both
def test_two_representatives_leave_at_once(place, sign_in):
    second = person("Second")
    ids = [mandate(second, place.verein).id]
    first = _mandate(place.representative, place.verein)
    assert first is not None
    ids.append(first.id)
    pairs = list(zip([sign_in(second), sign_in(place.representative)], ids, strict=True))
    start = Barrier(2)

    def leave(pair) -> int:
        browser, id = pair
        start.wait()
        return browser.post(f"/de/mandates/{id}/end").status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, pairs)) == [303, 409]
    db.session.rollback()
    assert queries.has_lasting_representative(place.verein.id, without=0)


def _delete(browser) -> int:
    return browser.post("/en/account/delete", data={"password": GOOD}).status_code


@pytest.mark.both
def test_deleting_the_account_ends_the_mandates(context, sign_in):
    secret = passwords.hash_password(GOOD)
    amal, berta = person("Amal", password_hash=secret), person("Berta")
    house, new = (
        organisation("Haus", representative=amal),
        organisation("Neu", state=OrganisationState.REGISTERED, representative=amal),
    )
    office = unit("Amt", amal)
    browser = sign_in(amal)
    refused = browser.post("/en/account/delete", data={"password": GOOD})
    assert refused.status_code == 409
    assert "last representative of Haus" in refused.text
    mandate(berta, house)
    assert _delete(browser) == 303
    assert _role(amal, house) is None
    assert _role(amal, new) is None
    assert queries.unit_people(office.id) == []
    assert _role(berta, house) is MandateRole.REPRESENTATIVE
