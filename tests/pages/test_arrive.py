"""Arriving: start page, language, health, the mail folder, where an operator starts."""

import dataclasses

from app.accounts.models import RoleName
from app.core import jobs, mail
from app.core.transactions import transaction
from tests.factories.accounts import person


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
