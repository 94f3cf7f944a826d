"""Those in charge make a meeting, publish it, move it, call it off."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.policy import ANYBODY, Actor, grants_of
from app.meetings import queries
from app.meetings.models import Meeting
from app.meetings.states import MeetingState, SeatState
from app.notifications.models import Notice
from app.rounds.models import Round
from tests.factories.accounts import person
from tests.factories.meetings import meeting, seat
from tests.factories.rounds import round_

FORM = {
    "kind": "training",
    "title": "Ehrenamt schulen",
    "description": "Was **hilft**.",
    "language": "de",
    "title_ar": "تدريب المتطوعين",
    "starts_at": "2027-03-10T18:00",
    "ends_at": "2027-03-10T20:00",
    "place": "Freizeitheim Linden",
    "district": "10",
    "spoken": ["de", "ar"],
    "access": ["step-free", "childcare"],
    "capacity": "20",
}


def _all() -> list[Meeting]:
    db.session.rollback()
    return list(db.session.scalars(select(Meeting).order_by(Meeting.id)))


@pytest.mark.both
def test_of_a_measure_by_its_unit(place, sign_in, client):
    kim = sign_in(place.kim)
    new = f"/de/measures/{place.measure.id}/meetings/new"
    assert "Ehrenamt und Hauptamt schulen" in kim.get(new).text
    data = FORM | {"milestone": str(place.milestone.id), "counts": "people"}
    assert kim.post(new, data=data).status_code == 303
    (made,) = _all()
    assert (made.milestone_id, made.counts) == (place.milestone.id, "people")
    assert (made.spoken, made.access) == (["de", "ar"], ["step-free", "childcare"])
    assert clock.local(made.starts_at).hour == 18
    assert client.get(f"/de/meetings/{made.id}").status_code == 404
    assert kim.post(f"/de/meetings/{made.id}/publish").status_code == 303
    page = client.get(f"/de/meetings/{made.id}").text
    for words in (
        "<strong>hilft</strong>",
        "Mittwoch, 10. März 2027",
        "Kinderbetreuung",
        "العربية",
    ):
        assert words in page
    assert "تدريب المتطوعين" in client.get(f"/ar/meetings/{made.id}").text
    assert kim.post(f"/de/meetings/{made.id}/publish").status_code == 403


def test_of_a_dialogue_by_its_moderators(place, sign_in):
    one = round_(place.dialogue)
    new = f"/de/dialogues/{place.dialogue.id}/meetings/new"
    data = FORM | {"kind": "meeting", "round": str(one.id)}
    assert sign_in(place.moderator).post(new, data=data).status_code == 303
    (made,) = _all()
    assert (made.dialogue_id, made.round_id) == (place.dialogue.id, one.id)
    assert db.session.get_one(Round, made.round_id).title == one.title


def test_not_by_others(place, sign_in, client):
    held = meeting(measure_id=place.measure.id)
    draft = meeting(dialogue_id=place.dialogue.id, state=MeetingState.DRAFT, published_at=None)
    pages = [
        f"/de/measures/{place.measure.id}/meetings/new",
        f"/de/dialogues/{place.dialogue.id}/meetings/new",
        *(f"/de/meetings/{held.id}/{x}" for x in ("edit", "cancel", "people", "attendance")),
    ]
    for page in pages:
        assert client.get(page).status_code == 401
        assert sign_in(place.amal).get(page).status_code == 403
    other = person("Other unit")
    for browser in (client, sign_in(other), sign_in(place.kim)):
        assert browser.get(f"/de/meetings/{draft.id}/edit").status_code == 404
        assert browser.get(f"/de/meetings/{draft.id}").status_code == 404
    assert sign_in(place.moderator).get(f"/de/meetings/{held.id}/edit").status_code == 403


def test_the_page_and_the_predicate_agree(place, sign_in, client):
    made = [
        meeting(
            measure_id=place.measure.id if n % 2 else None,
            dialogue_id=None if n % 2 else place.dialogue.id,
            state=state,
            published_at=None if state is MeetingState.DRAFT else clock.now(),
            cancel_reason="Krank" if state is MeetingState.CANCELLED else "",
        )
        for n, state in enumerate([*MeetingState, *MeetingState])
    ]
    for who in (None, place.amal, place.kim, place.moderator):
        actor = Actor(person_id=who.id, grants=grants_of(who.id)) if who else ANYBODY
        seen = set(db.session.scalars(select(Meeting.id).where(queries.visible_to(actor))))
        browser = sign_in(who) if who else client
        for one in made:
            code = browser.get(f"/de/meetings/{one.id}").status_code
            assert code == (200 if one.id in seen else 404), (who, one.state)
            manages = browser.get(f"/de/meetings/{one.id}/people").status_code == 200
            assert manages == queries.is_in_charge(one.id, actor)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ends_at": "2027-03-10T17:00"}, "Das Ende muss nach dem Beginn liegen."),
        ({"starts_at": "31.02.2027"}, ""),
        ({"online_url": "javascript:alert(1)"}, "https://"),
        ({"capacity": "0"}, "ab 1"),
        ({"spoken": ["xx"]}, ""),
        ({"milestone": "99"}, ""),
    ],
)
def test_what_was_typed_comes_back(place, sign_in, wrong, words):
    new = f"/de/measures/{place.measure.id}/meetings/new"
    answer = sign_in(place.kim).post(new, data=FORM | wrong)
    assert answer.status_code == 422
    assert "Freizeitheim Linden" in answer.text
    assert words in answer.text
    assert _all() == []


def test_twice_the_same_is_refused(place, sign_in):
    new = f"/de/measures/{place.measure.id}/meetings/new"
    kim = sign_in(place.kim)
    assert [kim.post(new, data=FORM).status_code for _ in range(2)] == [303, 422]
    assert len(_all()) == 1


def test_without_a_place_it_cannot_be_published(place, sign_in):
    made = meeting(
        measure_id=place.measure.id, state=MeetingState.DRAFT, published_at=None, place=""
    )
    kim = sign_in(place.kim)
    answer = kim.post(f"/de/meetings/{made.id}/publish")
    assert answer.location.endswith("/edit")
    assert "wo der Termin stattfindet" in kim.get(answer.location).text


def test_moved_everybody_who_signed_up_is_told_once(place, sign_in, run_jobs, mails):
    made = meeting(measure_id=place.measure.id, capacity=20)
    seat(made, place.amal)
    seat(made, language="ar")
    seat(made, email="unsure@example.org", confirmed_at=None, expires_at=made.starts_at)
    kim = sign_in(place.kim)
    for data in (FORM, FORM, FORM | {"description": "Anders gesagt."}):
        assert kim.post(f"/de/meetings/{made.id}/edit", data=data).status_code == 303
    run_jobs()
    run_jobs()
    to_guests = [(to, text) for to, _subject, text in mails() if to == "gast@example.org"]
    ((_to, text),) = to_guests
    assert "تغيّر الوقت" in text
    assert "/ar/seats/" in text
    (told,) = db.session.scalars(select(Notice))
    assert (told.person_id, told.kind) == (place.amal.id, "meeting-moved")
    assert not any(to == "unsure@example.org" for to, _s, _t in mails())


@pytest.mark.both
def test_cancelled_with_a_reason_that_everybody_reads(place, sign_in, client, run_jobs, mails):
    made = meeting(measure_id=place.measure.id)
    seat(made, place.amal)
    seat(made)
    kim = sign_in(place.kim)
    cancel = f"/de/meetings/{made.id}/cancel"
    assert kim.post(cancel, data={"reason": " "}).status_code == 422
    assert kim.post(cancel, data={"reason": "Die Referentin ist krank."}).status_code == 303
    assert kim.post(cancel, data={"reason": "Noch einmal"}).status_code == 403
    assert "Die Referentin ist krank." in client.get(f"/de/meetings/{made.id}").text
    run_jobs()
    ((to, _subject, text),) = [one for one in mails() if "Referentin" in one[2]]
    assert to == "gast@example.org"
    assert f"/de/meetings/{made.id}" in text
    (told,) = db.session.scalars(select(Notice))
    assert (told.person_id, told.kind) == (place.amal.id, "meeting-cancelled")
    calendar = client.get(f"/de/meetings/{made.id}/calendar.ics").text
    assert "STATUS:CANCELLED" in calendar


def test_followers_of_the_measure_hear_of_it(place, sign_in, run_jobs):
    sign_in(place.amal).post(f"/de/subjects/{place.measure.id}/follow")
    made = meeting(measure_id=place.measure.id, state=MeetingState.DRAFT, published_at=None)
    sign_in(place.kim).post(f"/de/meetings/{made.id}/publish")
    run_jobs()
    (told,) = db.session.scalars(select(Notice))
    assert (told.person_id, told.kind) == (place.amal.id, "meeting-announced")


def test_those_in_charge_see_names_and_no_addresses(place, sign_in):
    made = meeting(measure_id=place.measure.id)
    seat(made, place.amal)
    seat(made, name="Gast Gül", state=SeatState.WAITING)
    page = sign_in(place.kim).get(f"/de/meetings/{made.id}/people").text
    assert "Amal" in page
    assert "Gast Gül" in page
    assert "gast@example.org" not in page


def test_what_those_in_charge_have_to_see_to(place, sign_in):
    meeting(
        "Vorbei und eingetragen",
        measure_id=place.measure.id,
        attendance_at=clock.now(),
        starts_at=clock.now() - timedelta(days=2),
        ends_at=clock.now() - timedelta(days=1),
    )
    meeting(
        "Vorbei ohne Liste",
        measure_id=place.measure.id,
        starts_at=clock.now() - timedelta(days=2),
        ends_at=clock.now() - timedelta(days=1),
    )
    meeting("Anderer Leute", dialogue_id=place.dialogue.id)
    page = sign_in(place.kim).get("/de/my/meetings").text
    assert "Vorbei ohne Liste" in page
    assert "Vorbei und eingetragen" not in page
    assert "Anderer Leute" not in page
    assert f"/de/measures/{place.measure.id}/meetings/new" in page
    assert sign_in(place.amal).get("/de/my/meetings").status_code == 403
