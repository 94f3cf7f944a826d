"""A change of a published answer that waits is refused with a reason, and nothing of it is lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app.answers import commands, queries
from app.answers.models import AnswerVersion
from app.answers.states import Outcome
from app.core import blocks
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.organisations.models import Unit
from app.plan import commands as plan
from app.plan.models import Measure
from tests.factories.answers import answer
from tests.factories.plan import measure
from tests.factories.proposals import proposal

TYPED = {
    "edition": 1,
    "outcome": "adopted",
    "reason": "Nun doch.",
    "why": "Raum gefunden.",
    "description": "Ein Sprachcafé öffnet am Abend.",
}
REFUSAL = "Die Zusage liegt noch nicht vor."


@pytest.fixture
def given(place):
    made = answer(proposal(place.round), place.unit, outcome=Outcome.DECLINED, reason="Kein Raum.")
    with transaction():
        owed = queries.get(made.id)
        assert owed is not None
        commands.publish(owed, by=SYSTEM)
        db.session.get_one(Unit, place.unit.id).second_person = True
    return made


@pytest.fixture
def page(given):
    return f"/en/answers/{given.id}"


@pytest.fixture
def waits(place, page, sign_in):
    """A change that puts its text after the first paragraph of a measure."""
    made = measure(place.plan, "Ankommen", fields=(place.field,))
    with transaction():
        found = db.session.get_one(Measure, made.id)
        plan.change_measure(found, description="Eins.\n\nZwei.", reason="x", by=SYSTEM)
    [first, _second] = blocks.of(made.id)["description"]
    typed = {**TYPED, "measure": str(made.id), "place": f"after-{first.id}"}
    assert sign_in(place.clerk).post(f"{page}/correct", data=typed).status_code == 303
    return typed


def _refuse(browser, page, **more):
    return browser.post(
        f"{page}/versions/2/refuse", data={"edition": 1, "refusal": REFUSAL, **more}
    )


def _sent_by(page):
    """What a form would send if one pressed its button at once."""
    found = dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page))
    for tag in re.findall(r"<input [^>]*\bchecked\b[^>]*>", page):
        found |= dict(re.findall(r'name="(\w+)".*?value="([^"]*)"', tag))
    chosen = r'<select[^>]*name="(\w+)"[^>]*>(?:(?!</select>).)*?<option selected value="([^"]*)"'
    return found | dict(re.findall(chosen, page, re.S))


@pytest.mark.both
def test_who_wrote_it_reads_why_and_takes_it_up_again(place, given, page, waits, sign_in, client):
    clerk, colleague = sign_in(place.clerk), sign_in(place.colleague)
    asked = colleague.get("/en/inbox").text
    assert "A change of an answer of your unit waits for a second person" in asked
    assert f'href="{page}/versions"' in asked
    assert "waits for a second person" not in clerk.get("/en/inbox").text
    assert "Refuse, with a reason" in colleague.get(f"{page}/versions").text
    assert _refuse(colleague, page).status_code == 303
    inbox = clerk.get("/en/inbox").text
    assert "Your change of an answer was refused, with a reason" in inbox
    assert f'href="{page}/versions"' in inbox
    seen = clerk.get(f"{page}/versions").text
    assert REFUSAL in seen
    assert "Refused by" in seen
    assert "Approve" not in colleague.get(f"{page}/versions").text
    assert REFUSAL in colleague.get(f"{page}/notes").text, "it stays among the notes"
    form = clerk.get(f"{page}/correct").text
    assert REFUSAL in form
    for name in ("outcome", "reason", "why", "description", "measure", "place"):
        assert _sent_by(form)[name] == waits[name], name
    again = {**waits, "why": "Nun zugesagt."}
    assert clerk.post(f"{page}/correct", data=again).status_code == 303
    assert REFUSAL not in clerk.get(f"{page}/versions").text
    assert colleague.post(f"{page}/versions/2/approve", data={"edition": 1}).status_code == 409
    assert colleague.post(f"{page}/versions/2/approve", data={"edition": 2}).status_code == 303
    public = client.get(f"{page}/versions").text
    assert "Nun zugesagt." in public
    assert "Version 3" not in public
    db.session.rollback()
    text = db.session.get_one(Measure, int(waits["measure"])).description
    assert text.split("\n\n") == ["Eins.", TYPED["description"], "Zwei."]


def test_nobody_else_learns_of_it(place, given, page, waits, sign_in, client):
    for somebody in (place.other_clerk, place.moderator, place.stranger):
        assert _refuse(sign_in(somebody), page).status_code == 403
    assert _refuse(client, page).status_code == 401
    _refuse(sign_in(place.colleague), page)
    for browser in (client, sign_in(place.stranger)):
        for path in (f"{page}/versions", f"/en/proposals/{given.proposal_id}"):
            text = browser.get(path).text
            assert REFUSAL not in text
            assert TYPED["reason"] not in text
    db.session.rollback()
    told = db.session.scalars(
        select(Notice.person_id).where(Notice.kind == Kind.CORRECTION_REFUSED)
    ).all()
    assert told == [place.clerk.id]


def test_not_without_a_reason_nor_one_s_own(place, page, waits, sign_in):
    colleague = sign_in(place.colleague)
    empty = _refuse(colleague, page, refusal=" ")
    assert empty.status_code == 422
    assert "<details open>" in empty.text
    assert _refuse(colleague, page, refusal="x" * 1001).status_code == 422
    assert _refuse(colleague, page, edition=2).status_code == 409
    own = _refuse(sign_in(place.clerk), page)
    assert own.status_code == 409
    assert "Refuse, with a reason" not in sign_in(place.clerk).get(f"{page}/versions").text
    db.session.rollback()
    assert queries.waiting(db.session.scalars(select(AnswerVersion.answer_id)).first() or 0)


def test_what_is_refused_is_neither_approved_nor_placed_nor_refused_again(
    place, page, waits, sign_in
):
    colleague = sign_in(place.colleague)
    _refuse(colleague, page)
    late = _refuse(colleague, page, refusal="Noch ein Grund.")
    assert late.status_code == 409
    assert "Noch ein Grund." in late.text, "what was typed is kept"
    assert colleague.post(f"{page}/versions/2/approve", data={"edition": 1}).status_code == 409
    assert colleague.get(f"{page}/versions/2/place").location.endswith("/versions")


def test_what_waits_stands_on_the_desk_until_it_is_decided(place, page, waits, sign_in):
    desk = sign_in(place.colleague), "/en/answers?show=to-approve"
    found = desk[0].get(desk[1]).text
    assert f'href="{page}/versions"' in found
    assert "waits for a second person" in found
    assert sign_in(place.other_clerk).get(desk[1]).text.count(f"{page}/versions") == 0
    _refuse(desk[0], page)
    assert f'href="{page}/versions"' not in desk[0].get(desk[1]).text


def test_one_can_also_begin_with_what_is_published(place, page, waits, sign_in):
    _refuse(sign_in(place.colleague), page)
    form = sign_in(place.clerk).get(f"{page}/correct?published=1").text
    assert "Kein Raum." in form
    assert TYPED["why"] not in form
    assert "Take up what was refused" in form


@pytest.mark.both
def test_approved_or_refused_but_not_both(place, given, page, waits, sign_in):
    third = sign_in(place.colleague), sign_in(place.colleague)
    start = Barrier(2)

    def decide(number):
        start.wait()
        if number:
            return _refuse(third[1], page).status_code
        return third[0].post(f"{page}/versions/2/approve", data={"edition": 1}).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, range(2))) == [303, 409]
    db.session.rollback()
    newest = db.session.scalars(select(AnswerVersion).where(AnswerVersion.number == 2)).one()
    assert (newest.published_at is None) == (newest.refusal_id is not None)
