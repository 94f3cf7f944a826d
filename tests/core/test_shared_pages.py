"""Pages kept for many readers: never stale, nothing personal in them."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from app.accounts.models import Person
from app.core import clock, freshness
from app.core.db import db
from app.core.states import Visibility
from app.core.transactions import transaction
from app.core.web.shared import Page, Shelf
from app.organisations.models import MandateRole
from app.proposals.models import Proposal
from app.rounds.states import Activity, RoundState
from tests.factories.accounts import person
from tests.factories.organisations import mandate, organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_

pytestmark = pytest.mark.both


@pytest.fixture
def place(context):
    """A round in which organisations propose, with one proposal; its list's address."""
    moderator, rosa = person("Moderator"), person("Rosa")
    hall = dialogue(moderator=moderator)
    one = round_(hall)
    verein = organisation("Beispielverein", representative=rosa)
    accredit(hall.id, verein)
    found = proposal(one, title="The first", organisation=verein, author=rosa)

    return SimpleNamespace(
        list=f"/en/rounds/{one.id}/proposals",
        page=f"/en/proposals/{found.id}",
        offer=f'href="/en/rounds/{one.id}/proposals/new"',
        hall=hall,
        round=one,
        rosa=rosa,
        verein=verein,
        proposal=found,
        moderator=moderator,
    )


def test_a_stranger_is_answered_without_asking_the_application(place, client, queries):
    first = client.get(place.list)
    queries.clear()
    again = client.get(place.list)
    assert again.text == first.text
    assert again.headers["ETag"]
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert "Cookie" in again.headers["Vary"]
    assert queries == []


def test_nothing_new_is_sent_as_nothing(place, client):
    etag = client.get(place.page).headers["ETag"]
    answer = client.get(place.page, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize("which", ["list", "page"])
def test_what_is_written_is_seen_at_once(place, client, which):
    address = getattr(place, which)
    etag = client.get(address).headers["ETag"]
    with transaction():
        db.session.get_one(Proposal, place.proposal.id).title = "Another title"
    answer = client.get(address, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "Another title" in answer.text


def test_what_is_hidden_is_gone_at_once(place, client):
    assert "The first" in client.get(place.list).text
    with transaction():
        hidden = db.session.get_one(Proposal, place.proposal.id)
        hidden.visibility, hidden.visibility_reason = Visibility.HIDDEN, "Names somebody"
    assert "The first" not in client.get(place.list).text


def test_bulk_statements_and_plain_sql_count_too(place, client):
    assert "The first" in client.get(place.list).text
    with transaction() as session:
        session.execute(text("UPDATE proposals SET title = 'In bulk'"))
    assert "In bulk" in client.get(place.list).text


def test_what_was_undone_changes_nothing(place, client, queries):
    client.get(place.list)
    with pytest.raises(ValueError, match="no"):
        _change_and_fail(place.proposal.id)
    queries.clear()
    assert "Never" not in client.get(place.list).text
    assert queries == []


@transaction()
def _change_and_fail(proposal_id):
    db.session.get_one(Proposal, proposal_id).title = "Never"
    db.session.flush()
    raise ValueError("no")


def test_a_page_ends_with_the_window_it_shows(place, sign_in):
    """The button goes at the very moment at which nobody can propose any more."""
    browser = sign_in(place.rosa)
    assert place.offer in browser.get(place.list).text
    window = next(w for w in _windows(place.round.id) if w.activity is Activity.PROPOSE)
    with clock.frozen(window.closes_at - timedelta(seconds=1)):
        assert place.offer in browser.get(place.list).text
    with clock.frozen(window.closes_at):
        assert place.offer not in browser.get(place.list).text


def _windows(round_id):
    from app.rounds import queries

    found = queries.get(round_id)
    assert found is not None
    return found.windows


def test_everybody_reads_their_own_name_number_and_token(place, sign_in):
    kim, lee = person("Kim Example"), person("Lee Example")
    first, second = sign_in(kim).get(place.list).text, sign_in(lee).get(place.list).text
    assert "Kim Example" in first
    assert "Lee Example" not in first
    assert "Lee Example" in second
    assert "Kim Example" not in second
    assert "slot-" not in first + second


def test_nobody_who_is_signed_in_gets_the_page_of_strangers(place, sign_in, client):
    kim = person("Kim Example")
    for address in (place.list, place.page):
        assert "Kim Example" not in client.get(address).text
        assert "Kim Example" in sign_in(kim).get(address).text


def test_a_page_kept_for_members_is_not_shown_to_others(place, sign_in, client):
    assert place.offer in sign_in(place.rosa).get(place.list).text
    assert place.offer not in sign_in(person("Kim")).get(place.list).text
    assert place.offer not in client.get(place.list).text


def test_power_that_ended_is_gone_from_the_page(place, sign_in):
    deputy = person("Deputy")
    since = clock.today() - timedelta(days=9)
    held = mandate(deputy, place.verein, MandateRole.DEPUTY, starts_on=since)
    browser = sign_in(deputy)
    assert place.offer in browser.get(place.list).text
    with transaction() as session:
        session.merge(held).ends_on = clock.today() - timedelta(days=1)
    assert place.offer not in browser.get(place.list).text


def test_a_draft_is_neither_kept_nor_shown(place, sign_in, client):
    draft = round_(place.hall, state=RoundState.DRAFT, number=2, open_=())
    address = f"/en/rounds/{draft.id}/proposals"
    for _ in range(2):
        assert client.get(address).status_code == 404
        assert sign_in(place.moderator).get(address).status_code == 200
        assert sign_in(person()).get(address).status_code == 404


def test_a_message_is_shown_once_and_never_kept(place, sign_in):
    browser = sign_in(place.rosa)
    browser.get(place.list)
    with browser.session_transaction() as session:
        session["_flashes"] = [("message", "Only for Rosa")]
    assert "Only for Rosa" in browser.get(place.list).text
    assert "Only for Rosa" not in browser.get(place.list).text


def test_what_only_its_owner_sees_makes_nothing_stale(place, client, queries):
    client.get(place.list)
    with transaction() as session:
        session.execute(text("UPDATE sessions SET last_used_at = last_used_at"))
        session.execute(text("DELETE FROM notices"))
    queries.clear()
    client.get(place.list)
    assert queries == []


def test_reading_makes_nothing_stale(place):
    with transaction() as session:
        before = freshness.token(session)
        session.get(Person, place.rosa.id)
    with transaction() as session:
        assert freshness.token(session) == before


def test_the_shelf_is_never_fuller_than_allowed():
    shelf = Shelf(1000)
    for n in range(50):
        shelf.put(n, Page("token", clock.now(), ["x" * 100]))
    assert shelf.held <= 1000
    assert shelf.get(49) is not None
    assert shelf.get(0) is None
    shelf.put("large", Page("token", clock.now(), ["x" * 2000]))
    assert shelf.get("large") is None
