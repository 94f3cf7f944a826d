"""Moderators and operators make dialogues and publish them; operators say who moderates."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import RoleName
from app.core import clock
from app.core.db import db
from app.core.policy import Actor, Grant, allowed
from app.core.transactions import transaction
from app.rounds import queries
from app.rounds.models import Dialogue, Moderator, Round, RoundKind, Window
from app.rounds.states import Activity, RoundState
from tests.factories import accounts, rounds
from tests.factories.plan import plan as make_plan

DAY = timedelta(days=1)
WORDS = {"title": "Arriving in the quarter", "question": "What helps?", "summary": "Slowly."}


@pytest.fixture
def operator(app):
    with app.app_context():
        return accounts.person("Operator", roles=(RoleName.OPERATOR,))


def _all(app):
    with app.app_context():
        return list(db.session.scalars(select(Dialogue).order_by(Dialogue.id)))


def test_from_a_draft_to_a_public_dialogue(app, client, sign_in, operator):
    with app.app_context():
        plan_id = make_plan("Integration plan").id
    browser = sign_in(operator)
    assert "/en/dialogues/new" in browser.get("/en/dialogues").text
    assert "Integration plan" in browser.get("/en/dialogues/new").text
    made = browser.post("/en/dialogues/new", data={**WORDS, "plan": plan_id})
    assert made.status_code == 303
    (dialogue,) = _all(app)
    page = f"/en/dialogues/{dialogue.id}"
    assert client.get(page).status_code == 404
    assert "Publish" in browser.get(page).text
    assert browser.get(f"{page}/publish").status_code == 200
    assert [browser.post(f"{page}/publish").status_code for _ in range(2)] == [303, 409]
    assert "Arriving in the quarter" in client.get(page).text


def test_sent_twice_makes_one_dialogue(app, sign_in, operator):
    with app.app_context():
        data = {**WORDS, "plan": make_plan().id}
    browser = sign_in(operator)
    assert browser.post("/en/dialogues/new", data=data).status_code == 303
    again = browser.post("/en/dialogues/new", data=data)
    assert again.status_code == 422
    assert "title is there already" in again.text
    assert len(_all(app)) == 1


def test_words_can_be_corrected_and_come_back_when_something_is_wrong(app, sign_in, operator):
    with app.app_context():
        plan = make_plan()
        one, other = (rounds.dialogue(plan=plan, title=t) for t in ("One", "Other"))
        page = f"/en/dialogues/{one.id}/edit"
        assert other.title == "Other"
    browser = sign_in(operator)
    assert "One" in browser.get(page).text
    for title, words in (("", "fill in"), ("x" * 201, "too long"), ("Other", "already")):
        answer = browser.post(page, data={**WORDS, "title": title, "summary": "My long summary"})
        assert answer.status_code == 422
        assert words in answer.text
        assert "My long summary" in answer.text
    assert browser.post(page, data=WORDS).status_code == 303
    assert _all(app)[0].title == WORDS["title"]


HOSTILE = "<script>alert(1)</script>\u202e[x](javascript:alert(1))\x00"


def test_hostile_text_stays_text(app, client, sign_in, operator):
    with app.app_context():
        dialogue = rounds.dialogue()
        page = f"/en/dialogues/{dialogue.id}"
    data = dict.fromkeys(WORDS, HOSTILE)
    assert sign_in(operator).post(f"{page}/edit", data=data).status_code == 303
    text = client.get(page).text
    assert "<script>alert" not in text
    assert 'href="javascript' not in text
    assert "\u202e" not in text


def test_a_megabyte_is_refused_and_nothing_changes(app, sign_in, operator):
    with app.app_context():
        dialogue = rounds.dialogue(title="As it was")
        page = f"/en/dialogues/{dialogue.id}/edit"
    answer = sign_in(operator).post(page, data={**WORDS, "summary": "x" * 1_000_000})
    assert answer.status_code in (413, 422)
    assert _all(app)[0].title == "As it was"


def test_a_moderator_makes_a_dialogue_and_moderates_it(app, client, sign_in):
    with app.app_context():
        moderator = accounts.person()
        known = rounds.dialogue(moderator=moderator, title="The first")
        data = {**WORDS, "plan": known.plan_id}
    browser = sign_in(moderator)
    assert "/en/dialogues/new" in browser.get("/en/moderate").text
    made = browser.post("/en/dialogues/new", data=data)
    dialogue = _all(app)[-1]
    assert made.location == f"/en/dialogues/{dialogue.id}/moderate"
    assert browser.get(made.location).status_code == 200
    assert browser.get(f"/en/dialogues/{dialogue.id}/rounds/new").status_code == 200
    page = f"/en/dialogues/{dialogue.id}"
    assert client.get(page).status_code == 404
    assert browser.post(f"{page}/edit", data={**WORDS, "title": "Better"}).status_code == 303
    assert browser.post(f"{page}/publish").status_code == 303
    assert "Better" in client.get(page).text


def test_only_who_is_entitled(app, client, sign_in):
    """A moderator has no power in another dialogue, and appoints nobody anywhere."""
    with app.app_context():
        moderator, elsewhere, other = (accounts.person() for _ in range(3))
        dialogue = rounds.dialogue(moderator=moderator)
        rounds.dialogue(moderator=elsewhere)
        id, person_id = dialogue.id, other.id
    own = [f"/en/dialogues/{id}/{end}" for end in ("edit", "publish")]
    appoint = [f"/en/dialogues/{id}/moderators", f"/en/dialogues/{id}/moderators/{person_id}/end"]
    for page in [*own, *appoint, "/en/dialogues/new"]:
        assert client.get(page).status_code == 401, page
        assert sign_in(other).get(page).status_code == 403, page
        assert sign_in(other).post(page, data=WORDS).status_code == 403, page
    for page in [*own, *appoint]:
        assert sign_in(elsewhere).get(page).status_code == 403, page
        assert sign_in(elsewhere).post(page, data=WORDS).status_code == 403, page
    for page in appoint:
        assert sign_in(moderator).get(page).status_code == 403, page
        assert sign_in(moderator).post(page, data=WORDS).status_code == 403, page


def test_without_a_plan_the_page_says_what_comes_first(sign_in, operator):
    assert "no plan yet" in sign_in(operator).get("/en/dialogues/new").text


def test_appoint_by_address_and_end(app, sign_in, operator):
    with app.app_context():
        person = accounts.person("Amal", email="amal@example.org")
        unsure = accounts.person(email="unsure@example.org", email_confirmed_at=None)
        dialogue = rounds.dialogue()
        page, id = f"/en/dialogues/{dialogue.id}/moderators", person.id
        assert unsure.email_confirmed_at is None
    browser = sign_in(operator)
    assert "Nobody moderates" in browser.get(page).text
    for email in ("nobody@example.org", "unsure@example.org"):
        answer = browser.post(page, data={"email": email})
        assert answer.status_code == 422
        assert "ask the person to sign up" in answer.text
        assert email in answer.text
    assert browser.post(page, data={"email": "no address"}).status_code == 422
    sent = [browser.post(page, data={"email": "AMAL@example.org"}).status_code for _ in range(2)]
    assert sent == [303, 409]
    moderate = page.replace("moderators", "moderate")
    assert sign_in(person).get(moderate).status_code == 200
    assert "Nobody else moderates" in browser.get(f"{page}/{id}/end").text
    assert [browser.post(f"{page}/{id}/end").status_code for _ in range(2)] == [303, 409]
    assert sign_in(person).get(moderate).status_code == 403


@pytest.mark.both
def test_what_is_listed_is_what_the_rule_shows(context):
    moderator = accounts.person()
    own = rounds.dialogue(moderator=moderator, published_at=None)
    public, hidden = rounds.dialogue(), rounds.dialogue(published_at=None)
    for dialogue in (own, public, hidden):
        for number, state in enumerate(RoundState):
            rounds.round_(dialogue, state=state, number=number)
    actors = [
        Actor(),
        Actor(person_id=moderator.id, grants=frozenset({Grant("moderator", own.id)})),
        Actor(person_id=1, grants=frozenset({Grant("operator", None)})),
    ]
    counts = []
    for actor in actors:
        listed = set(
            db.session.scalars(select(Dialogue.id).where(queries.dialogue_visible_to(actor)))
        )
        shown = {d.id for d in _every(Dialogue) if allowed("rounds.dialogue", actor, d)}
        seen = set(db.session.scalars(select(Round.id).where(queries.visible_to(actor))))
        assert listed == shown
        assert seen == {r.id for r in _every(Round) if allowed("rounds.show", actor, r)}
        counts.append((len(listed), len(seen)))
    assert counts == [(1, 6), (2, 13), (3, 21)]


def _every(kind):
    return list(db.session.scalars(select(kind)))


@pytest.mark.both
def test_as_many_queries_for_a_thousand_dialogues_and_rounds_as_for_ten(app, sign_in, queries):
    with app.app_context():
        moderator = accounts.person()
        plan = make_plan()
        dialogue = rounds.dialogue(moderator=moderator, plan=plan)
        for number in range(1, 4):
            rounds.round_(dialogue, number=number)
        known = (plan.id, moderator.id)
        _more(*known, 10)
        id = dialogue.id
    pages = ["/en/dialogues", "/en/moderate", f"/en/dialogues/{id}"]
    pages += [f"/en/dialogues/{id}/moderate", f"/en/dialogues/{id}/accreditations"]
    browser = sign_in(moderator)
    few = [_count(browser, queries, page) for page in pages]
    with app.app_context():
        _more(*known, 1000)
    assert [_count(browser, queries, page) for page in pages] == few
    cockpit = few.pop(3)  # much of everything, with a limit of its own
    assert cockpit <= 20, cockpit
    page = few.pop(2)  # of one thing, no list
    assert page <= 10, page
    assert max(few) <= 8, few


def _more(plan_id, person_id, many):
    with transaction():
        made = [
            Dialogue(
                plan_id=plan_id, title=f"D{n}", created_at=clock.now(), published_at=clock.now()
            )
            for n in range(many)
        ]
        db.session.add_all(made)
        db.session.flush()
        db.session.add_all(
            Round(
                dialogue_id=one.id,
                number=1,
                kind=RoundKind.CALL,
                title="R",
                state=RoundState.ANNOUNCED,
                windows=[
                    Window(
                        activity=Activity.VOTE, opens_at=clock.now(), closes_at=clock.now() + DAY
                    )
                ],
            )
            for one in made
        )
        db.session.add_all(
            Moderator(dialogue_id=one.id, person_id=person_id, since=clock.now()) for one in made
        )


def _count(browser, queries, page):
    queries.clear()
    assert browser.get(page).status_code == 200
    return len(queries)


@pytest.mark.both
def test_sent_several_times_at_once_makes_one_dialogue(app, sign_in, operator):
    with app.app_context():
        data = {**WORDS, "plan": make_plan().id}
    browsers = [sign_in(operator) for _ in range(4)]

    def send(browser):
        return browser.post("/en/dialogues/new", data=data).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, browsers)) == [303, 422, 422, 422]
    assert len(_all(app)) == 1
