"""Anybody asks; only the unit and whoever asked read it; the answer comes back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts import commands as accounts
from app.accounts.models import Person
from app.audit.models import LogLine
from app.core import clock
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.enquiries import queries
from app.enquiries.models import Enquiry
from app.enquiries.states import EnquiryState
from app.notifications.models import Notice
from tests.comments.pages import found
from tests.factories.enquiries import enquiry

WORDS = "Bin ich versichert, wenn ich Frau Sommer begleite?"


def _all() -> list[Enquiry]:
    db.session.rollback()
    return list(db.session.scalars(select(Enquiry).order_by(Enquiry.id)))


def _send(client, place, language="de", **values):
    page = client.get(f"/{language}/question-boxes/{place.box.id}/ask")
    assert page.status_code == 200
    ticket = found(r'name="ticket"[^>]*value="([^"]+)"', page.text)
    clock.tick(timedelta(seconds=5))
    data = {"ticket": ticket, "body": WORDS, "language": language} | values
    return client.post(f"/{language}/question-boxes/{place.box.id}/ask", data=data)


@pytest.mark.both
def test_without_an_account_or_an_address(place, client, sign_in):
    answer = _send(client, place)
    assert answer.status_code == 303
    private = answer.location
    assert "Frau Sommer" in client.get(private).text
    (made,) = _all()
    assert made.due_on == clock.today() + timedelta(days=14)
    for page in ("/de/questions-and-answers", f"/de/question-boxes/{place.box.id}"):
        assert "Sommer" not in client.get(page).text
    assert "1 Frage wartet" in client.get(f"/de/question-boxes/{place.box.id}").text
    assert (
        "Sommer" not in client.get("/de/search?q=Sommer").text.split("<main")[1].split("value")[0]
    )

    kim = sign_in(place.kim)
    assert "Frau Sommer" in kim.get("/de/desk/questions").text
    desk = f"/de/desk/questions/{made.id}"
    assert kim.post(desk, data={"reply": "Ja, **über die Stadt**."}).status_code == 303
    page = client.get(private).text
    assert "<strong>über die Stadt</strong>" in page
    assert "Ansprechperson für Ehrenamtliche" in page
    assert "Kim" not in page, "a role answers, not a person"


def test_the_answer_goes_by_mail_only_to_a_confirmed_address(
    place, client, sign_in, run_jobs, mails
):
    private = _send(client, place, "ar", email="Um@Example.org").location
    run_jobs()
    ((to, _subject, text),) = mails()
    assert to == "um@example.org"
    link = found(r"http://localhost(/ar/enquiries/mail/\S+)", text)
    assert link.rpartition("/")[2] != private.rpartition("/")[2], "whoever asks cannot confirm"
    assert client.get(f"/ar/enquiries/mail/{private.rpartition('/')[2]}").status_code == 404
    sign_in(place.kim).post(f"/de/desk/questions/{_all()[0].id}", data={"reply": "Ja, immer."})
    run_jobs()
    assert len(mails()) == 1
    assert client.get(link).status_code == 200
    assert _all()[0].email_confirmed_at is None
    for _ in range(2):
        assert client.post(link).status_code == 303
    run_jobs()
    assert [("Ja, immer." in text) for _to, _subject, text in mails()] == [False, True]
    sign_in(place.kim).post(f"/de/desk/questions/{_all()[0].id}", data={"reply": "Fast immer."})
    run_jobs()
    assert len(mails()) == 3


@pytest.mark.both
def test_with_an_account_one_is_told(place, sign_in, run_jobs):
    amal = sign_in(place.amal)
    ask = f"/de/question-boxes/{place.box.id}/ask"
    data = {"body": WORDS, "language": "de", "form_key": "same"}
    assert [amal.post(ask, data=data).status_code for _ in range(2)] == [303, 303]
    (made,) = _all()
    assert "Frau Sommer" in amal.get(f"/de/my/questions/{made.id}").text
    assert "wartet" in amal.get("/de/my/questions").text
    assert sign_in(place.kim).get(f"/de/my/questions/{made.id}").status_code == 404
    sign_in(place.kim).post(f"/de/desk/questions/{made.id}", data={"reply": "Ja."})
    run_jobs()
    told = list(db.session.scalars(select(Notice).order_by(Notice.id)))
    assert [(one.person_id, one.kind) for one in told] == [
        (place.kim.id, "enquiry-asked"),
        (place.amal.id, "enquiry-answered"),
    ]
    assert f"/de/my/questions/{made.id}" in amal.get("/de/inbox").text
    assert f"/de/desk/questions/{made.id}" in sign_in(place.kim).get("/de/inbox").text


@pytest.mark.parametrize(
    "wrong",
    [{"body": " "}, {"email": "um"}, {"website": "x"}, {"ticket": "forged"}],
)
def test_what_was_typed_comes_back(place, client, wrong):
    answer = _send(client, place, **wrong)
    assert answer.status_code == 422
    assert "Frau Sommer" in answer.text or wrong == {"body": " "}
    assert _all() == []


def test_few_mails_to_an_address(place, client):
    codes = [_send(client, place, email="x@example.org").status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]
    assert _send(client, place).status_code == 303


def test_only_the_unit_reads_it(place, client, sign_in):
    made = enquiry(place.box)
    for page in ("", "/set-aside", "/publish"):
        address = f"/de/desk/questions/{made.id}{page}"
        assert client.get(address).status_code == 401
        for who in (place.other, place.operator, place.amal):
            assert sign_in(who).get(address).status_code == 404
    assert "Sommer" not in sign_in(place.other).get("/de/desk/questions").text
    for token in ("1", f"{made.id}-{made.secret}", f"{made.id}-", "x"):
        assert client.get(f"/de/enquiries/{token}").status_code == 404


def test_set_aside_with_a_reason_and_answered_after_all(place, client, sign_in):
    made = enquiry(place.box)
    kim, desk = sign_in(place.kim), f"/de/desk/questions/{made.id}"
    assert kim.post(f"{desk}/set-aside", data={"reply": ""}).status_code == 422
    data = {"reply": "Bitte fragen Sie das Bauamt."}
    assert kim.post(f"{desk}/set-aside", data=data).status_code == 303
    private = f"/de/enquiries/{queries.token_of(made)}"
    assert "Bitte fragen Sie das Bauamt." in client.get(private).text
    assert kim.post(f"{desk}/set-aside", data=data).status_code == 409
    assert kim.post(desk, data={"reply": "Doch: ja."}).status_code == 303
    assert "Doch: ja." in client.get(private).text


def test_what_is_late_shows_by_itself_and_the_unit_is_told_once(place, client, sign_in, run_jobs):
    made = enquiry(place.box)
    clock.tick(timedelta(days=14))
    assert "überfällig" not in client.get("/de/questions-and-answers").text
    clock.tick(timedelta(days=1))
    for page in ("/de/questions-and-answers", f"/de/question-boxes/{place.box.id}"):
        assert "1 überfällig" in client.get(page).text
    assert "überfällig" in client.get(f"/de/enquiries/{queries.token_of(made)}").text
    assert "überfällig" in sign_in(place.kim).get("/de/desk/questions").text
    run_jobs()
    clock.tick(timedelta(days=1))
    run_jobs()
    (told,) = db.session.scalars(select(Notice))
    assert (told.person_id, told.kind) == (place.kim.id, "enquiry-late")


def test_the_log_does_not_say_who_asked(place, sign_in):
    data = {"body": WORDS, "language": "de", "form_key": "k"}
    sign_in(place.amal).post(f"/de/question-boxes/{place.box.id}/ask", data=data)
    db.session.rollback()
    line = db.session.scalars(select(LogLine).where(LogLine.event.endswith("EnquiryAsked"))).one()
    assert line.person_id is None


def test_words_and_address_go_in_time(place, client, run_jobs):
    old = clock.now() - timedelta(days=181)
    closed: dict[str, Any] = {"state": EnquiryState.ANSWERED, "reply": "Ja.", "replied_at": old}
    gone = enquiry(place.box, email="x@example.org", **closed)
    enquiry(place.box, place.amal)
    run_jobs()
    first, second = _all()
    assert (first.body, first.email, first.reply) == ("", None, "Ja.")
    assert second.body == WORDS
    assert "gelöscht" in client.get(f"/de/enquiries/{queries.token_of(gone)}").text
    with transaction():
        accounts.delete(db.session.get_one(Person, place.amal.id), by=SYSTEM)
    assert _all()[1].person_id is None
