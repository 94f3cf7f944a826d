"""Nobody's letter box is filled through us, whichever form is used, and no address stays."""

from datetime import timedelta

import pytest
from sqlalchemy import LargeBinary, select

from app.core import clock, jobs
from app.core.db import Base, db
from app.core.jobs import Job
from app.core.limits import Attempt
from app.rounds.models import Procedure
from tests.comments.pages import found
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import round_

VICTIM = "victim@example.org"


@pytest.fixture
def forms(place, sign_in, client):
    """Every form that sends a mail to an address that is typed: call it with address and network.

    Those with an account are tried by somebody who has one.
    """
    asking = round_(place.dialogue, number=2, procedure=Procedure(guests_confirm=True))
    target = proposal(asking, author=place.amal, title="Sechs Tage")
    guest = f"/en/subjects/{target.id}/comments/guest"
    verein = organisation("Verein", representative=place.amal)
    amal = sign_in(place.amal)

    def post(path, browser=client, **values):
        return lambda email, network: (
            browser.post(
                path, data={"email": email, **values}, environ_base={"REMOTE_ADDR": network}
            ).status_code
        )

    def as_guest(email, network):
        ticket = found(r'name="ticket"[^>]*value="([^"]+)"', client.get(guest).text)
        clock.tick(timedelta(seconds=5))
        return post(guest, ticket=ticket, name="Amira", body="Abends bitte.")(email, network)

    return {
        "sign-up": post("/en/sign-up", name="Somebody New"),
        "sign-in link": post("/en/sign-in/link"),
        "password link": post("/en/reset-password"),
        "guest": as_guest,
        "invitation": post(f"/en/organisations/{verein.id}/invite", amal, role="member"),
    }


FORMS = ("sign-up", "sign-in link", "password link", "guest", "invitation")


@pytest.mark.parametrize("form", FORMS)
def test_one_address_from_many_networks(forms, form):
    codes = [forms[form](VICTIM, f"192.0.2.{n}") for n in range(7)]
    assert codes == [303] * 5 + [429] * 2


@pytest.mark.parametrize("form", ["sign-up", "sign-in link", "password link"])
def test_many_addresses_from_one_network(forms, form):
    codes = [forms[form](f"victim{n}@example.org", "192.0.2.1") for n in range(62)]
    assert codes == [303] * 60 + [429] * 2


def test_a_guest_is_stopped_even_earlier(forms):
    codes = [forms["guest"](f"victim{n}@example.org", "192.0.2.1") for n in range(12)]
    assert codes == [303] * 10 + [429] * 2


def test_all_forms_count_together_and_however_it_is_written(forms):
    written = (VICTIM, VICTIM.upper(), f" {VICTIM} ", VICTIM.title(), VICTIM)
    used = zip(FORMS, written, strict=True)
    assert [forms[form](email, f"192.0.2.{n}") for n, (form, email) in enumerate(used)] == [303] * 5
    assert {forms[form](VICTIM, "192.0.2.9") for form in FORMS} == {429}


def test_not_more_than_twenty_a_day(forms):
    sent = 0
    for hour in range(23):
        codes = [forms["sign-in link"](VICTIM, f"192.0.{hour}.{n}") for n in range(5)]
        sent += codes.count(303)
        clock.tick(timedelta(minutes=61))
    assert sent == 20


def test_it_says_when_to_come_back(forms, client):
    for n in range(5):
        forms["sign-in link"](VICTIM, f"192.0.2.{n}")
    answer = client.post("/en/sign-in/link", data={"email": VICTIM})
    assert answer.status_code == 429
    assert 3000 < int(answer.headers["Retry-After"]) <= 3600


def test_reports_send_no_mail_and_end_too(place, client):
    path = f"/en/subjects/{place.proposal.id}/report"
    codes = []
    for _ in range(22):
        ticket = found(r'name="ticket"[^>]*value="([^"]+)"', client.get(path).text)
        codes.append(client.post(path, data={"ticket": ticket, "rule": "insult"}).status_code)
    assert codes == [303] * 20 + [429] * 2
    assert _queued() == []


def test_following_on_and_off_sends_nothing(place, sign_in):
    amal = sign_in(place.amal)
    for _ in range(10):
        for act in ("follow", "unfollow"):
            assert amal.post(f"/en/subjects/{place.proposal.id}/{act}").status_code == 303
    assert _queued() == []


def _queued() -> list[str]:
    db.session.rollback()
    return [one.name for one in db.session.scalars(select(Job)) if "mail" in one.name]


def _holding(words: str) -> set[str]:
    """The tables in which the words stand anywhere."""
    db.session.rollback()
    tables = set()
    for table in Base.metadata.sorted_tables:
        columns = [c for c in table.columns if not isinstance(c.type, LargeBinary)]
        for row in db.session.execute(select(*columns)):
            if words in " ".join(str(value) for value in row).lower():
                tables.add(table.name)
    return tables


@pytest.fixture
def forgetting(monkeypatch) -> None:
    """Of what repeats by itself only what forgets: the rest would take most of the time."""
    every = {name: period for name, period in jobs._every.items() if "forget" in name}
    assert len(every) >= 4
    monkeypatch.setattr(jobs, "_every", every)


def _days(number: int, *, at_once: int = 1) -> None:
    for _ in range(0, number, at_once):
        clock.tick(timedelta(days=at_once))
        while jobs.run_due():
            pass


def _all_forms(forms) -> None:
    for n, form in enumerate(("sign-up", "sign-in link", "password link", "guest")):
        assert forms[form](VICTIM, f"192.0.2.{n}") == 303


def test_no_address_is_kept_longer_than_promised(forms, forgetting, monkeypatch):
    monkeypatch.setitem(jobs._work, "core.send-mail", lambda **_mail: None)
    _all_forms(forms)
    assert _holding(VICTIM) == {"jobs"}
    while jobs.run_due():
        pass
    assert _holding(VICTIM) == {"people", "mail_links"}, "a sign-up that waits to be confirmed"
    _days(16, at_once=8)
    assert _holding(VICTIM) == set()
    assert db.session.scalars(select(Attempt)).all() == [], "nor a trace of the networks"


def test_nor_where_no_mail_server_answers(forms, forgetting, monkeypatch):
    def away(**_mail: str) -> None:
        raise OSError

    monkeypatch.setitem(jobs._work, "core.send-mail", away)
    _all_forms(forms)
    _days(10)
    _days(10, at_once=10)
    assert _holding(VICTIM) == {"jobs"}, "what failed can be seen, and tried again, for 30 days"
    _days(20, at_once=20)
    assert _holding(VICTIM) == set()
