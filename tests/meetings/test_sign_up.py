"""Signing up without an account by a mail, with one by a button; who waits moves up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts import commands as accounts
from app.accounts.models import Person
from app.audit.models import LogLine
from app.core import clock
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.meetings.models import Seat
from app.meetings.states import MeetingState, SeatState
from app.notifications.models import Notice
from tests.comments.pages import found
from tests.factories.meetings import meeting, seat


def _seats() -> list[Seat]:
    db.session.rollback()
    return list(db.session.scalars(select(Seat).order_by(Seat.id)))


def _states() -> list[SeatState]:
    return [one.state for one in _seats()]


def _send(client, made, *, language="de", **values):
    page = client.get(f"/{language}/meetings/{made.id}/sign-up")
    assert page.status_code == 200
    ticket = found(r'name="ticket"[^>]*value="([^"]+)"', page.text)
    clock.tick(timedelta(seconds=5))
    data = {"ticket": ticket, "name": "Amira", "email": "amira@example.org"} | values
    return client.post(f"/{language}/meetings/{made.id}/sign-up", data=data)


def _link(text: str) -> str:
    return found(r"http://localhost(/\S*/seats/\S+)", text)


@pytest.mark.both
def test_a_place_is_kept_and_confirmed_by_the_mail(place, client, run_jobs, mails):
    made = meeting(measure_id=place.measure.id, capacity=10, words={"ar": "تدريب المتطوعين"})
    assert _send(client, made, language="ar").status_code == 303
    (kept,) = _seats()
    assert (kept.state, kept.confirmed_at) == (SeatState.PLACE, None)
    run_jobs()
    ((to, subject, text),) = mails()
    assert to == "amira@example.org"
    assert "تدريب المتطوعين" in subject
    link = _link(text)
    assert link.startswith("/ar/")
    page = client.get(link)
    assert page.status_code == 200
    assert _seats()[0].confirmed_at is None, "a program that opens links confirms nothing"
    assert client.post(f"{link}/confirm").status_code == 303
    assert client.post(f"{link}/confirm").status_code == 303
    assert _seats()[0].confirmed_at == clock.now()
    page = client.get(f"/en/meetings/{made.id}").text
    assert "9 places are free" in page
    assert "Amira" not in page


def test_the_answer_is_the_same_for_an_address_that_is_known(place, client, run_jobs, mails):
    made = meeting(measure_id=place.measure.id)
    seat(made, email="amira@example.org")
    answer = _send(client, made)
    assert answer.location.endswith("/sent")
    assert len(_seats()) == 1
    run_jobs()
    ((_to, subject, text),) = mails()
    assert "schon" in subject
    assert client.get(_link(text)).status_code == 200


def test_sent_twice_it_is_one_place_and_one_mail(place, client, run_jobs, mails):
    made = meeting(measure_id=place.measure.id)
    page = client.get(f"/de/meetings/{made.id}/sign-up").text
    ticket = found(r'name="ticket"[^>]*value="([^"]+)"', page)
    clock.tick(timedelta(seconds=5))
    data = {"ticket": ticket, "name": "Amira", "email": "Amira@Example.org"}
    for _ in range(2):
        assert client.post(f"/de/meetings/{made.id}/sign-up", data=data).status_code == 303
    assert [one.email for one in _seats()] == ["amira@example.org"]
    run_jobs()
    assert len(mails()) == 1


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"email": "amira"}, {"website": "x"}, {"ticket": "forged"}]
)
def test_what_was_typed_comes_back(place, client, wrong):
    made = meeting(measure_id=place.measure.id)
    answer = _send(client, made, **wrong)
    assert answer.status_code == 422
    assert "Amira" in answer.text or "amira@example.org" in answer.text
    assert _seats() == []


def test_an_address_gets_few_mails_and_a_network_few_places(place, client):
    made = meeting(measure_id=place.measure.id)
    codes = [_send(client, made).status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]
    codes = [_send(client, made, email=f"x{n}@example.org").status_code for n in range(6)]
    assert codes[-1] == 429


@pytest.mark.both
def test_what_is_not_confirmed_lapses_and_who_waits_moves_up(
    place, client, sign_in, run_jobs, mails
):
    made = meeting(measure_id=place.measure.id, capacity=1)
    _send(client, made)
    assert sign_in(place.amal).post(f"/de/meetings/{made.id}/join").status_code == 303
    assert _states() == [SeatState.PLACE, SeatState.WAITING]
    clock.tick(timedelta(hours=24))
    run_jobs()
    assert _states() == [SeatState.LAPSED, SeatState.PLACE]
    assert (_seats()[0].email, _seats()[0].name) == (None, "")
    (told,) = db.session.scalars(select(Notice))
    assert (told.person_id, told.kind) == (place.amal.id, "meeting-place")
    first = next(text for to, _subject, text in mails() if to == "amira@example.org")
    assert client.post(f"{_link(first)}/confirm").status_code == 403
    assert "nicht rechtzeitig bestätigt" in client.get(_link(first)).text


@pytest.mark.both
def test_given_back_the_next_one_has_it_and_is_told_once(place, client, sign_in, run_jobs, mails):
    made = meeting(measure_id=place.measure.id, capacity=1)
    held = seat(made, place.bo)
    _send(client, made)
    run_jobs()
    link = _link(mails()[0][2])
    client.post(f"{link}/confirm")
    assert "Warteliste" in client.get(link).text
    _send(client, made, email="zweite@example.org", name="Zweite")
    bo = sign_in(place.bo)
    for _ in range(2):
        assert bo.post(f"/de/meetings/{made.id}/leave").status_code == 303
    assert _states() == [SeatState.GIVEN_BACK, SeatState.PLACE, SeatState.WAITING]
    assert held.id == _seats()[0].id
    run_jobs()
    told = [(to, text) for to, _subject, text in mails() if "frei geworden" in text]
    assert [to for to, _text in told] == ["amira@example.org"]
    assert client.get(f"{link}/give-back").status_code == 200
    assert client.post(f"{link}/give-back").status_code == 303
    assert client.post(f"{link}/give-back").status_code == 403


def test_more_room_lets_those_who_wait_move_up(place, sign_in):
    made = meeting(measure_id=place.measure.id, capacity=1)
    seat(made, place.bo)
    seat(made, place.amal, state=SeatState.WAITING)
    kim = sign_in(place.kim)
    page = kim.get(f"/de/meetings/{made.id}/edit")
    assert page.status_code == 200
    data = {
        "kind": "training",
        "title": made.title,
        "language": "de",
        "starts_at": "2027-03-08T10:00",
        "ends_at": "2027-03-08T12:00",
        "place": made.place,
        "district": "10",
        "capacity": "2",
    }
    assert kim.post(f"/de/meetings/{made.id}/edit", data=data).status_code == 303
    assert _states() == [SeatState.PLACE, SeatState.PLACE]


def test_once_begun_nobody_signs_up(place, client, sign_in):
    made = meeting(measure_id=place.measure.id)
    seat(made, place.bo)
    clock.tick(timedelta(days=7))
    assert client.get(f"/de/meetings/{made.id}/sign-up").status_code == 403
    for person_, act in ((place.amal, "join"), (place.bo, "leave")):
        assert sign_in(person_).post(f"/de/meetings/{made.id}/{act}").status_code == 403


def test_not_for_a_draft_or_what_is_cancelled(place, client):
    draft = meeting(measure_id=place.measure.id, state=MeetingState.DRAFT, published_at=None)
    off = meeting(
        measure_id=place.measure.id, state=MeetingState.CANCELLED, cancel_reason="Krankheit"
    )
    assert client.get(f"/de/meetings/{draft.id}/sign-up").status_code == 404
    assert client.get(f"/de/meetings/{off.id}/sign-up").status_code == 403


def test_only_a_genuine_link_opens_a_place(place, client):
    held = seat(meeting(measure_id=place.measure.id))
    for token in ("", "1", f"{held.id}-", f"{held.id}-{held.secret}", "x-y", "9" * 30, "٣-x"):
        assert client.get(f"/de/seats/{token}").status_code == 404


def test_the_link_to_take_part_online_is_for_those_with_a_place(place, client, sign_in):
    made = meeting(measure_id=place.measure.id, online_url="https://example.org/raum", capacity=1)
    seat(made, place.bo)
    seat(made, place.amal, state=SeatState.WAITING)
    page = f"/de/meetings/{made.id}"
    assert "example.org/raum" in sign_in(place.bo).get(page).text
    for browser in (client, sign_in(place.amal)):
        assert "example.org/raum" not in browser.get(page).text
    assert "example.org/raum" not in client.get(f"{page}/calendar.ics").text


def test_a_deleted_account_frees_its_place(place, sign_in, run_jobs):
    made = meeting(measure_id=place.measure.id, capacity=1)
    seat(made, place.bo)
    seat(made, place.amal, state=SeatState.WAITING)
    with transaction():
        accounts.delete(db.session.get_one(Person, place.bo.id), by=SYSTEM)
    assert _states() == [SeatState.GIVEN_BACK, SeatState.PLACE]
    assert (_seats()[0].person_id, _seats()[0].name) == (None, "")


@pytest.mark.both
def test_names_go_when_the_time_has_come_and_the_log_says_how_many(place, run_jobs):
    made = meeting(measure_id=place.measure.id)
    seat(made, place.bo, attended=True)
    seat(made)
    clock.tick(timedelta(days=7 + 90))
    run_jobs()
    assert [one.name for one in _seats()] == ["Bo", "Gast"]
    clock.tick(timedelta(days=1))
    run_jobs()
    assert [(one.name, one.email, one.person_id) for one in _seats()] == [("", None, None)] * 2
    assert [one.attended for one in _seats()] == [True, None]
    line = db.session.scalars(
        select(LogLine).where(LogLine.event == "meetings.SeatsForgotten")
    ).one()
    assert line.facts["seats"] == 2


def test_the_log_does_not_say_who_signed_up(place, sign_in):
    made = meeting(measure_id=place.measure.id)
    sign_in(place.amal).post(f"/de/meetings/{made.id}/join")
    db.session.rollback()
    line = db.session.scalars(select(LogLine).where(LogLine.event == "meetings.SignedUp")).one()
    assert line.person_id is None
    assert set(line.facts) == {"meeting_id", "measure_id", "dialogue_id"}
