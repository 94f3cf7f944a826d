"""In which language a comment is written: chosen, marked for who reads another, filtered."""

import re

import pytest
from sqlalchemy import select

from app.comments.models import Comment
from app.core.db import db
from tests.factories.comments import comment


def _order(page: str) -> list[int]:
    return [int(id) for id in re.findall(r'<li id="c(\d+)"', page)]


def _main(page: str) -> str:
    return page.split('id="comments"')[1]


@pytest.mark.parametrize(
    ("typed", "kept"), [({}, "de"), ({"language": "ar"}, "ar"), ({"language": "xx"}, None)]
)
def test_the_language_one_writes_in(place, sign_in, typed, kept):
    data = {"form_key": "k", "body": "مرحبا", **typed}
    answer = sign_in(place.amal).post(place.post, data=data)
    assert answer.status_code == (303 if kept else 422)
    db.session.rollback()
    assert list(db.session.scalars(select(Comment.language))) == ([kept] if kept else [])


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("We need more benches in the park", "en"),
        ("Bu öneri çok güzel ve faydalı", "tr"),
        ("Super", "ar"),  # too short to tell: that of the page
    ],
)
def test_left_open_the_text_tells(place, sign_in, body, kept):
    path = place.post.replace("/de/", "/ar/")
    sign_in(place.amal).post(path, data={"form_key": "k", "body": body, "language": ""})
    db.session.rollback()
    assert list(db.session.scalars(select(Comment.language))) == [kept]


def test_its_author_corrects_it(place, sign_in, client):
    made = comment(place.proposal, author=place.amal, body="Super", language="de")
    amal = sign_in(place.amal)
    assert "In welcher Sprache ist es geschrieben?" in amal.get(f"/de/comments/{made.id}/edit").text
    path = f"/de/comments/{made.id}/edit"
    assert amal.post(path, data={"body": "Super", "language": "xx"}).status_code == 422
    assert amal.post(path, data={"body": "Super", "language": "tr"}).status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Comment.language)).all() == ["tr"]
    page = client.get(f"/de/comments/{made.id}").text
    assert "<bdi>Türkçe</bdi>" in page
    assert "/versions" not in page, "the text is the same"
    assert _order(client.get(f"{place.page}?language=tr").text) == [made.id]


def test_marked_for_who_reads_another(place, client):
    comment(place.proposal, body="مرحبا", language="ar")
    for tag, marked in (("de", True), ("ar", False)):
        page = _main(client.get(place.page.replace("/de/", f"/{tag}/")).text)
        assert ("<bdi>العربية</bdi>" in page) is marked
    assert "<bdi>العربية</bdi>" in client.get(f"/en/comments/{_only()}").text


def _only() -> int:
    db.session.rollback()
    return db.session.scalars(select(Comment.id)).one()


def test_one_language_only(place, client):
    german = [comment(place.proposal).id for _ in range(2)]
    arabic = comment(place.proposal, language="ar").id
    assert _order(client.get(f"{place.page}?language=ar").text) == [arabic]
    page = client.get(f"{place.page}?language=de&order=oldest").text
    assert _order(page) == german
    assert "order=oldest" in _main(page)
    assert _order(client.get(f"{place.page}?language=xx").text) == [arabic, *german[::-1]]
    assert _order(client.get(f"{place.page}?language=en").text) == []


def test_no_filter_where_all_is_in_one_language(place, client):
    comment(place.proposal)
    assert "language=" not in _main(client.get(place.page).text)
