"""The inbox: what is new, read, mailed, and to whom."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.transactions import transaction
from app.notifications import commands
from app.notifications import queries as reads
from app.notifications.jobs import mail
from app.notifications.models import Notice
from app.notifications.states import Kind
from tests.factories.accounts import person

pytestmark = pytest.mark.both


def _tell(person_id: int, thing: int, key: str = "1", kind: Kind = Kind.COMMENT) -> None:
    with transaction():
        commands.notify([person_id], kind, thing, key)


def _notices() -> list[Notice]:
    db.session.rollback()
    return list(db.session.scalars(select(Notice).order_by(Notice.id)))


@pytest.fixture
def written(monkeypatch, work):
    """Does the work and gives what was handed to the mail server so far."""
    mails: list[dict[str, str]] = []

    def keep(to: str, subject: str, text: str) -> None:
        mails.append({"to": to, "subject": subject, "text": text})

    monkeypatch.setattr("app.core.mail.send", keep)

    def run() -> list[dict[str, str]]:
        work()
        return mails

    return run


def test_nobody_is_told_the_same_thing_twice(lamp):
    amal, thing = person(), lamp()
    _tell(amal.id, thing, "a")
    _tell(amal.id, thing, "a")
    _tell(amal.id, thing, "b")
    assert [notice.key for notice in _notices()] == ["a", "b"]


def test_followers_are_told_by_a_job_but_not_who_did_it(lamp, work):
    people = [person() for _ in range(3)]
    thing, other = lamp(), lamp()
    with transaction():
        for one in people:
            commands.follow(person_id=one.id, subject_id=thing)
            commands.follow(person_id=one.id, subject_id=other)
    with transaction():
        commands.tell(Kind.RESULT, thing, "r", following=[thing, other], but=people[1].id)
    assert _notices() == []
    clock.tick(timedelta(seconds=1))
    late = person()
    with transaction():
        commands.follow(person_id=late.id, subject_id=thing)
    work()
    assert [notice.person_id for notice in _notices()] == [people[0].id, people[2].id]


def test_a_fan_out_that_died_halfway_goes_on(lamp, work, monkeypatch):
    monkeypatch.setattr("app.notifications.jobs.CHUNK", 2)
    people, thing = [person() for _ in range(5)], lamp()
    with transaction():
        for one in people:
            commands.follow(person_id=one.id, subject_id=thing)
        commands.tell(Kind.RESULT, thing, "r", following=[thing])
    notify, calls = commands.notify, []

    def dies_once(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise OSError
        notify(*arguments)

    monkeypatch.setattr(commands, "notify", dies_once)
    work()
    assert len(_notices()) == 2
    clock.tick(timedelta(minutes=5))
    work()
    assert [notice.person_id for notice in _notices()] == [one.id for one in people]


def test_many_are_told_by_a_job(lamp, work):
    people, thing = [person() for _ in range(25)], lamp()
    with transaction():
        commands.tell(Kind.ROUND_OPENED, thing, "o", people=[one.id for one in people])
    assert len(_notices()) == commands.FEW
    work()
    assert {notice.person_id for notice in _notices()} == {one.id for one in people}


def test_the_header_counts_and_reading_is_a_button(lamp, sign_in, client):
    amal, thing = person("Amal"), lamp()
    _tell(amal.id, thing, "a")
    _tell(amal.id, thing, "b")
    browser = sign_in(amal)
    page = browser.get("/en/inbox").text
    assert "2 unread" in page
    assert page.count("There is a new comment") >= 2
    assert f"Lamp {thing}" in page
    first, second = _notices()
    assert browser.post(f"/en/inbox/{first.id}/read").status_code == 303
    assert "1 unread" in browser.get("/en/inbox").text
    _tell(amal.id, thing, "c")
    browser.post("/en/inbox/read", data={"until": str(second.id)})
    assert [notice.read_at is None for notice in _notices()] == [False, False, True]
    assert "Inbox" not in client.get("/en/nothing-here").text


@pytest.mark.parametrize("until", ["", "x", "-1", "9" * 30])
def test_a_wrong_number_marks_nothing(lamp, sign_in, until):
    amal = person()
    _tell(amal.id, lamp())
    sign_in(amal).post("/en/inbox/read", data={"until": until})
    assert _notices()[0].read_at is None


def test_the_inbox_is_ones_own(lamp, sign_in, client):
    amal = person()
    _tell(amal.id, lamp())
    (notice,) = _notices()
    assert client.get("/en/inbox").status_code == 401
    assert client.post("/en/inbox/read", data={"until": str(notice.id)}).status_code == 401
    assert client.post(f"/en/inbox/{notice.id}/read").status_code == 401
    other = sign_in(person())
    assert other.post(f"/en/inbox/{notice.id}/read").status_code == 404
    other.post("/en/inbox/read", data={"until": str(notice.id)})
    assert _notices()[0].read_at is None
    assert "Nothing yet" in other.get("/en/inbox").text


def test_what_is_hidden_has_no_title_except_for_its_author(lamp, dark, sign_in):
    amal, thing = person(), lamp()
    _tell(amal.id, thing, "a", Kind.COMMENT)
    dark.add(thing)
    page = sign_in(amal).get("/en/inbox").text
    assert f"Lamp {thing}" not in page
    assert "not public any more" in page
    _tell(amal.id, thing, "b", Kind.PROPOSAL_HIDDEN)
    assert f"Lamp {thing}" in sign_in(amal).get("/en/inbox").text


def test_a_full_inbox_costs_as_much_as_a_small_one(lamp, sign_in, queries):
    amal, things = person(), [lamp() for _ in range(10)]
    browser = sign_in(amal)
    counts, page = [], ""
    for start, stop in ((0, 10), (10, 1000)):
        with transaction():
            for number in range(start, stop):
                commands.notify([amal.id], Kind.RESULT, things[number % 10], f"n{number}")
        queries.clear()
        page = browser.get("/en/inbox").text
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4  # four more are for the other kinds of things
    assert page.count("Mark as read") == 20
    oldest_shown = _notices()[-20].id
    assert f"after={oldest_shown}" in page
    assert browser.get("/en/inbox?after=nonsense").status_code == 200
    assert "Nothing earlier" in browser.get("/en/inbox?after=1").text


def test_a_mail_in_the_language_of_the_person(lamp, written):
    amal, berta, thing = person(language="ar"), person(language="de"), lamp()
    gone = person()
    with transaction():
        commands.choose_mail(gone.id, wanted=False)
        commands.notify([amal.id, berta.id, gone.id], Kind.RESULT, thing, "r")
    arabic, german = sorted(written(), key=lambda mail: mail["subject"] < "z")
    assert german["to"] == berta.email
    assert german["subject"] == f"Das Ergebnis einer Abstimmung liegt vor: Lamp {thing}"
    assert f"http://localhost/de/lamps/{thing}" in german["text"]
    assert "http://localhost/de/inbox/following" in german["text"]
    assert arabic["to"] == amal.email
    assert "http://localhost/ar/inbox/following" in arabic["text"]
    assert "نتيجة" in arabic["subject"]


def test_a_mail_is_written_once_though_its_job_runs_again(lamp, written):
    amal = person()
    _tell(amal.id, lamp())
    assert len(written()) == 1
    (notice,) = _notices()
    mail([notice.id])
    assert len(written()) == 1


def test_what_was_hidden_before_it_is_sent_is_in_no_mail(lamp, dark, written):
    amal, thing = person(), lamp()
    _tell(amal.id, thing, "a", Kind.COMMENT)
    mail([_notices()[0].id])
    dark.add(thing)
    _tell(amal.id, thing, "b", Kind.COMMENT_HIDDEN)
    mails = written()
    assert len(mails) == 2
    assert not any(f"Lamp {thing}" in each["subject"] + each["text"] for each in mails)
    assert f"http://localhost/de/lamps/{thing}" in mails[1]["text"]


def test_mails_can_be_switched_off_and_on(lamp, sign_in, written, client):
    amal = person()
    browser = sign_in(amal)
    assert client.post("/en/inbox/mails").status_code == 401
    assert browser.post("/en/inbox/mails", data={"wanted": "no"}).status_code == 303
    _tell(amal.id, lamp(), "a")
    assert written() == []
    assert "You get no mails" in browser.get("/en/inbox/following").text
    browser.post("/en/inbox/mails", data={"wanted": "yes"})
    db.session.rollback()
    assert reads.wants_mail(amal.id)
    _tell(amal.id, lamp(), "b")
    assert len(written()) == 1
