"""A unit talks about an answer among its people, and a second person approves it."""

import pytest
from sqlalchemy import select

from app.answers.models import Answer, AnswerNote, AnswerTemplate
from app.answers.states import AnswerState, Outcome
from app.core.db import db
from app.organisations.models import Unit
from tests.factories.answers import answer
from tests.factories.proposals import proposal


@pytest.fixture
def prepared(place):
    one = proposal(place.round, title="Sprachcafé")
    return answer(one, place.unit, outcome=Outcome.DECLINED, by_id=place.clerk.id)


def _state(id):
    db.session.rollback()
    return db.session.get_one(Answer, id).state


def _want(place, browser, wanted="yes"):
    path = f"/en/units/{place.unit.id}/answers"
    assert browser.post(path, data={"wanted": wanted}).status_code == 303


def test_notes_are_seen_by_the_unit_and_never_public(place, prepared, sign_in, client):
    path = f"/en/answers/{prepared.id}/notes"
    sent = {"body": "Das Amt nebenan fragen?"}
    assert sign_in(place.clerk).post(path, data=sent).status_code == 303
    sign_in(place.clerk).post(path, data=sent)  # sent twice is once
    assert sign_in(place.colleague).get(path).text.count("Das Amt nebenan fragen?") == 1
    assert "1 note" in sign_in(place.colleague).get(f"/en/answers/{prepared.id}/prepare").text
    for somebody in (place.other_clerk, place.moderator, place.stranger):
        assert sign_in(somebody).get(path).status_code == 404
    sign_in(place.clerk).post(f"/en/answers/{prepared.id}/publish", data={"edition": 1})
    assert _state(prepared.id) is AnswerState.PUBLISHED
    for page in (f"proposals/{prepared.proposal_id}", f"answers/{prepared.id}/versions"):
        assert "nebenan" not in client.get(f"/en/{page}").text
    assert sign_in(place.other_clerk).get(path).status_code == 404


def test_an_empty_note_is_refused(place, prepared, sign_in):
    reply = sign_in(place.clerk).post(f"/en/answers/{prepared.id}/notes", data={"body": " "})
    assert reply.status_code == 422
    assert db.session.scalar(select(AnswerNote)) is None


def test_a_second_person_approves_before_it_is_public(place, prepared, sign_in):
    clerk, colleague = sign_in(place.clerk), sign_in(place.colleague)
    _want(place, clerk)
    typed = {"edition": 1, "outcome": "declined", "reason": "Kein Raum."}
    clerk.post(f"/en/answers/{prepared.id}/prepare", data=typed)
    publish, approve = (f"/en/answers/{prepared.id}/{act}" for act in ("publish", "approve"))
    assert clerk.post(publish, data={"edition": 2}).status_code == 403
    assert clerk.post(approve, data={"edition": 2}).status_code == 403  # wrote it
    assert sign_in(place.other_clerk).post(approve, data={"edition": 2}).status_code == 404
    assert "waits for a second person" in colleague.get("/en/answers?show=to-approve").text
    assert "Approve" in colleague.get(f"/en/answers/{prepared.id}/preview").text
    assert colleague.post(approve, data={"edition": 1}).status_code == 409  # read an older one
    assert colleague.post(approve, data={"edition": 2}).status_code == 303
    assert clerk.post(publish, data={"edition": 2}).status_code == 303
    assert _state(prepared.id) is AnswerState.PUBLISHED


def test_what_is_changed_after_the_approval_needs_it_again(place, prepared, sign_in):
    clerk, colleague = sign_in(place.clerk), sign_in(place.colleague)
    _want(place, clerk)
    typed = {"edition": 1, "outcome": "declined", "reason": "Kein Raum."}
    clerk.post(f"/en/answers/{prepared.id}/prepare", data=typed)
    colleague.post(f"/en/answers/{prepared.id}/approve", data={"edition": 2})
    clerk.post(f"/en/answers/{prepared.id}/prepare", data={**typed, "edition": 2})
    _want(place, clerk, "no")  # what was prepared meanwhile still needs it
    path = "/en/answers/publish"
    assert clerk.post(path, data={"answer": f"{prepared.id}.3"}).status_code in (403, 409)
    assert _state(prepared.id) is AnswerState.PREPARED


def test_only_the_unit_decides_how_it_works(place, sign_in):
    path = f"/en/units/{place.unit.id}/answers"
    for somebody in (place.other_clerk, place.moderator):
        assert sign_in(somebody).get(path).status_code == 403
        assert sign_in(somebody).post(path, data={"wanted": "yes"}).status_code == 403
    assert db.session.get_one(Unit, place.unit.id).second_person is False


def test_texts_to_begin_with(place, prepared, sign_in):
    clerk = sign_in(place.clerk)
    path = f"/en/units/{place.unit.id}/answers/templates"
    sent = {"title": "Kein Geld", "body": "Dafür ist kein Geld da."}
    clerk.post(path, data=sent)
    clerk.post(path, data={**sent, "body": "In diesem Jahr nicht."})
    page = clerk.get(f"/en/answers/{prepared.id}/prepare").text
    assert "In diesem Jahr nicht." in page
    assert "Dafür ist kein Geld da." not in page
    assert clerk.post(path, data={"title": "", "body": "Getippt"}).status_code == 422
    db.session.rollback()
    template = db.session.scalars(select(AnswerTemplate)).one()
    other = f"/en/units/{place.other_unit.id}/answers/templates/{template.id}/remove"
    assert sign_in(place.other_clerk).post(other).status_code == 404
    assert clerk.post(f"{path}/{template.id}/remove").status_code == 303
    db.session.rollback()
    assert db.session.scalar(select(AnswerTemplate)) is None


def test_the_desk_says_what_is_overdue(place, sign_in):
    late = answer(proposal(place.round, title="Zu spät"), place.unit, due_in=-2)
    answer(proposal(place.round, title="Noch Zeit"), place.unit)
    page = sign_in(place.clerk).get("/en/answers?show=overdue").text
    assert late.proposal_id
    assert "Zu spät" in page
    assert "Noch Zeit" not in page
