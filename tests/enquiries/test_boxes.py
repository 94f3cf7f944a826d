"""Boxes with a named role, and answers for everybody."""

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.search import keeping
from app.enquiries.models import Faq, QuestionBox
from app.enquiries.states import EnquiryState
from tests.factories.enquiries import box, enquiry, faq
from tests.factories.plan import measure, plan

FORM = {
    "title": "Fragen zum Dolmetschen",
    "about": "Wer dolmetscht?",
    "language": "de",
    "role": "Ansprechperson Sprachmittlung",
    "days": "7",
}


def _boxes() -> list[QuestionBox]:
    db.session.rollback()
    return list(db.session.scalars(select(QuestionBox).order_by(QuestionBox.id)))


@pytest.mark.both
def test_a_unit_opens_a_box_and_closes_it(place, client, sign_in):
    about = measure(plan(), "Ankommen")
    kim = sign_in(place.kim)
    data = FORM | {"unit": str(place.unit.id), "measure": str(about.id)}
    assert kim.post("/de/question-boxes/new", data=data).status_code == 303
    made = _boxes()[1]
    page = client.get(f"/de/question-boxes/{made.id}").text
    for words in ("Ansprechperson Sprachmittlung", "innerhalb von 7 Tagen", "Ankommen"):
        assert words in page
    edit = f"/de/question-boxes/{made.id}/edit"
    assert "Sprachmittlung" in kim.get(edit).text
    assert kim.post(edit, data=data | {"closed": "y"}).status_code == 303
    assert client.get(f"/de/question-boxes/{made.id}/ask").status_code == 403
    assert kim.post(edit, data=data).status_code == 303
    assert client.get(f"/de/question-boxes/{made.id}/ask").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "kim@example.org"},
        {"role": "Kim, Tel. 0511 168-0"},
        {"days": "0"},
        {"title": "Fragen zum Ehrenamt"},
        {"unit": "99"},
    ],
)
def test_a_role_is_no_address(place, sign_in, wrong):
    data = FORM | {"unit": str(place.unit.id)} | wrong
    answer = sign_in(place.kim).post("/de/question-boxes/new", data=data)
    assert answer.status_code == 422
    assert "Wer dolmetscht?" in answer.text
    assert len(_boxes()) == 1


def test_not_for_another_unit(place, client, sign_in):
    assert client.get("/de/question-boxes/new").status_code == 401
    assert sign_in(place.amal).get("/de/question-boxes/new").status_code == 403
    data = FORM | {"unit": str(place.unit.id)}
    assert sign_in(place.other).post("/de/question-boxes/new", data=data).status_code == 422
    edit = f"/de/question-boxes/{place.box.id}/edit"
    assert sign_in(place.other).get(edit).status_code == 403
    assert sign_in(place.operator).get(edit).status_code == 200
    assert (
        sign_in(place.other).get(f"/de/question-boxes/{place.box.id}/faqs/new").status_code == 403
    )


@pytest.mark.both
def test_an_answer_for_everybody_in_other_words(place, client, sign_in):
    asked = enquiry(place.box)
    kim, desk = sign_in(place.kim), f"/de/desk/questions/{asked.id}"
    data = {"question": "Bin ich versichert?", "answer": "Ja, immer.", "language": "de"}
    assert kim.post(f"{desk}/publish", data=data).status_code == 409, "first whoever asked"
    kim.post(desk, data={"reply": "Ja, immer. Auch bei Frau Sommer."})
    assert kim.post(f"{desk}/publish", data=data | {"question": asked.body}).status_code == 422
    assert kim.post(f"{desk}/publish", data=data).status_code == 303
    assert kim.post(f"{desk}/publish", data=data).status_code == 409
    db.session.rollback()
    made = db.session.scalars(select(Faq)).one()
    assert "Ja, immer." in client.get(f"/de/faqs/{made.id}").text
    assert f"/de/faqs/{made.id}" in client.get("/de/search?q=versichert").text
    assert "Sommer" not in client.get(f"/de/faqs/{made.id}").text

    edit = f"/de/faqs/{made.id}/edit"
    assert kim.post(edit, data=data | {"answer": "Ja, bis 2030."}).status_code == 303
    assert f"/de/faqs/{made.id}" in client.get("/de/search?q=2030&kind=answers").text
    assert sign_in(place.other).get(edit).status_code == 403
    assert kim.get(f"/de/faqs/{made.id}/withdraw").status_code == 200
    assert kim.post(f"/de/faqs/{made.id}/withdraw").status_code == 303
    assert client.get(f"/de/faqs/{made.id}").status_code == 404
    assert f"/de/faqs/{made.id}" not in client.get("/de/search?q=versichert").text
    assert kim.get(edit).status_code == 403
    assert not any(keeping.check())


def test_by_language_and_twenty_at_a_time(place, client):
    for n in range(22):
        faq(place.box, f"Frage {n:02}?")
    arabic = faq(place.box, "هل أنا مؤمَّن؟", language="ar")
    page = f"/de/question-boxes/{place.box.id}"
    first = client.get(page).text
    assert arabic.question in first
    assert "Frage 03?" in first
    assert "Frage 02?" not in first
    last = db.session.scalars(select(Faq.id).where(Faq.question == "Frage 03?")).one()
    assert "Frage 02?" in client.get(f"{page}?after={last}").text
    only = client.get(f"{page}?language=ar").text
    assert arabic.question in only
    assert "Frage 21?" not in only


def test_many_cost_no_more_than_few(place, client, sign_in, queries):
    faq(place.box)
    asked = enquiry(place.box)
    kim, counts = sign_in(place.kim), []
    pages = ("/questions-and-answers", f"/question-boxes/{place.box.id}", "/desk/questions")
    for more in (0, 30):
        for n in range(more):
            enquiry(box(place.unit, f"Thema {n}"), state=EnquiryState.OPEN)
            faq(place.box, f"Frage {n}?")
            enquiry(place.box)
        row = []
        for page in (*pages, f"/desk/questions/{asked.id}"):
            queries.clear()
            assert kim.get(f"/de{page}").status_code == 200
            row.append(len(queries))
        counts.append(row)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 8, counts
