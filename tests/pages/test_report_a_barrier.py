"""Somebody who cannot use a page says so, without an account, and gets a receipt."""

from sqlalchemy import select

from app.accounts.models import RoleName
from app.core.db import db
from app.core.jobs import Job
from app.pages.models import BarrierReport
from tests.factories.accounts import person


def _send(client, **values):
    return client.post("/ar/accessibility/report", data={"words": "لا أستطيع القراءة", **values})


def test_a_report_gets_a_receipt_that_shows_its_fate(context, client, sign_in):
    answer = _send(client, contact="me@example.org")
    assert answer.status_code == 303
    receipt = answer.location
    assert client.get(receipt).status_code == 200
    report = db.session.scalars(select(BarrierReport)).one()
    assert report.receipt in client.get(receipt).text
    mail = db.session.scalars(select(Job).where(Job.name == "core.send-mail")).one()
    assert "القراءة" not in mail.payload["text"]

    operator = sign_in(person(roles=(RoleName.OPERATOR,)))
    assert "لا أستطيع القراءة" in operator.get("/de/operator/barriers").text
    done = operator.post(f"/de/operator/barriers/{report.id}/handled")
    assert done.status_code == 303
    db.session.rollback()
    assert report.handled_at is not None
    assert client.get("/de/accessibility/report/" + report.receipt).status_code == 200


def test_nothing_said_and_a_wrong_address_come_back(context, client):
    answer = _send(client, contact="not an address", page="Startseite")
    assert answer.status_code == 422
    assert "not an address" in answer.text
    assert "Startseite" in answer.text
    assert _send(client, words="\u202e \u200b").status_code == 422
    assert db.session.scalars(select(BarrierReport)).all() == []


def test_a_flood_is_stopped_and_the_words_are_kept(context, client):
    for _ in range(10):
        assert _send(client).status_code == 303
    answer = _send(client, words="Eine ganz lange Beschwerde über die Seite")
    assert answer.status_code == 429
    assert "Eine ganz lange Beschwerde" in answer.text


def test_a_made_up_receipt_is_nothing(client):
    assert client.get("/de/accessibility/report/AAAA-BBBB-CCCC").status_code == 404


def test_reports_are_for_operators(context, client, sign_in):
    assert client.get("/de/operator/barriers").status_code == 401
    assert sign_in(person()).get("/de/operator/barriers").status_code == 403


def test_reports_cost_the_same_for_ten_and_for_a_thousand(context, sign_in, queries):
    from app.core import clock
    from app.core.transactions import transaction

    operator = sign_in(person(roles=(RoleName.OPERATOR,)))
    counts = []
    for number in (10, 990):
        with transaction() as session:
            session.add_all(
                BarrierReport(receipt=f"{number}-{n}", words="x", at=clock.now())
                for n in range(number)
            )
        queries.clear()
        page = operator.get("/de/operator/barriers")
        assert page.text.count("<article") == min(number, 20)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
