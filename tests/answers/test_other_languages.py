"""What a unit has answered, in the languages that the round promises."""

from types import SimpleNamespace

import pytest

from app.answers.models import Answer
from app.answers.states import AnswerState, Outcome
from app.core.db import db
from app.core.transactions import transaction
from app.rounds.models import Procedure
from tests.factories.accounts import person
from tests.factories.answers import answer
from tests.factories.organisations import unit
from tests.factories.proposals import proposal
from tests.factories.rounds import dialogue, round_

RULES = Procedure(who_decides="Der Rat.", languages=["de", "ar", "de-simple"])


@pytest.fixture
def place(context):
    made = SimpleNamespace(mo=person("Mo"), omar=person("Omar"), else_=person("Else"))
    made.unit = unit("Amt für Wohnen", made.omar)
    unit("Anderes Amt", made.else_)
    made.dialogue = dialogue(moderator=made.mo)
    made.round = round_(made.dialogue, procedure=RULES)
    made.answer = _given(made, title="Treffpunkt", reason="Wir bauen ihn.")
    made.page = f"proposals/{made.answer.proposal_id}"
    made.arabic = f"/en/subjects/{made.answer.id}/translations/ar"
    made.list = f"/en/dialogues/{made.dialogue.id}/translations"
    return made


def _given(made, *, title, **words):
    return answer(
        proposal(made.round, title=title),
        made.unit,
        outcome=Outcome.DECLINED,
        state=AnswerState.PUBLISHED,
        **words,
    )


def _write(browser, address, **words):
    of = browser.get(address).text.split('name="of" type="hidden" value="')[1].split('"')[0]
    return browser.post(address, data={"of": of, **words})


def test_the_unit_writes_it_and_readers_of_the_language_read_it(place, sign_in, client):
    browser = sign_in(place.omar)
    assert place.arabic in browser.get(f"/en/{place.page}").text
    sent = _write(browser, place.arabic, reason="سنبنيه.")
    assert sent.status_code == 303
    assert sent.headers["Location"].endswith(f"/en/{place.page}#answer")
    read = client.get(f"/ar/{place.page}").text
    assert "سنبنيه." in read
    assert "Wir bauen ihn." not in read
    assert "Amt für Wohnen" in read
    original = client.get(f"/ar/{place.page}?original=1").text
    assert "Wir bauen ihn." in original
    assert "سنبنيه." not in original
    assert "Wir bauen ihn." in client.get(f"/en/{place.page}").text
    assert place.arabic not in browser.get(f"/en/{place.page}").text, "it is there now"


def test_words_for_each_chamber_too(place, sign_in, client):
    both = _given(
        place, title="Bus", reason="Ja.", to_chambers=True, to_organisations="A", to_persons="B"
    )
    address = f"/en/subjects/{both.id}/translations/ar"
    assert _write(sign_in(place.omar), address, to_persons="للناس").status_code == 303
    read = client.get(f"/ar/proposals/{both.proposal_id}").text
    assert "للناس" in read
    assert ">A</p>" in read, "what is not translated stays as it is"


def test_moderators_see_what_is_missing_and_where_it_is_written(place, sign_in):
    moderator, cockpit = sign_in(place.mo), f"/en/dialogues/{place.dialogue.id}/moderate"
    there = f"/en/{place.page}#answer"
    before = moderator.get(cockpit).text
    assert moderator.get(place.list).text.count(there) == 2, "in Arabic and in Leichte Sprache"
    _write(sign_in(place.omar), place.arabic, reason="سنبنيه.")
    assert moderator.get(place.list).text.count(there) == 1
    assert "3 texts are missing" in before
    assert "2 texts are missing" in moderator.get(cockpit).text
    with transaction():
        db.session.get_one(Answer, place.answer.id).easy = "Die Stadt baut ihn."
    assert there not in moderator.get(place.list).text, "the unit has written Leichte Sprache"


def test_what_was_translated_before_the_answer_changed_is_marked(place, sign_in, client):
    _write(sign_in(place.omar), place.arabic, reason="سنبنيه.")
    with transaction():
        db.session.get_one(Answer, place.answer.id).reason = "Wir bauen zwei."
    assert "تغيّر" in client.get(f"/ar/{place.page}").text
    assert "original has changed" in sign_in(place.mo).get(place.list).text
    assert place.arabic in sign_in(place.omar).get(f"/en/{place.page}").text


def test_nobody_else_puts_words_into_its_mouth(place, sign_in, client):
    for browser, wanted in ((client, 401), (sign_in(place.mo), 403), (sign_in(place.else_), 403)):
        assert browser.get(place.arabic).status_code == wanted
        sent = browser.post(place.arabic, data={"of": "x", "reason": "لا"})
        assert sent.status_code == wanted
        assert place.arabic not in browser.get(f"/en/{place.page}").text


def test_an_answer_that_is_not_published_is_not_translated(place, sign_in):
    draft = answer(proposal(place.round), place.unit, outcome=Outcome.DECLINED, reason="Nein.")
    address = f"/en/subjects/{draft.id}/translations/ar"
    assert sign_in(place.omar).get(address).status_code == 404


def test_one_answer_or_ten_cost_the_list_as_much(place, sign_in, queries):
    browser = sign_in(place.mo)
    counts = []
    for more in (0, 9):
        for number in range(more):
            _given(place, title=f"Idee {number}", reason="Nein.")
        browser.get(place.list)
        queries.clear()
        browser.get(place.list)
        counts.append(len(queries))
    assert counts[0] == counts[1]
