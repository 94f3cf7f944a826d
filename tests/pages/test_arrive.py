"""Arriving: start page, language, health, the mail folder, where an operator starts."""

import dataclasses
from datetime import timedelta

from sqlalchemy import select

from app.accounts.models import RoleName
from app.core import clock, jobs, mail
from app.core.db import db
from app.core.transactions import transaction
from app.rounds.models import Window
from app.rounds.states import Activity
from tests.factories.accounts import person
from tests.factories.rounds import dialogue, round_


def test_the_start_page_speaks_the_language_of_the_browser(client):
    answer = client.get("/", headers={"Accept-Language": "ar"})
    assert answer.status_code == 302
    assert answer.location.endswith("/ar/")
    page = client.get("/ar/")
    assert page.status_code == 200
    assert 'dir="rtl"' in page.text


def test_an_empty_instance_has_a_start_page(client):
    page = client.get("/de/")
    assert page.status_code == 200
    assert page.text.count("<h1") == 1


def test_what_ends_first_comes_first(context, client):
    plan = dialogue()
    soon = round_(plan, number=1, open_=[Activity.COMMENT])
    with transaction():
        window = db.session.scalars(select(Window).where(Window.round_id == soon.id)).one()
        window.closes_at = clock.now() + timedelta(days=2)
    newer = round_(plan, number=2, open_=[Activity.COMMENT], opened_at=clock.now())
    button = 'class="kern-btn kern-btn--primary" href="/en/rounds/{}"'.format
    assert button(soon.id) in client.get("/en/").text
    clock.tick(timedelta(days=3))
    assert button(newer.id) in client.get("/en/").text


def test_health_names_database_and_queue(client):
    health = client.get("/health").get_json()
    assert health["status"] == "ok"
    assert health["database"] == "sqlite"
    assert health["worker"] == "ok"


def test_the_mail_folder_is_the_demonstration_s_alone(app, context, client):
    assert client.get("/de/demonstration/mails").status_code == 404
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = dataclasses.replace(before, demonstration=True)
    try:
        with transaction():
            mail.queue("a@example.org", "Hello <b>", "Open http://localhost/de/ please")
        jobs.run_due()
        page = client.get("/de/demonstration/mails")
        assert "Hello &lt;b&gt;" in page.text
        assert client.get("/de/demonstration/mails/nothing").status_code == 404
        name = next(mail.mail_folder(before).glob("*.eml")).stem
        letter = client.get(f"/de/demonstration/mails/{name}")
        assert 'href="http://localhost/de/"' in letter.text
    finally:
        app.config["SETTINGS"] = before
        for file in mail.mail_folder(before).glob("*.eml"):
            file.unlink()


def test_the_operator_s_start_is_for_operators(context, client, sign_in):
    assert client.get("/de/operator").status_code == 401
    assert sign_in(person()).get("/de/operator").status_code == 403
    page = sign_in(person(roles=(RoleName.OPERATOR,))).get("/de/operator")
    assert page.status_code == 200
    assert "/de/operator/legal" in page.text
