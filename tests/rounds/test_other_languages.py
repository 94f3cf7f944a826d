"""What a dialogue says in the languages that its rounds promise; the rules in Leichte Sprache."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.languages import name_of
from app.core.transactions import transaction
from app.moderation.models import Summary, SummaryVersion
from app.rounds.models import Audience, ModerationMode, Procedure, Round, TranslatedText
from app.rounds.states import Activity, RoundState
from tests.factories.accounts import person
from tests.factories.rounds import dialogue, round_

RULES = Procedure(
    who_decides="Der Rat.", open_to_influence="Die Orte.", languages=["de", "ar", "tr", "de-simple"]
)


@pytest.fixture
def place(context):
    made = SimpleNamespace(mo=person("Mo"), else_=person("Else"), amal=person("Amal"))
    made.dialogue = dialogue(moderator=made.mo, title="Wohnen", question="Wo?")
    dialogue(moderator=made.else_)
    made.round = round_(made.dialogue, title="Aufruf", summary="Ideen sammeln.", procedure=RULES)
    made.list = f"/en/dialogues/{made.dialogue.id}/translations"
    made.cockpit = f"/en/dialogues/{made.dialogue.id}/moderate"
    made.arabic = f"/en/subjects/{made.round.id}/translations/ar"
    return made


def _of(page: str) -> str:
    return page.split('name="of" type="hidden" value="')[1].split('"')[0]


def _write(browser, address, **words):
    of = _of(browser.get(address).text)
    return browser.post(address, data={"of": of, **words})


def test_moderators_see_which_promised_language_lacks_what(place, sign_in):
    browser = sign_in(place.mo)
    cockpit = browser.get(place.cockpit).text
    for name in ("العربية", "Türkçe", "Leichte Sprache"):
        assert name in cockpit
        assert name in browser.get(place.list).text
    assert "2 texts are missing" in cockpit
    page = browser.get(place.list).text
    assert place.arabic in page
    assert f"/en/subjects/{place.dialogue.id}/translations/tr" in page
    assert 'translations/de"' not in page, "the original is in German"


def test_a_written_text_is_read_by_who_reads_that_language(place, sign_in, client):
    browser = sign_in(place.mo)
    sent = {"title": "نداء", "who_decides": "المجلس."}
    assert _write(browser, place.arabic, **sent).status_code == 303
    read = client.get(f"/ar/rounds/{place.round.id}").text
    assert "نداء" in read
    assert "المجلس." in read
    assert "Ideen sammeln." in read, "what is not translated stays as it is"
    assert "المجلس." in client.get(f"/ar/rounds/{place.round.id}/procedure").text
    assert "المجلس." not in client.get(f"/ar/rounds/{place.round.id}?original=1").text
    assert "نداء" not in client.get(f"/de/rounds/{place.round.id}").text
    assert place.arabic not in browser.get(place.list).text, "nothing is missing there any more"


def test_what_was_translated_before_the_original_changed_is_marked(place, sign_in, client):
    browser = sign_in(place.mo)
    _write(browser, place.arabic, title="نداء")
    with transaction():
        db.session.get_one(Round, place.round.id).summary = "Ideen für das Wohnen."
    assert "original has changed" in browser.get(place.list).text
    assert "تغيّر" in client.get(f"/ar/rounds/{place.round.id}").text
    assert _write(browser, place.arabic, title="نداء").status_code == 303
    assert place.arabic not in browser.get(place.list).text


def test_written_from_an_original_that_has_moved_on(place, sign_in):
    browser = sign_in(place.mo)
    of = _of(browser.get(place.arabic).text)
    with transaction():
        db.session.get_one(Round, place.round.id).title = "Ein anderer Aufruf"
    answer = browser.post(place.arabic, data={"of": of, "title": "نداء"})
    assert answer.status_code == 409
    assert "نداء" in answer.text
    assert "Ein anderer Aufruf" in answer.text
    db.session.rollback()
    assert not db.session.scalars(select(TranslatedText)).all()


def test_nothing_at_all_is_no_translation(place, sign_in):
    browser = sign_in(place.mo)
    assert _write(browser, place.arabic, title=" ").status_code == 422
    assert browser.get(place.arabic.replace("/ar", "/xx")).status_code == 404
    assert (
        browser.get(place.arabic.replace("translations/ar", "translations/de")).status_code == 404
    )


def test_only_the_moderators_of_the_dialogue_write(place, sign_in, client):
    of = _of(sign_in(place.mo).get(place.arabic).text)
    for browser, wanted in ((client, 401), (sign_in(place.amal), 403), (sign_in(place.else_), 403)):
        assert browser.get(place.list).status_code == wanted
        assert browser.get(place.arabic).status_code == wanted
        answer = browser.post(place.arabic, data={"of": of, "title": "x"})
        assert answer.status_code == wanted
    db.session.rollback()
    assert not db.session.scalars(select(TranslatedText)).all()


def test_a_summary_too(place, sign_in, client):
    with transaction():
        now = place.round.opened_at
        made = Summary(round_id=place.round.id, edition=1, published_at=now, changed_at=now)
        db.session.add(made)
        db.session.flush()
        said = {"agreement": "Alle wollen Bänke.", "by_id": place.mo.id, "at": now}
        db.session.add(SummaryVersion(summary_id=made.id, number=1, **said))
    browser, address = sign_in(place.mo), f"/en/subjects/{made.id}/translations/ar"
    assert "Summary of “Aufruf”" in browser.get(place.list).text
    assert _write(browser, address, agreement="الجميع يريد مقاعد.").status_code == 303
    page = f"/rounds/{place.round.id}/summary"
    assert "الجميع يريد مقاعد." in client.get(f"/ar{page}").text
    assert "Alle wollen Bänke." in client.get(f"/en{page}").text


def test_the_rules_in_leichter_sprache(place, sign_in, client):
    shown = client.get(f"/ar/rounds/{place.round.id}").text
    assert f"/ar/rounds/{place.round.id}/easy-rules" in shown
    page = client.get(f"/ar/rounds/{place.round.id}/easy-rules").text
    assert "Nur Vereine und Gruppen können Vorschläge machen." in page
    assert "Menschen stimmen geheim ab." in page
    assert "Jeder Mensch kann höchstens 5 Vorschläge machen." in page
    assert "Das dauert höchstens 42 Tage." in page
    assert "Vorschläge machen: vom 28. Februar 2027 bis zum 11. März 2027." in page
    assert "Er ist nicht in Leichter Sprache." in page
    assert "Was steht schon fest?" not in page, "nobody has said that anything is"
    easy = f"/en/subjects/{place.round.id}/translations/de-simple"
    sent = {"who_decides": "Das entscheidet der Rat.", "open_to_influence": "Das sind die Orte."}
    assert _write(sign_in(place.mo), easy, **sent).status_code == 303
    page = client.get(f"/de/rounds/{place.round.id}/easy-rules").text
    assert "Das entscheidet der Rat." in page
    assert "Er ist nicht in Leichter Sprache." not in page


def test_other_rules_other_sentences(context, client):
    other = Procedure(
        who_proposes=Audience.PERSONS,
        who_votes=Audience.ORGANISATIONS,
        moderation=ModerationMode.BEFORE,
        reaction_hours=1,
        proposals_per_author=1,
        cosponsors=2,
        answer_days=1,
    )
    made = round_(procedure=other, open_=(Activity.VOTE,))
    page = client.get(f"/de/rounds/{made.id}/easy-rules").text
    for sentence in (
        "Alle Menschen können Vorschläge machen.",
        "Nur Vereine und Gruppen können abstimmen.",
        "Die Moderation liest jeden Text zuerst.",
        "Das dauert höchstens 1 Stunde.",
        "Jeder Mensch kann 1 Vorschlag machen.",
        "2 andere Vereine müssen den Vorschlag auch wollen.",
        "Das dauert höchstens 1 Tag.",
    ):
        assert sentence in page
    assert "geheim" not in page


def test_every_sentence_is_short(context, client):
    """At most twelve words, and no clause that hangs on another one."""
    made = round_(procedure=RULES)
    page = client.get(f"/de/rounds/{made.id}/easy-rules").text
    body = page.split("<h2")[1:]
    sentences = [part.split("</p>")[0] for one in body for part in one.split("<p>")[1:]]
    assert len(sentences) > 20
    assert all(len(one.split()) <= 12 for one in sentences), sentences


def test_a_draft_promises_nobody_anything(place, sign_in, client):
    draft = round_(place.dialogue, number=2, title="Geheim", state=RoundState.DRAFT)
    assert "Geheim" not in sign_in(place.mo).get(place.list).text
    assert client.get(f"/de/rounds/{draft.id}/easy-rules").status_code == 404


@pytest.mark.parametrize(
    ("tag", "name"),
    [("tr", "Türkçe"), ("de", "Deutsch"), ("de-simple", "Leichte Sprache"), ("xx-yy", "xx-yy")],
)
def test_languages_are_called_by_their_own_names(tag, name):
    assert name_of(tag) == name


def test_a_promised_language_stays_when_the_round_is_edited(place, sign_in):
    draft = round_(place.dialogue, number=2, state=RoundState.DRAFT, procedure=RULES, title="Zwei")
    page = sign_in(place.mo).get(f"/en/rounds/{draft.id}/edit").text
    assert "Türkçe" in page
    box = next(one for one in page.split("<input") if 'value="tr"' in one)
    assert "checked" in box


def test_what_it_is_called_there_is_said_wherever_it_is_named(place, sign_in, client, queries):
    browser = sign_in(place.mo)
    of_dialogue = f"/en/subjects/{place.dialogue.id}/translations/ar"
    where = [
        "/ar/",
        "/ar/dialogues",
        f"/ar/dialogues/{place.dialogue.id}",
        f"/ar/rounds/{place.round.id}/procedure",
        f"/ar/rounds/{place.round.id}/proposals",
    ]
    before = []
    for path in where:
        queries.clear()
        client.get(f"{path}?new")
        before.append(len(queries))
    assert _write(browser, place.arabic, title="نداء").status_code == 303
    assert _write(browser, of_dialogue, title="السكن", question="أين؟").status_code == 303
    for path, few in zip(where, before, strict=True):
        page = client.get(path).text
        assert "نداء" in page or path == "/ar/dialogues", path
        assert "السكن" in page or "أين؟" in page, path
        assert "Wohnen" not in page, path
        queries.clear()
        client.get(f"{path}?fresh")
        assert len(queries) <= few, path
    assert "Wohnen" in client.get("/de/dialogues").text
