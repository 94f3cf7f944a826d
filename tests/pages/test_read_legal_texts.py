"""Imprint, privacy, rules and the accessibility statement, and how the operator changes them."""

import pytest

from app.accounts.models import RoleName
from tests.factories.accounts import person

PAGES = ("imprint", "privacy", "rules", "accessibility")


@pytest.mark.parametrize("language", ["de", "en", "ar"])
@pytest.mark.parametrize("page", PAGES)
def test_every_text_is_there_from_the_start(client, page, language):
    answer = client.get(f"/{language}/legal/{page}")
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    for other in PAGES:
        assert f"/{language}/legal/{other}" in answer.text


def _operator(sign_in):
    return sign_in(person("Ola", roles=(RoleName.OPERATOR,)))


def test_the_operator_previews_and_puts_a_new_version_into_force(context, sign_in, client):
    browser = _operator(sign_in)
    address = "/de/operator/legal/imprint/de"
    assert client.get("/de/legal/imprint").status_code == 200
    preview = browser.post(address, data={"body": "# Neu\n\nHausanschrift", "preview": "1"})
    assert preview.status_code == 200
    assert "Hausanschrift</p>" in preview.text
    assert "Hausanschrift" not in client.get("/de/legal/imprint").text
    assert browser.post(address, data={"body": "Hausanschrift"}).status_code == 303
    assert "Hausanschrift" in client.get("/de/legal/imprint").text
    assert browser.post(address, data={"body": "Andere Anschrift"}).status_code == 303
    page = client.get("/de/legal/imprint").text
    assert "Andere Anschrift" in page
    assert "Hausanschrift" not in page


def test_a_text_that_is_not_there_in_my_language_says_so(context, sign_in, client):
    _operator(sign_in).post("/de/operator/legal/rules/de", data={"body": "Nur deutsch"})
    page = client.get("/ar/legal/rules").text
    assert "Nur deutsch" in page
    assert 'lang="de"' in page
    assert "note--info" in page


def test_scripts_in_a_text_stay_text(context, sign_in, client):
    body = "<script>alert(1)</script> [x](javascript:alert(1))"
    _operator(sign_in).post("/de/operator/legal/rules/de", data={"body": body})
    page = client.get("/de/legal/rules").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_only_operators_write_them(context, sign_in, client):
    address = "/de/operator/legal/rules/de"
    assert client.get(address).status_code == 401
    assert sign_in(person()).post(address, data={"body": "x"}).status_code == 403
    assert _operator(sign_in).get("/de/operator/legal/nothing/de").status_code == 404


def test_what_is_too_long_comes_back(context, sign_in):
    body = "wort " * 13_000
    answer = _operator(sign_in).post("/de/operator/legal/rules/de", data={"body": body})
    assert answer.status_code == 422
    assert body.strip() in answer.text
