"""Where the rules ask for it, a guest confirms an address; the text is kept, the address is not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.comments.models import Comment, Unconfirmed
from app.core import clock, jobs
from app.core.db import db
from app.core.jobs import Job
from app.core.states import Visibility
from app.core.transactions import transaction
from app.rounds.models import Procedure, Round
from tests.comments.pages import found
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.proposals import proposal
from tests.factories.rounds import round_

pytestmark = pytest.mark.both_long

ADDRESS = "amira@example.org"
BODY = "Ein Abendtermin hilft allen."


@pytest.fixture
def asking(place):
    """The same place in a round whose rules ask guests for an address."""
    place.round = round_(place.dialogue, number=2, procedure=Procedure(guests_confirm=True))
    place.proposal = proposal(place.round, author=place.representative, title="Sechs Tage")
    place.page = f"/en/proposals/{place.proposal.id}"
    place.guest = f"/en/subjects/{place.proposal.id}/comments/guest"
    return place


def _send(client, place, **values):
    page = client.get(place.guest).text
    ticket = values.pop("ticket", None) or found(r'name="ticket"[^>]*value="([^"]+)"', page)
    clock.tick(timedelta(seconds=20))
    data = {"ticket": ticket, "name": "Amira", "body": BODY, "email": ADDRESS, **values}
    return client.post(place.guest, data=data)


def _mails() -> list[dict]:
    """What waits to be sent; the worker has no mail server here."""
    while jobs.run_due():
        pass
    db.session.rollback()
    waiting = select(Job).where(Job.name == "core.send-mail").order_by(Job.id)
    return [one.payload for one in db.session.scalars(waiting)]


def _link(mail) -> str:
    return found(r"http://localhost(/\S+)", mail["text"])


def _comments() -> list[Comment]:
    db.session.rollback()
    return list(db.session.scalars(select(Comment)))


def test_written_confirmed_read_by_a_moderator(asking, client, sign_in):
    private = _send(client, asking).location
    assert _comments() == []
    queue = f"/en/dialogues/{asking.dialogue.id}/queue"
    assert BODY not in sign_in(asking.moderator).get(queue).text
    page = client.get(private).text
    assert BODY in page
    assert "Please confirm your comment" in page

    (mail,) = _mails()
    assert mail["to"] == ADDRESS
    assert BODY not in mail["text"], "the address may be somebody else's"
    assert "Amira" not in mail["text"]
    link = _link(mail)
    assert BODY in client.get(link).text
    assert _comments() == [], "looking at the page confirms nothing"
    answer = client.post(link)
    assert answer.location == private
    (made,) = _comments()
    assert (made.guest_name, made.body, made.visibility) == ("Amira", BODY, Visibility.HELD)
    assert BODY in sign_in(asking.moderator).get(queue).text
    assert "waits for the moderators" in client.get(private).text
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410


def test_the_address_is_asked_for_and_comes_back_with_the_text(asking, client):
    for wrong in ("", "nobody", "a@b\r\nBcc: all@example.org"):
        answer = _send(client, asking, email=wrong)
        assert answer.status_code == 422
        assert BODY in answer.text
    assert _mails() == []


def test_elsewhere_nobody_asks_for_it(place, client):
    assert 'name="email"' not in client.get(place.guest).text


def test_the_address_itself_stands_nowhere(asking, client):
    client.post(_link_of(client, asking))
    for job in db.session.scalars(select(Job).where(Job.name != "core.send-mail")):
        assert ADDRESS not in str(job.payload)
    (made,) = _comments()
    kept = {str(getattr(made, column.name)) for column in Comment.__table__.columns}
    assert not any(ADDRESS in value for value in kept)


def _link_of(client, place, **values) -> str:
    _send(client, place, **values)
    return _link(_mails()[-1])


def test_sent_twice_it_is_one_and_one_mail(asking, client):
    ticket = found(r'name="ticket"[^>]*value="([^"]+)"', client.get(asking.guest).text)
    assert len({_send(client, asking, ticket=ticket).location for _ in range(3)}) == 1
    db.session.rollback()
    assert len(list(db.session.scalars(select(Unconfirmed)))) == 1
    (mail,) = _mails()
    client.post(_link(mail))
    assert _send(client, asking, ticket=ticket).status_code == 303
    assert len(_comments()) == 1
    assert list(db.session.scalars(select(Unconfirmed))) == []


def test_a_mistyped_address_is_mended_and_only_the_newest_link_works(asking, client):
    private = _send(client, asking, email="amria@example.org").location
    first = _link(_mails()[0])
    assert client.post(f"{private}/address", data={"email": "no"}).status_code == 422
    assert client.post(f"{private}/address", data={"email": ADDRESS}).status_code == 303
    mail = _mails()[-1]
    assert mail["to"] == ADDRESS
    assert client.get(first).status_code == 410
    assert client.post(_link(mail)).status_code == 303


def test_after_two_days_it_is_gone(asking, client):
    private = _send(client, asking).location
    link = _link(_mails()[0])
    clock.tick(timedelta(hours=47))
    assert client.get(link).status_code == 200
    clock.tick(timedelta(hours=1))
    assert client.get(link).status_code == 410
    assert client.get(private).status_code == 404
    clock.tick(timedelta(hours=1))
    jobs.run_due()
    db.session.rollback()
    assert list(db.session.scalars(select(Unconfirmed))) == []


def test_in_time_is_when_it_was_written(asking, client):
    link = _link_of(client, asking)
    later = proposal(asking.round, author=asking.representative, title="Andere")
    _close(asking.round)
    asking.guest = f"/en/subjects/{later.id}/comments/guest"
    assert client.get(asking.guest).status_code == 403
    assert client.post(link).status_code == 303
    assert len(_comments()) == 1


def _close(round_: Round) -> None:
    with transaction():
        for window in db.session.get_one(Round, round_.id).windows:
            window.closes_at = clock.now() - timedelta(minutes=1)


def test_but_not_where_the_talk_has_ended(asking, client, sign_in):
    link = _link_of(client, asking)
    data = {"action": "lock", "seen": "0", "rule": "off-topic", "facts": "Enough."}
    path = f"/en/subjects/{asking.proposal.id}/decision"
    assert sign_in(asking.moderator).post(path, data=data).status_code == 303
    assert client.post(link).status_code == 403
    assert _comments() == []


def test_whose_address_was_misused_deletes_it(asking, client):
    link = _link_of(client, asking)
    assert client.post(f"{link}/not-mine").status_code == 303
    assert client.get(link).status_code == 410
    assert _comments() == []


def test_its_writer_deletes_it_before_confirming(asking, client):
    private = _send(client, asking).location
    assert client.get(f"{private}/delete").status_code == 200
    assert client.post(f"{private}/delete").status_code == 303
    assert client.get(private).status_code == 404
    assert _mails() == [], "no mail where nothing waits any more"


def test_claimed_later_by_who_signs_up_with_the_address(asking, client, sign_in):
    client.post(_link_of(client, asking))
    (made,) = _comments()
    amira = person("Amira A", email=ADDRESS)
    path = f"/en/comments/{made.id}/claim"
    for who in (asking.amal, asking.moderator):
        assert sign_in(who).post(path).status_code in (403, 404)
        assert BODY not in sign_in(who).get("/en/my/contributions?part=comments").text
    assert client.post(path).status_code == 401
    browser = sign_in(amira)
    assert BODY in browser.get("/en/my/contributions?part=comments").text
    assert _comments()[0].author_id is None, "nothing happens without asking"
    assert browser.post(path).status_code == 303
    (made,) = _comments()
    assert (made.author_id, made.guest_name, made.address_hash) == (amira.id, "", None)
    assert browser.post(path).status_code == 403


def test_not_by_an_address_that_is_not_confirmed(asking, client, sign_in):
    client.post(_link_of(client, asking))
    (made,) = _comments()
    claimer = person("Late", email=ADDRESS, email_confirmed_at=None)
    assert sign_in(claimer).post(f"/en/comments/{made.id}/claim").status_code in (403, 404)
    assert _comments()[0].author_id is None


def test_the_hash_is_forgotten_in_the_end(asking, client):
    client.post(_link_of(client, asking))
    for days, kept in ((182, True), (2, False)):
        clock.tick(timedelta(days=days))
        jobs.run_due()
        assert (_comments()[0].address_hash is not None) is kept


def test_taken_back_it_is_forgotten_at_once(asking, client):
    private = _send(client, asking).location
    client.post(_link(_mails()[0]))
    assert client.post(f"{private}/delete").status_code == 303
    assert _comments()[0].address_hash is None


def test_an_answer_to_what_is_gone_comes_back(asking, client):
    gone = comment(asking.proposal, visibility=Visibility.HIDDEN)
    other = comment(proposal(asking.round, author=asking.amal))
    for parent, status in ((gone, 409), (other, 422)):
        assert _send(client, asking, parent_id=str(parent.id)).status_code == status
    assert _mails() == []
