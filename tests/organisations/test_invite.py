"""Inviting by a one-time link, and accepting with the right account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.accounts.queries import digest
from app.core import clock
from app.core.db import db
from app.organisations import queries
from app.organisations.jobs import forget
from app.organisations.models import Invitation, Mandate, MandateRole
from app.organisations.states import OrganisationState
from tests.factories.accounts import person
from tests.factories.organisations import organisation

BERTA = "berta@example.org"


@pytest.fixture
def invited(place, sign_in, mails):
    """Berta is invited as deputy; the path of her link."""
    answer = sign_in(place.representative).post(
        f"/de/organisations/{place.verein.id}/invite",
        data={"email": "Berta@Example.org", "role": "deputy"},
    )
    assert answer.status_code == 303
    return mails.to(BERTA).path


def _only() -> Invitation:
    db.session.rollback()
    return db.session.scalars(select(Invitation)).one()


def test_the_link_is_in_the_mail_and_only_its_digest_is_kept(place, invited, mails):
    kept = _only()
    assert kept.token_hash == digest(invited.rpartition("/")[2])
    assert kept.expires_at == clock.now() + timedelta(days=14)
    mail = mails.to(BERTA)
    assert "Beispielverein" in mail.subject
    assert "Amal" in mail.text


def test_the_mail_is_in_the_language_of_the_account(place, sign_in, mails):
    person("Berta", email=BERTA, language="ar")
    sign_in(place.representative).post(
        f"/de/organisations/{place.verein.id}/invite", data={"email": BERTA, "role": "member"}
    )
    assert mails.to(BERTA).path.startswith("/ar/invitations/")


def test_accepting(place, invited, sign_in):
    berta = person("Berta", email=BERTA)
    browser = sign_in(berta)
    page = browser.get(invited)
    assert page.status_code == 200
    assert "Beispielverein" in page.text
    assert queries.mandate_of(berta.id, place.verein.id) is None
    assert browser.post(invited).status_code == 303
    db.session.rollback()
    made = queries.mandate_of(berta.id, place.verein.id)
    assert made is not None
    assert made.role is MandateRole.DEPUTY
    again = browser.get(invited.replace("/de/", "/en/"))
    assert again.status_code == 410
    assert "accepted already" in again.text
    assert browser.post(invited).status_code == 410


def test_a_stranger_is_shown_the_way_to_an_account_and_back(invited, client):
    page = client.get(invited)
    assert page.status_code == 200
    assert f"/de/sign-in?next={invited}" in page.text
    assert f"/de/sign-up?next={invited}" in page.text
    assert client.post(invited).status_code == 401


def test_only_with_that_address_and_only_confirmed(place, invited, sign_in):
    wrong = sign_in(place.stranger)
    page = wrong.get(invited.replace("/de/", "/en/")).text
    assert "another address" in page
    assert BERTA not in page
    assert wrong.post(invited).status_code == 403
    unconfirmed = person("Berta", email=BERTA, email_confirmed_at=None)
    assert sign_in(unconfirmed).post(invited).status_code == 403
    assert _only().accepted_at is None


def test_expired(invited, sign_in):
    browser = sign_in(person("Berta", email=BERTA))
    clock.tick(timedelta(days=14))
    answer = browser.post(invited.replace("/de/", "/en/"))
    assert answer.status_code == 410
    assert "too old" in answer.text


def test_withdrawn(place, invited, sign_in):
    base = f"/de/organisations/{place.verein.id}/invitations/{_only().id}"
    assert sign_in(place.deputy).post(f"{base}/withdraw").status_code == 403
    browser = sign_in(place.representative)
    assert BERTA in browser.get(f"/de/organisations/{place.verein.id}/members").text
    assert browser.post(f"{base}/withdraw").status_code == 303
    assert BERTA not in browser.get(f"/de/organisations/{place.verein.id}/members").text
    answer = sign_in(person("Berta", email=BERTA)).post(invited.replace("/de/", "/en/"))
    assert answer.status_code == 410
    assert "withdrawn" in answer.text


def test_sent_again_the_first_link_ends(place, invited, sign_in, mails):
    base = f"/de/organisations/{place.verein.id}/invitations/{_only().id}"
    clock.tick(timedelta(days=20))
    assert sign_in(place.representative).post(f"{base}/again").status_code == 303
    fresh = mails.to(BERTA).path
    assert fresh != invited
    browser = sign_in(person("Berta", email=BERTA))
    assert browser.get(invited).status_code == 410
    assert browser.post(fresh).status_code == 303


def test_invitations_of_another_organisation_are_not_there(place, invited, sign_in):
    amal = person("Other")
    other = organisation("Anderer", representative=amal)
    path = f"/de/organisations/{other.id}/invitations/{_only().id}/withdraw"
    assert sign_in(amal).post(path).status_code == 404


def test_unknown_links(context, client):
    for token in ("x", "x" * 2000, "%00", "\u202e"):
        assert client.get(f"/de/invitations/{token}").status_code == 404


def test_who_may_invite(place, sign_in, client):
    path = f"/de/organisations/{place.verein.id}/invite"
    data = {"email": BERTA, "role": "member"}
    assert client.post(path, data=data).status_code == 401
    for who in (place.stranger, place.deputy, place.editor, place.member, place.operator):
        assert sign_in(who).post(path, data=data).status_code == 403
    new = organisation("Neu", state=OrganisationState.REGISTERED, representative=place.stranger)
    answer = sign_in(place.stranger).post(f"/de/organisations/{new.id}/invite", data=data)
    assert answer.status_code == 403


@pytest.mark.parametrize("bad", [{"email": "x"}, {"role": "king"}, {"role": ""}])
def test_bad_input_comes_back(place, sign_in, bad):
    answer = sign_in(place.representative).post(
        f"/de/organisations/{place.verein.id}/invite",
        data={"email": BERTA, "role": "member", **bad},
    )
    assert answer.status_code == 422


def test_members_are_not_invited(place, sign_in):
    answer = sign_in(place.representative).post(
        f"/en/organisations/{place.verein.id}/invite",
        data={"email": place.member.email, "role": "deputy"},
    )
    assert answer.status_code == 422
    assert place.member.email in answer.text


def test_nobody_is_flooded(place, sign_in):
    browser = sign_in(place.representative)
    path, data = f"/de/organisations/{place.verein.id}/invite", {"email": BERTA, "role": "member"}
    answers = [browser.post(path, data=data).status_code for _n in range(6)]
    assert answers == [303] * 5 + [429]
    db.session.rollback()
    assert len(queries.open_invitations(place.verein.id)) == 1


@pytest.mark.both
def test_fifty_at_once_are_one(app, place, invited, sign_in):
    berta = person("Berta", email=BERTA)
    browsers = [sign_in(berta) for _n in range(50)]
    start = Barrier(50)

    def accept(browser) -> int:
        start.wait()
        return browser.post(invited).status_code

    with ThreadPoolExecutor(50) as pool:
        assert sorted(pool.map(accept, browsers)) == [303] + [410] * 49
    db.session.rollback()
    mine = select(func.count()).where(Mandate.person_id == berta.id)
    assert db.session.scalar(mine) == 1


def test_old_ones_are_forgotten(place, invited):
    clock.tick(timedelta(days=105))
    forget()
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_from_a_day_to_a_day(place, sign_in, mails):
    first, last = clock.today() + timedelta(days=3), clock.today() + timedelta(days=9)
    path = f"/en/organisations/{place.verein.id}"
    browser, berta = sign_in(place.representative), person("Berta", email=BERTA)
    days = {"email": BERTA, "role": "deputy", "starts_on": str(last), "ends_on": str(first)}
    assert browser.post(f"{path}/invite", data=days).status_code == 422
    days |= {"starts_on": str(first), "ends_on": str(last)}
    assert browser.post(f"{path}/invite", data=days).status_code == 303
    assert "from March 4, 2027 to March 10, 2027" in browser.get(f"{path}/members").text
    link = mails.to(BERTA).path
    new = sign_in(berta)
    assert "First day" in new.get(link.replace("/de/", "/en/")).text
    assert new.post(link).status_code == 303
    assert browser.post(f"{path}/invite", data=days).status_code == 422, "belongs already"
    assert "Berta" in browser.get(f"{path}/members").text
    assert new.get(f"{path}/members").status_code == 403
    given = db.session.scalars(select(Mandate).where(Mandate.person_id == berta.id)).one()
    assert (given.starts_on, given.ends_on) == (first, last)
    clock.tick(timedelta(days=3))
    assert sign_in(berta).get(f"{path}/members").status_code == 200
    clock.tick(timedelta(days=7))
    assert sign_in(berta).get(f"{path}/members").status_code == 403
