"""People translate comments: offered, shown to who reads that language, outdated, moderated."""

import pytest
from sqlalchemy import select

from app.comments.models import Comment, Translation
from app.comments.queries import digest
from app.core.db import db
from app.core.states import Visibility
from app.moderation.models import Decision
from app.notifications.models import Notice
from app.notifications.states import Kind
from app.rounds.models import ModerationMode, Procedure
from tests.factories.accounts import person
from tests.factories.comments import comment
from tests.factories.proposals import proposal
from tests.factories.rounds import appoint, dialogue, round_

pytestmark = pytest.mark.both_long

ORIGINAL = "Ein Abendtermin hilft allen."
ENGLISH = "An evening would help everybody."
BETTER = "An appointment in the evening helps everybody."


@pytest.fixture
def made(place):
    return comment(place.proposal, author=place.representative, body=ORIGINAL, language="de")


def _offer(browser, made, body=ENGLISH, language="en"):
    path = f"/en/comments/{made.id}/translate"
    return browser.post(path, data={"language": language, "body": body})


def _all() -> list[Translation]:
    db.session.rollback()
    return list(db.session.scalars(select(Translation).order_by(Translation.id)))


def _page(place, tag="en") -> str:
    return place.page.replace("/de/", f"/{tag}/")


def _decide(browser, id, action, **values):
    db.session.rollback()
    newest = select(Decision.id).where(Decision.subject_id == id).order_by(Decision.id.desc())
    data = {"action": action, "seen": str(db.session.scalar(newest.limit(1)) or 0)}
    data |= {"rule": "insult", "facts": "Not what was said.", **values}
    return browser.post(f"/en/subjects/{id}/decision", data=data)


def test_who_reads_that_language_sees_it_in_place_and_the_original_below(
    place, made, sign_in, client
):
    amal = sign_in(place.amal)
    form = amal.get(f"/en/comments/{made.id}/translate").text
    assert ORIGINAL in form
    assert 'value="de"' not in form, "not into its own language"
    assert _offer(amal, made, "").status_code == 422
    assert _offer(amal, made).status_code == 303
    english = client.get(_page(place)).text
    assert english.index(ENGLISH) < english.index("The original") < english.index(ORIGINAL)
    assert "Translation by" in english
    assert "Amal" in english
    for tag in ("de", "ar"):
        assert ENGLISH not in client.get(_page(place, tag)).text
    assert ENGLISH in client.get(f"/de/comments/{made.id}").text


def test_the_same_person_has_one_in_each_language(place, made, sign_in, client):
    amal = sign_in(place.amal)
    _offer(amal, made)
    assert ENGLISH in amal.get(f"/en/comments/{made.id}/translate").text
    _offer(amal, made, BETTER)
    _offer(amal, made, "مساءً", "ar")
    assert [(one.language, one.body) for one in _all()] == [("en", BETTER), ("ar", "مساءً")]
    other = sign_in(place.moderator)
    _offer(other, made)
    page = client.get(_page(place)).text
    assert ENGLISH in page, "the newest"
    assert BETTER not in page
    assert BETTER in client.get(f"/en/comments/{made.id}").text


@pytest.mark.parametrize("language", ["de", "xx", ""])
def test_into_another_language_that_people_speak(place, made, sign_in, language):
    assert _offer(sign_in(place.amal), made, language=language).status_code == 422
    assert _all() == []


def test_not_by_strangers_and_not_of_what_cannot_be_read(place, made, sign_in, client):
    assert _offer(client, made).status_code == 401
    hidden = comment(place.proposal, body="X", visibility=Visibility.HIDDEN)
    assert _offer(sign_in(place.amal), hidden).status_code == 404
    assert _offer(sign_in(place.moderator), hidden).status_code == 403


def test_outdated_when_the_original_moves_on_and_fresh_when_translated_again(
    place, made, sign_in, client
):
    _offer(sign_in(place.amal), made)
    author = sign_in(place.representative)
    author.post(f"/de/comments/{made.id}/edit", data={"body": "Nur morgens.", "language": "de"})
    page = client.get(_page(place)).text
    assert ENGLISH not in page
    own = client.get(f"/en/comments/{made.id}").text
    assert ENGLISH in own
    assert "outdated" in own
    _offer(sign_in(place.amal), made, "In the morning only.")
    assert "In the morning only." in client.get(_page(place)).text
    assert "outdated" not in client.get(f"/en/comments/{made.id}").text


def test_what_moderators_cut_does_not_come_back_by_a_translation(place, made, sign_in, client):
    _offer(sign_in(place.amal), made)
    moderator = sign_in(place.moderator)
    assert _decide(moderator, made.id, "cut", shortened="Ein Abendtermin").status_code == 303
    for path in (_page(place), f"/en/comments/{made.id}", f"/en/comments/{made.id}/versions"):
        assert ENGLISH not in client.get(path).text
    (one,) = _all()
    assert client.get(f"/en/subjects/{one.id}/report").status_code == 404
    assert _decide(moderator, made.id, "restore").status_code == 303
    assert ENGLISH in client.get(_page(place)).text, "what is overturned restores everything"


def test_taken_back_it_is_gone_in_every_language(place, sign_in, client):
    key = "c" * 64
    guests = comment(place.proposal, guest_name="Amira", body=ORIGINAL, guest_key_hash=digest(key))
    _offer(sign_in(place.amal), guests)
    client.post(f"/en/guest-comments/{key}/delete")
    assert [one.body for one in _all()] == [""]
    assert ENGLISH not in sign_in(place.moderator).get(f"/en/comments/{guests.id}").text


def test_reported_hidden_objected_to_and_shown_again(place, made, sign_in, client):
    second = appoint(place.dialogue, person("Second"))
    amal, moderator = sign_in(place.amal), sign_in(place.moderator)
    _offer(amal, made)
    (one,) = _all()
    path = f"/en/subjects/{one.id}/report"
    assert path in client.get(_page(place)).text
    assert client.post(path, data={"rule": "insult", "words": "It says more"}).status_code == 303
    queue = f"/en/dialogues/{place.dialogue.id}/queue"
    waiting = moderator.get(queue).text
    for words in (ENGLISH, ORIGINAL, "It says more"):
        assert words in waiting
    assert ORIGINAL in moderator.get(f"/en/subjects/{one.id}/decision").text
    assert _decide(moderator, one.id, "hide").status_code == 303
    assert ENGLISH not in client.get(_page(place)).text
    assert ENGLISH not in client.get(f"/en/comments/{made.id}").text
    assert ORIGINAL in client.get(_page(place)).text, "the comment itself stays"
    assert _offer(amal, made, BETTER).status_code == 409
    db.session.rollback()
    told = db.session.execute(select(Notice.person_id, Notice.kind)).tuples().all()
    assert (place.amal.id, Kind.MODERATED) in told
    assert "Not what was said." in amal.get(f"/en/subjects/{one.id}/reasons").text
    decision = db.session.scalars(select(Decision.id)).one()
    assert amal.post(f"/en/decisions/{decision}/appeal", data={"words": "It is right."})
    data = {"outcome": "overturned", "reason": "It is."}
    assert sign_in(second).post("/en/appeals/1", data=data).status_code == 303
    assert ENGLISH in client.get(_page(place)).text
    assert "Translation" in client.get("/en/decisions").text


def test_returned_it_is_translated_better_and_read_first(place, made, sign_in, client):
    amal, moderator = sign_in(place.amal), sign_in(place.moderator)
    _offer(amal, made)
    (one,) = _all()
    _decide(moderator, one.id, "return")
    assert "Not what was said." in amal.get(f"/en/comments/{made.id}").text
    assert _offer(amal, made, BETTER).status_code == 303
    assert BETTER not in client.get(_page(place)).text
    assert BETTER in moderator.get(f"/en/dialogues/{place.dialogue.id}/queue").text
    assert _decide(moderator, one.id, "publish", facts="").status_code == 303
    assert BETTER in client.get(_page(place)).text


def test_where_moderators_read_first_they_read_translations_too(place, sign_in, client):
    before = round_(place.dialogue, number=2, procedure=Procedure(moderation=ModerationMode.BEFORE))
    there = comment(proposal(before, author=place.amal), body=ORIGINAL, language="de")
    _offer(sign_in(place.amal), there)
    assert [one.visibility for one in _all()] == [Visibility.HELD]
    assert ENGLISH not in client.get(f"/en/comments/{there.id}").text


def test_a_moderator_of_another_dialogue_decides_nothing(place, made, sign_in):
    _offer(sign_in(place.amal), made)
    (one,) = _all()
    other = person("Elsewhere")
    dialogue(moderator=other)
    assert _decide(sign_in(other), one.id, "hide").status_code == 404


def test_markup_of_a_translation_is_harmless(place, made, sign_in, client):
    _offer(sign_in(place.amal), made, "<script>alert(1)</script> [x](javascript:alert(1)) **so**")
    page = client.get(_page(place)).text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<strong>so</strong>" in page


def test_ten_translations_cost_one_query_more_than_none(place, sign_in, client, queries):
    browser = sign_in(place.amal)
    originals = [comment(place.proposal, body=f"{ORIGINAL} {n}") for n in range(10)]
    numbers = []
    for some in (originals[:1], originals):
        for one in some:
            _offer(browser, one)
        queries.clear()
        assert browser.get(_page(place)).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    db.session.rollback()
    assert len(list(db.session.scalars(select(Comment)))) == 10
