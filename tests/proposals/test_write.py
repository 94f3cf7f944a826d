"""Writing a proposal: words, draft, preview; a newer text is never overwritten in silence."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.organisations.models import MandateRole
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds.models import Audience, Procedure
from tests.conftest import NOW
from tests.factories.accounts import person
from tests.factories.organisations import mandate
from tests.factories.plan import field, plan
from tests.factories.proposals import proposal
from tests.factories.rounds import DAY, round_
from tests.proposals.conftest import WORDS


def _only() -> Proposal:
    db.session.rollback()
    return db.session.scalars(select(Proposal)).one()


def _key(page) -> str:
    found = re.search(r'name="form_key"[^>]*value="([^"]+)"', page.text)
    assert found
    return found[1]


def test_words_then_preview(hall, sign_in):
    browser = sign_in(hall.rosa)
    form = browser.get(hall.new)
    assert form.status_code == 200
    assert "Beispielverein" in form.text
    assert "6,000" in form.text
    sent = {
        **WORDS,
        "field": hall.field.id,
        "form_key": _key(form),
        "speaking_as": hall.verein.id,
        "action": "preview",
    }
    answer = browser.post(hall.new, data=sent)
    made = _only()
    assert answer.status_code == 303
    assert answer.location.endswith(f"/en/proposals/{made.id}/preview")
    assert (made.title, made.cost_cents, made.organisation_id) == (
        WORDS["title"],
        1_250_000,
        hall.verein.id,
    )
    assert (made.field_id, made.city_wide, made.state) == (hall.field.id, False, "draft")
    preview = browser.get(answer.location)
    for words in ("<strong>fester</strong>", "Ricklingen", "Hand in", "Change", "Wohnen"):
        assert words in preview.text


def test_a_draft_needs_nothing_a_preview_needs_title_and_text(hall, sign_in):
    browser = sign_in(hall.amal)
    wrong = browser.post(hall.new, data={"body": "Only a text", "action": "preview"})
    assert wrong.status_code == 422
    assert "Only a text" in wrong.text
    assert "Please fill in this field." in wrong.text
    assert db.session.scalar(select(func.count(Proposal.id))) == 0
    saved = browser.post(hall.new, data={"body": "Only a text", "action": "save", "form_key": "k"})
    assert saved.status_code == 303
    assert saved.location.endswith("/edit")
    assert "kept as a draft" in browser.get(saved.location).text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": "x" * 121}, "1 character too long"),
        ({"body": "x" * 6003}, "3 characters too long"),
        ({"cost": "a lot"}, "amount in euros"),
        ({"cost": "-5"}, "amount in euros"),
        ({"field": "999999"}, "valid choice"),
        ({"districts": ["77"]}, "valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_comes_back(hall, sign_in, values, said):
    answer = sign_in(hall.amal).post(
        hall.new, data={**WORDS, "goal": "Kept goal", **values, "action": "save"}
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert "Kept goal" in answer.text
    assert db.session.scalar(select(func.count(Proposal.id))) == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12500", 1_250_000),
        ("12,500", 1_250_000),
        ("12.500,50 €", 1_250_050),
        ("12,5", 1250),
        ("0", 0),
        ("1 000 000", 100_000_000),
        ("", None),
    ],
)
def test_amounts_as_people_write_them(hall, sign_in, typed, kept):
    sign_in(hall.amal).post(hall.new, data={**WORDS, "cost": typed})
    assert _only().cost_cents == kept


def test_a_field_of_another_plan_is_refused(hall, sign_in):
    other = field(plan())
    answer = sign_in(hall.amal).post(hall.new, data={**WORDS, "field": other.id})
    assert answer.status_code == 422


def test_sent_twice_it_is_one_draft_with_the_newest_words(hall, sign_in):
    browser = sign_in(hall.amal)
    data = {**WORDS, "form_key": "the same"}
    assert browser.post(hall.new, data=data).status_code == 303
    assert browser.post(hall.new, data=data).status_code == 303
    assert _only().edition == 1
    browser.post(hall.new, data={**data, "title": "A better title"})
    assert (_only().title, _only().edition) == ("A better title", 2)
    other = sign_in(hall.rosa).post(hall.new, data=data)
    assert other.status_code == 303
    db.session.rollback()
    assert db.session.scalar(select(func.count(Proposal.id))) == 2


def test_autosave_answers_with_the_edition(hall, sign_in):
    browser = sign_in(hall.amal)
    typed = {**WORDS, "form_key": "k", "action": "autosave"}
    first = browser.post(hall.new, data=typed)
    assert first.json["edition"] == 1
    assert "Kept as a draft" in first.json["said"]
    again = {**typed, "title": "More", "edition": "1"}
    second = browser.post(hall.new, data=again)
    assert (second.status_code, second.json["edition"]) == (200, 2)
    old = browser.post(hall.new, data={**again, "title": "Older"})
    assert old.status_code == 409
    assert "newer text" in old.json["said"]
    assert _only().title == "More"
    url = f"/en/proposals/{_only().id}/edit"
    third = browser.post(url, data={**again, "title": "Third", "edition": "2"})
    assert third.json["edition"] == 3
    wrong = browser.post(url, data={**again, "title": "x" * 300, "edition": "3"})
    assert wrong.status_code == 422
    assert wrong.json["said"]


def test_while_one_writes_one_may_choose_anew_for_whom(hall, sign_in):
    browser = sign_in(hall.rosa)
    typed = {**WORDS, "form_key": "k", "action": "autosave", "speaking_as": hall.verein.id}
    browser.post(hall.new, data=typed)
    assert _only().organisation_id == hall.verein.id
    browser.post(hall.new, data={**typed, "edition": "1", "speaking_as": ""})
    assert _only().organisation_id is None


def test_an_older_save_shows_both_texts(hall, sign_in):
    rosa, editor = sign_in(hall.rosa), sign_in(hall.editor)
    draft = proposal(
        hall.round, organisation=hall.verein, author=hall.rosa, state=ProposalState.DRAFT
    )
    url = f"/en/proposals/{draft.id}/edit"
    assert editor.post(url, data={**WORDS, "edition": "1", "body": "By the editor"}).location
    late = rosa.post(url, data={**WORDS, "edition": "1", "body": "By Rosa"})
    assert late.status_code == 409
    assert "By the editor" in late.text
    assert "By Rosa" in late.text
    assert _only().body == "By the editor"
    assert 'value="2"' in late.text
    assert rosa.post(url, data={**WORDS, "edition": "2", "body": "Both"}).status_code == 303
    assert _only().body == "Both"


def test_the_window_closes_while_one_types(hall, sign_in):
    browser = sign_in(hall.amal)
    form = browser.get(hall.new)
    with clock.frozen(NOW + 11 * DAY):
        answer = browser.post(hall.new, data={**WORDS, "form_key": _key(form), "action": "preview"})
        assert answer.status_code == 303
        page = browser.get(answer.location)
        assert "Your text is kept as a draft." in page.text
        assert ">Hand in<" not in page.text
        assert browser.get(hall.new).status_code == 403
    assert _only().title == WORDS["title"]


def test_the_sign_in_runs_out_while_one_types(hall, client):
    answer = client.post(hall.new, data=WORDS)
    assert answer.status_code == 401
    assert WORDS["body"] in answer.text
    assert 'name="kept"' in answer.text


def test_where_organisations_propose_a_person_does_not(hall, sign_in):
    only = round_(hall.dialogue, number=2, procedure=Procedure(who_proposes=Audience.ORGANISATIONS))
    url = f"/en/rounds/{only.id}/proposals/new"
    assert sign_in(hall.amal).get(url).status_code == 403
    assert sign_in(hall.amal).post(url, data=WORDS).status_code == 403
    browser = sign_in(hall.rosa)
    assert "You speak as" in browser.get(url).text
    assert browser.post(url, data=WORDS).status_code == 403
    assert browser.post(url, data={**WORDS, "speaking_as": hall.verein.id}).status_code == 303


def test_nobody_writes_for_a_foreign_organisation(hall, sign_in):
    data = {**WORDS, "speaking_as": hall.verein.id}
    assert sign_in(hall.amal).post(hall.new, data=data).status_code == 403
    member = person("Member")
    mandate(member, hall.verein, MandateRole.MEMBER)
    assert sign_in(member).post(hall.new, data=data).status_code == 403


def test_an_editor_begins_a_draft_that_others_hand_in(hall, sign_in):
    only = round_(hall.dialogue, number=2, procedure=Procedure(who_proposes=Audience.ORGANISATIONS))
    browser, url = sign_in(hall.editor), f"/en/rounds/{only.id}/proposals/new"
    assert "Make a proposal" in browser.get(f"/en/rounds/{only.id}").text
    assert "Beispielverein" in browser.get(url).text
    sent = {**WORDS, "speaking_as": hall.verein.id, "action": "preview"}
    answer = browser.post(url, data=sent, follow_redirects=True)
    assert "Only representatives and deputies can speak for an organisation." in answer.text
    made = _only()
    assert (made.organisation_id, made.author_id) == (hall.verein.id, hall.editor.id)
    assert browser.post(f"/en/proposals/{made.id}/submit", data={"edition": "1"}).status_code == 403
    assert sign_in(hall.rosa).get(f"/en/proposals/{made.id}/preview").status_code == 200


def test_what_is_handed_in_is_not_edited(hall, sign_in):
    made = proposal(hall.round, author=hall.amal)
    url = f"/en/proposals/{made.id}/edit"
    assert sign_in(hall.amal).get(url).status_code == 403
    assert sign_in(hall.amal).post(url, data={**WORDS, "edition": "1"}).status_code == 403


def test_two_of_an_organisation_write_one_text_and_see_who_kept_it_last(hall, sign_in, client):
    made = proposal(
        hall.round, author=hall.rosa, organisation=hall.verein, state=ProposalState.DRAFT
    )
    url, sent = f"/en/proposals/{made.id}/edit", {**WORDS, "edition": "1", "action": "save"}
    assert 'kept last by <bdi dir="auto">Rosa</bdi>' in sign_in(hall.rosa).get(url).text
    assert sign_in(hall.editor).post(url, data={**sent, "title": "New"}).status_code == 303
    assert 'kept last by <bdi dir="auto">Editor</bdi>' in sign_in(hall.rosa).get(url).text
    assert 'by <bdi dir="auto">Editor</bdi>' in sign_in(hall.rosa).get(hall.drafts).text
    late = sign_in(hall.rosa).post(url, data={**sent, "title": "Late"})
    assert late.status_code == 409
    assert "New" in late.text
    assert "Late" in late.text
    handed_in = {"edition": "2"}
    sign_in(hall.rosa).post(f"/en/proposals/{made.id}/submit", data=handed_in)
    page = f"/en/proposals/{made.id}"
    assert "Editor" in sign_in(hall.rosa).get(page).text
    assert "Editor" not in client.get(page).text
    assert "Editor" not in sign_in(hall.amal).get(page).text


@pytest.mark.both
def test_two_who_save_at_once_lose_no_words(hall, app, sign_in):
    made = proposal(
        hall.round, author=hall.rosa, organisation=hall.verein, state=ProposalState.DRAFT
    )
    url = f"/en/proposals/{made.id}/edit"
    typed = [f"The words of number {number}." for number in range(8)]
    browsers = [sign_in(who) for who in (hall.rosa, hall.editor) * 4]
    gate = Barrier(8)

    def run(pair):
        words, browser = pair
        gate.wait()
        with app.app_context():
            return browser.post(url, data={**WORDS, "body": words, "edition": "1"})

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(run, zip(typed, browsers, strict=True)))
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 7
    db.session.rollback()
    kept = db.session.get_one(Proposal, made.id).body
    for words, answer in zip(typed, answers, strict=True):
        if answer.status_code == 303:
            assert kept == words
        else:
            assert kept in answer.text
            assert words in answer.text
